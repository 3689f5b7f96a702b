import { Eye } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { Diary } from "@/components/parallel/diary";
import { FlowStates } from "@/components/parallel/flow-states";
import { ParallelPanel } from "@/components/parallel/parallel-panel";
import { RunTabs } from "@/components/runs/run-tabs";
import { Button } from "@/components/ui/button";
import { hasRole } from "@/lib/domain/workspace-access";
import { getParallel } from "@/lib/operations/parallel/get-parallel";
import { SetupRail } from "../../_components/setup-rail";
import { goLiveAction, setFlowStateAction, startParallelAction } from "../actions";

export const metadata: Metadata = { title: "Parallel run" };

export default async function ParallelPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const access = await requireWorkspace((await params).workspaceSlug, "/preview/parallel");
  const view = await getParallel(access);
  const mayChange = hasRole(access, "admin");
  return (
    <>
      <PageHeader title="Parallel run">
        Weeks of looking before anything is posted, and what is kept in step.
      </PageHeader>
      <SetupRail access={access} here="preview/parallel" />
      <RunTabs slug={access.slug} current="parallel" />
      {view === null ? (
        <EmptyState
          Icon={Eye}
          title="Nothing to run in parallel yet"
          action={
            <Button asChild>
              <Link href={`/${access.slug}/setup`}>Go to the set-up</Link>
            </Button>
          }
        >
          Once both sides are connected and the set-up is confirmed, Tieout can look every day and post
          nothing.
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-5">
          <ParallelPanel
            view={view}
            mayChange={mayChange}
            start={startParallelAction.bind(null, access.slug, {})}
            goLive={goLiveAction.bind(null, access.slug, {})}
          />
          {view.since === null ? null : <Diary slug={access.slug} entries={view.entries} />}
          <FlowStates
            flows={view.flows}
            mayChange={mayChange}
            setFlow={setFlowStateAction.bind(null, access.slug)}
          />
        </div>
      )}
    </>
  );
}
