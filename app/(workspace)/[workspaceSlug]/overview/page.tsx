import type { Metadata } from "next";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { CallMeter } from "@/components/overview/call-meter";
import { FirstSteps } from "@/components/overview/first-steps";
import { OverviewPanel } from "@/components/overview/overview-panel";
import { PairStrip } from "@/components/overview/pair-strip";
import { StartButton } from "@/components/preview/start-button";
import { Alert } from "@/components/ui/alert";
import { hasRole, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { listConnections } from "@/lib/operations/connections/list-connections";
import { getCallMeter } from "@/lib/operations/overview/get-call-meter";
import { getOverview } from "@/lib/operations/overview/get-overview";
import { getSetup } from "@/lib/operations/setup/get-setup";
import { startPreviewAction } from "../preview/actions";
import { toFirstSteps } from "./first-steps";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceSlug: string }>;
  searchParams: Promise<{ from?: string | string[] }>;
}) {
  const access = await requireWorkspace((await params).workspaceSlug, "/overview");
  const [view, connections] = await Promise.all([getOverview(access), listConnections(access)]);
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
        view={view}
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
      {starting ? (
        <StartingSteps access={access} hasSource={Boolean(source)} hasLedger={Boolean(ledger)} />
      ) : null}
      {!starting && source && ledger ? (
        <>
          <PairStrip slug={access.slug} source={source} ledger={ledger} />
          <CallMeter meters={await getCallMeter(access)} />
        </>
      ) : null}
    </>
  );
}

async function StartingSteps({
  access,
  hasSource,
  hasLedger,
}: {
  access: WorkspaceAccess;
  hasSource: boolean;
  hasLedger: boolean;
}) {
  const confirmed = hasSource && hasLedger && (await getSetup(access)).confirmed;
  return <FirstSteps steps={toFirstSteps(access.slug, { hasSource, hasLedger, confirmed })} />;
}
