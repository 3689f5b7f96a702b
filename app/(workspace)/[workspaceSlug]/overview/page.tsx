import type { Metadata } from "next";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { CallMeter } from "@/components/overview/call-meter";
import { OverviewPanel } from "@/components/overview/overview-panel";
import { PairStrip } from "@/components/overview/pair-strip";
import { StartButton } from "@/components/preview/start-button";
import { Alert } from "@/components/ui/alert";
import { hasRole } from "@/lib/domain/workspace-access";
import { listConnections } from "@/lib/operations/connections/list-connections";
import { getCallMeter } from "@/lib/operations/overview/get-call-meter";
import { getOverview } from "@/lib/operations/overview/get-overview";
import { loadSetupProgress } from "../_components/load-setup-progress";
import { ProgressRail } from "../_components/setup-rail";
import { startPreviewAction } from "../preview/actions";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceSlug: string }>;
  searchParams: Promise<{ from?: string | string[] }>;
}) {
  const access = await requireWorkspace((await params).workspaceSlug, "/overview");
  const [view, connections, progress] = await Promise.all([
    getOverview(access),
    listConnections(access),
    loadSetupProgress(access),
  ]);
  const source = connections.find(({ role }) => role === "source");
  const ledger = connections.find(({ role }) => role === "ledger");
  const starting = view.verdict === "notSetUp" || view.verdict === "neverRun";
  return (
    <>
      {(await searchParams).from === "record" ? (
        <Alert className="mb-5" title="You came from a record in Xero">
          It belongs to a workspace that you are not a member of. Ask its owner for an invitation.
        </Alert>
      ) : null}
      <OverviewPanel
        slug={access.slug}
        // The set-up below says what to press until there are books that agree or differ.
        view={progress !== null && view.counts === null ? { ...view, action: null } : view}
        secondary={
          (view.verdict === "agree" || view.verdict === "needsYou") && hasRole(access, "bookkeeper") ? (
            <StartButton
              start={startPreviewAction.bind(null, access.slug, {})}
              label="Look for new records"
              pendingLabel="Starting…"
              hrefPrefix={`/${access.slug}/preview/`}
              variant="outline"
            />
          ) : null
        }
      />
      {progress === null ? null : (
        <div className="mt-5">
          <ProgressRail access={access} here="overview" progress={progress} title="Continue the set-up" />
        </div>
      )}
      {!starting && source && ledger ? (
        <>
          <PairStrip slug={access.slug} source={source} ledger={ledger} />
          <CallMeter meters={await getCallMeter(access)} />
        </>
      ) : null}
    </>
  );
}
