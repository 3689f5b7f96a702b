import { ChevronRight } from "lucide-react";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import Link from "next/link";
import { NOTICE_COOKIE } from "@/app/_access/notice-cookie";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { ConnectionSlot, type ConnectorFace } from "@/components/connections/connection-slot";
import { ConnectorChoice } from "@/components/connections/connector-choice";
import { OtherApps } from "@/components/connections/other-apps";
import { WebhookPanel } from "@/components/connections/webhook-panel";
import { PageHeader } from "@/components/page/page-header";
import { KeptGroups } from "@/components/setup/kept-groups";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CATALOG } from "@/lib/connectors/catalog";
import type { ConnectionView } from "@/lib/domain/views/connection-view";
import { hasRole, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { listConnections } from "@/lib/operations/connections/list-connections";
import { listOtherApps } from "@/lib/operations/connections/list-other-apps";
import { listWebhooks } from "@/lib/operations/notices/list-webhooks";
import { getRuntime } from "@/lib/operations/runtime";
import { getKept } from "@/lib/operations/setup/list-kept";
import { listOthers } from "@/lib/operations/workspaces/list-workspaces";
import { loadSetupProgress } from "../_components/load-setup-progress";
import { ProgressRail } from "../_components/setup-rail";
import { Flows } from "../setup/_components/flows";
import { keepGroupAction } from "../setup/actions";
import { connectByFormAction, createWebhookAction, disconnectAction } from "./actions";

export const metadata: Metadata = { title: "Connections" };

export default async function ConnectionsPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceSlug: string }>;
  searchParams: Promise<{ connected?: string | string[] }>;
}) {
  const access = await requireWorkspace((await params).workspaceSlug, "/connections");
  const [connections, webhooks, otherApps, progress] = await Promise.all([
    listConnections(access),
    listWebhooks(access),
    listOtherApps(access),
    loadSetupProgress(access),
  ]);
  const ledger = connections.find(({ role, status }) => role === "ledger" && status !== "disconnected");
  const { env } = await getRuntime();
  const { connected } = await searchParams;
  const justConnected = CATALOG.find(({ id }) => id === connected);
  // The sentence of a try before this one may still be there.
  const problem = justConnected ? undefined : (await cookies()).get(NOTICE_COOKIE)?.value;
  const sides = ROLES.map((role) => ({ role, ...sideOf(role, connections) }));
  const slotOf = (connector: ConnectorFace) => (
    <ConnectionSlot
      key={connector.id}
      slug={access.slug}
      connector={connector}
      connection={connections.find(({ connectorId }) => connectorId === connector.id) ?? null}
      mayChange={hasRole(access, "admin")}
      disconnect={disconnectAction.bind(null, access.slug)}
      connectByForm={connectByFormAction.bind(null, access.slug)}
      initialRegion={env.DEPLOYMENT === "demo" ? demoRegion(connector) : null}
      initialValues={env.SANDBOX_CONNECTIONS[connector.id] ?? {}}
    />
  );
  return (
    <>
      <PageHeader title="Connections">The two sides that Tieout keeps in agreement.</PageHeader>
      {progress === null ? null : <ProgressRail access={access} here="connections" progress={progress} />}
      <div className="flex flex-col gap-5">
        {problem ? (
          <Alert tone="destructive" role="alert" title="Not connected">
            <span className="flex flex-col items-start gap-3">
              {problem}
              {(await listOthers(access)).length > 0 ? (
                <Button asChild variant="outline" size="small">
                  <Link href="/start?all=yes">See your other workspaces</Link>
                </Button>
              ) : null}
            </span>
          </Alert>
        ) : null}
        {justConnected && !problem ? (
          <Alert tone="success" role="status" title={`${justConnected.label} is connected`} />
        ) : null}
        <div className="grid gap-5 lg:grid-cols-2 lg:items-start">
          {sides.map(({ role, connectors, initialId }) =>
            connectors.length === 1 || initialId === null ? (
              connectors.map(slotOf)
            ) : (
              <ConnectorChoice
                key={role}
                question={QUESTIONS[role]}
                choices={connectors.map((one) => ({ id: one.id, label: one.label, slot: slotOf(one) }))}
                initialId={initialId}
              />
            ),
          )}
        </div>
        {progress === null ? null : <Kept access={access} />}
        {ledger ? <OtherApps tenantName={ledger.tenantName} apps={otherApps} /> : null}
        {webhooks
          .filter(({ scope }) => scope === "connection")
          .map((webhook) => (
            <WebhookPanel
              key={webhook.connectionId}
              webhook={webhook}
              label={labelOf(webhook.connectorId)}
              ledgerLabel={ledger?.connectorLabel ?? "your books"}
              mayChange={hasRole(access, "admin")}
              create={createWebhookAction.bind(null, access.slug)}
            />
          ))}
      </div>
    </>
  );
}

/** What is kept in step and in which direction, while the set-up goes on; afterwards it stands in the set-up. */
async function Kept({ access }: { access: WorkspaceAccess }) {
  const view = await getKept(access);
  if (view === null) return null;
  return (
    <>
      <KeptGroups
        kept={view.kept}
        route={view}
        mayChange={hasRole(access, "admin")}
        liveHref={`/${access.slug}/preview/parallel`}
        keep={keepGroupAction.bind(null, access.slug)}
      />
      <details className="group">
        <summary className="flex min-h-11 items-center gap-2 rounded-md py-2.5 text-sm font-medium">
          <ChevronRight
            className="size-4 shrink-0 text-muted-foreground transition-transform group-open:rotate-90"
            aria-hidden="true"
          />
          What also goes back to {view.sourceLabel}, and what holds when both sides were changed
        </summary>
        <div className="mt-2">
          <Flows access={access} />
        </div>
      </details>
    </>
  );
}

const labelOf = (connectorId: string): string =>
  CATALOG.find(({ id }) => id === connectorId)?.label ?? connectorId;

const ROLES = ["ledger", "source"] as const satisfies readonly ConnectorFace["role"][];

const QUESTIONS: Readonly<Record<ConnectorFace["role"], string>> = {
  ledger: "Where are your books?",
  source: "Where do you run your business?",
};

/** What one side shows: the system that is connected there, else those that could be; the one that was there comes first. */
function sideOf(role: ConnectorFace["role"], connections: readonly ConnectionView[]) {
  const own = connections.filter((connection) => connection.role === role);
  const kept = own.find(({ status }) => status !== "disconnected") ?? null;
  const all = CATALOG.filter((connector) => connector.role === role);
  const connectors = kept === null ? all : all.filter(({ id }) => id === kept.connectorId);
  const initialId = kept === null ? (own[0]?.connectorId ?? all[0]?.id ?? null) : null;
  return { kept, connectors, initialId };
}

/** The demo's company is in Europe, so its visitors need not know that. */
const demoRegion = ({ regions }: ConnectorFace): string | null =>
  regions.find(({ id }) => id === "eu")?.id ?? null;
