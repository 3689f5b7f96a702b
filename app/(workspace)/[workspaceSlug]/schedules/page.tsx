import { CalendarClock } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { PausePanel } from "@/components/schedules/pause-panel";
import { ScheduleForm } from "@/components/schedules/schedule-form";
import { Button } from "@/components/ui/button";
import { hasRole } from "@/lib/domain/workspace-access";
import { getSchedule } from "@/lib/operations/schedules/get-schedule";
import { pausePostingAction, resumePostingAction, setScheduleAction } from "./actions";

export const metadata: Metadata = { title: "Schedules" };

export default async function SchedulesPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const access = await requireWorkspace((await params).workspaceSlug, "/schedules");
  const view = await getSchedule(access);
  return (
    <>
      <PageHeader title="Schedules">When Tieout looks for changes, and whether it posts them.</PageHeader>
      {view === null ? (
        <EmptyState
          Icon={CalendarClock}
          title="Nothing to schedule yet"
          action={
            <Button asChild>
              <Link href={`/${access.slug}/setup`}>Go to the set-up</Link>
            </Button>
          }
        >
          Once both sides are connected and the set-up is confirmed, you choose here how often they are
          compared.
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-5">
          <PausePanel
            view={view}
            mayChange={hasRole(access, "bookkeeper")}
            pause={pausePostingAction.bind(null, access.slug, {})}
            resume={resumePostingAction.bind(null, access.slug, {})}
          />
          <ScheduleForm
            view={view}
            mayChange={hasRole(access, "admin")}
            save={setScheduleAction.bind(null, access.slug)}
          />
        </div>
      )}
    </>
  );
}
