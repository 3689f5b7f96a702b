import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { PageHeader } from "@/components/page/page-header";
import { ClosedPeriods } from "@/components/preview/closed-periods";
import { PostingPanel } from "@/components/preview/posting-panel";
import { PreviewJournal } from "@/components/preview/preview-journal";
import { PreviewNotices } from "@/components/preview/preview-notices";
import { PreviewRecords } from "@/components/preview/preview-records";
import { PreviewSummary } from "@/components/preview/preview-summary";
import { PreviewProgress, RunLive } from "@/components/runs/run-live";
import { isPreparing } from "@/components/runs/run-words";
import { Alert } from "@/components/ui/alert";
import type { PreviewView, RunKind } from "@/lib/domain/views/run-view";
import { hasRole, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getPreview } from "@/lib/operations/runs/get-preview";
import { getRun } from "@/lib/operations/runs/get-run";
import { listPreviewRows } from "@/lib/operations/runs/list-preview-rows";
import { SetupMatches } from "../../_components/setup-matches";
import { SetupRail } from "../../_components/setup-rail";
import { cancelRunAction, startPostingAction, startUndoAction } from "../actions";
import { type PreviewQuery, parsePreviewQuery } from "./preview-query";

export const metadata: Metadata = { title: "Preview" };

export default async function PreviewPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceSlug: string; runId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { workspaceSlug, runId } = await params;
  const access = await requireWorkspace(workspaceSlug, "/preview/[runId]");
  const run = await getRun(access, runId);
  if (!run) notFound();
  if (isPreparing(run.state) || run.state === "failed")
    return (
      <>
        <PageHeader title={titleOf(run.kind)}>
          {run.kind === "undo" ? "Looking at what is in Xero now." : "Reading both sides."} Nothing is changed
          while this goes on.
        </PageHeader>
        <SetupRail access={access} here={`preview/${runId}`} />
        {run.state === "failed" ? (
          <RunLive slug={access.slug} initial={run} />
        ) : (
          <PreviewProgress
            slug={access.slug}
            initial={run}
            cancel={
              hasRole(access, "bookkeeper") ? cancelRunAction.bind(null, access.slug, { runId }) : undefined
            }
          />
        )}
      </>
    );
  const view = await getPreview(access, runId);
  if (!view) notFound();
  return <Preview access={access} view={view} query={parsePreviewQuery(await searchParams)} />;
}

const titleOf = (kind: RunKind): string => (kind === "undo" ? "Undo" : "Preview");

const OPEN_WORDS: Readonly<Record<RunKind, string>> = {
  post: "What posting would do. Nothing has been posted yet.",
  undo: "What would be taken out of Xero again, and what has to stay and why. Nothing has been changed yet.",
};

/** Makes the same undo anew with the other choice about closed periods; null where there is none to make. */
function otherChoice(access: WorkspaceAccess, { undoesRunId, closedPeriods }: PreviewView) {
  if (undoesRunId === null || closedPeriods === null || !hasRole(access, "bookkeeper")) return null;
  const choice = { runId: undoesRunId, takesLocked: !closedPeriods.taken };
  return startUndoAction.bind(null, access.slug, choice);
}

async function Preview({
  access,
  view,
  query,
}: {
  access: WorkspaceAccess;
  view: PreviewView;
  query: PreviewQuery;
}) {
  const page = await listPreviewRows(access, view.runId, {
    recordType: query.recordType ?? undefined,
    verb: query.verb ?? undefined,
    approval: query.approval ?? undefined,
    search: query.search ?? undefined,
    sort: query.sort,
    after: query.after ?? undefined,
  });
  const open = view.state === "previewed";
  return (
    <>
      <PageHeader title={titleOf(view.kind)}>
        {open ? OPEN_WORDS[view.kind] : "What this run set out to do."}
      </PageHeader>
      <SetupRail access={access} here={`preview/${view.runId}`} />
      <SetupMatches access={access} />
      <div className="flex flex-col gap-5">
        {open ? (
          <PostingPanel
            slug={access.slug}
            view={view}
            mayPost={hasRole(access, "bookkeeper")}
            startPosting={startPostingAction.bind(null, access.slug, { runId: view.runId })}
          />
        ) : (
          <Alert title="This was started from its preview">
            <Link
              href={`/${access.slug}/runs/${view.runId}`}
              className="text-primary underline underline-offset-4"
            >
              See how it went
            </Link>
          </Alert>
        )}
        <PreviewNotices slug={access.slug} view={view} />
        <ClosedPeriods slug={access.slug} view={view} choose={otherChoice(access, view)} />
        <PreviewSummary view={view} />
        <PreviewJournal journal={view.journal} kind={view.kind} />
        <PreviewRecords
          slug={access.slug}
          basePath={`/${access.slug}/preview/${view.runId}`}
          view={view}
          filter={query}
          page={page}
          paged={query.after !== null}
        />
      </div>
    </>
  );
}
