import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { LocalTime } from "@/components/format/local-time";
import { PageHeader } from "@/components/page/page-header";
import { RunLive } from "@/components/runs/run-live";
import { getRun } from "@/lib/operations/runs/get-run";

export const metadata: Metadata = { title: "Run" };

export default async function RunPage({
  params,
}: {
  params: Promise<{ workspaceSlug: string; runId: string }>;
}) {
  const { workspaceSlug, runId } = await params;
  const access = await requireWorkspace(workspaceSlug);
  const run = await getRun(access, runId);
  if (!run) notFound();
  return (
    <>
      <PageHeader title="Run">
        Started <LocalTime iso={run.startedAt} />
      </PageHeader>
      <RunLive slug={access.slug} initial={run} />
    </>
  );
}
