import { ArrowLeftRight } from "lucide-react";
import type { Metadata } from "next";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { StartButton } from "@/components/preview/start-button";
import { RunTabs } from "@/components/runs/run-tabs";
import { parseListedRunState } from "@/components/runs/run-words";
import { RunsList } from "@/components/runs/runs-list";
import { hasRole } from "@/lib/domain/workspace-access";
import { listRuns } from "@/lib/operations/runs/list-runs";
import { startPreviewAction } from "../preview/actions";

export const metadata: Metadata = { title: "Runs" };

export default async function RunsPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const access = await requireWorkspace((await params).workspaceSlug, "/runs");
  const runs = (await listRuns(access)).map((run) => ({ ...run, state: parseListedRunState(run.state) }));
  const start = hasRole(access, "bookkeeper") ? (
    <StartButton
      start={startPreviewAction.bind(null, access.slug, {})}
      label="New preview"
      pendingLabel="Starting…"
      hrefPrefix={`/${access.slug}/preview/`}
      size="default"
    />
  ) : null;
  return (
    <>
      <PageHeader title="Runs" action={runs.length > 0 ? start : null}>
        Every time that Tieout read both sides, and what it posted.
      </PageHeader>
      <RunTabs slug={access.slug} current="runs" />
      {runs.length > 0 ? (
        <RunsList slug={access.slug} runs={runs} />
      ) : (
        <EmptyState Icon={ArrowLeftRight} title="No runs yet" action={start}>
          A run begins with a preview: both sides are read and compared, and nothing is posted until you say
          so.
        </EmptyState>
      )}
    </>
  );
}
