import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { LocalTime } from "@/components/format/local-time";
import { PageHeader } from "@/components/page/page-header";
import { StartButton } from "@/components/preview/start-button";
import { RunLive } from "@/components/runs/run-live";
import type { RunView } from "@/lib/domain/views/run-view";
import { hasRole } from "@/lib/domain/workspace-access";
import { getRun } from "@/lib/operations/runs/get-run";

import { cancelRunAction, postAgainAction, startUndoAction } from "../../preview/actions";

export const metadata: Metadata = { title: "Run" };

export default async function RunPage({
  params,
}: {
  params: Promise<{ workspaceSlug: string; runId: string }>;
}) {
  const { workspaceSlug, runId } = await params;
  const access = await requireWorkspace(workspaceSlug, "/runs/[runId]");
  const run = await getRun(access, runId);
  if (!run) notFound();
  return (
    <>
      <PageHeader
        title={run.kind === "undo" ? "Undo" : "Run"}
        action={hasRole(access, "bookkeeper") ? <NextStep slug={access.slug} run={run} /> : null}
      >
        Started <LocalTime iso={run.startedAt} />
      </PageHeader>
      <RunLive
        slug={access.slug}
        initial={run}
        cancel={
          hasRole(access, "bookkeeper")
            ? cancelRunAction.bind(null, access.slug, { runId: run.runId })
            : undefined
        }
      />
    </>
  );
}

/** A run that has ended can be taken back, and what was taken back can be posted again; both begin with a preview. */
function NextStep({ slug, run }: { slug: string; run: RunView }) {
  const hasEnded = run.state === "finished" || run.state === "failed";
  if (!hasEnded || run.passes.every((pass) => pass.posted === 0)) return null;
  const hrefPrefix = `/${slug}/preview/`;
  return run.kind === "undo" ? (
    <StartButton
      start={postAgainAction.bind(null, slug, {})}
      label="Post again what was taken back"
      pendingLabel="Making a preview…"
      hrefPrefix={hrefPrefix}
      size="default"
      variant="outline"
    />
  ) : (
    <StartButton
      start={startUndoAction.bind(null, slug, { runId: run.runId, takesLocked: false })}
      label="Undo this run"
      pendingLabel="Looking at what can go…"
      hrefPrefix={hrefPrefix}
      size="default"
      variant="outline"
    />
  );
}
