import { CircleCheck } from "lucide-react";
import type { Metadata } from "next";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { ExceptionGroups } from "@/components/exceptions/exception-groups";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { StartButton } from "@/components/preview/start-button";
import { hasRole } from "@/lib/domain/workspace-access";
import { listExceptions } from "@/lib/operations/exceptions/list-exceptions";
import { retryExceptionsAction } from "./actions";

export const metadata: Metadata = { title: "Exceptions" };

export default async function ExceptionsPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const access = await requireWorkspace((await params).workspaceSlug);
  const groups = await listExceptions(access);
  return (
    <>
      <PageHeader title="Exceptions">
        What waits for you, by cause, with what to do about it. Everything else goes on.
      </PageHeader>
      {groups.length > 0 ? (
        <>
          {hasRole(access, "bookkeeper") ? (
            <div className="mb-5 flex flex-col gap-3 sm:flex-row sm:items-center sm:justify-between">
              <p className="text-sm text-muted-foreground">
                Mended something? A new preview looks at all of these again; nothing is posted by it.
              </p>
              <StartButton
                start={retryExceptionsAction.bind(null, access.slug, {})}
                label="Look again"
                pendingLabel="Starting…"
                hrefPrefix={`/${access.slug}/preview/`}
              />
            </div>
          ) : null}
          <ExceptionGroups groups={groups} />
        </>
      ) : (
        <EmptyState Icon={CircleCheck} title="Nothing waits for you">
          When Xero refuses a record, it appears here with its reason and its remedy, in Xero's own words too.
        </EmptyState>
      )}
    </>
  );
}
