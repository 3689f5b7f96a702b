import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import { LocalTime } from "@/components/format/local-time";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from "@/components/ui/card";
import type { CATALOG } from "@/lib/connectors/catalog";
import type { ConnectionValues } from "@/lib/domain/connection-field";
import type { ConnectionView } from "@/lib/domain/views/connection-view";
import { ConnectForm, ScopeList } from "./connect-form";
import { looksLikeDemoCompany } from "./demo-company";
import { type ConnectByForm, DetailsForm } from "./details-form";
import { type Disconnect, DisconnectButton } from "./disconnect-button";

/** What this page shows of a connector's manifest. */
export type ConnectorFace = Pick<(typeof CATALOG)[number], "id" | "label" | "role" | "regions" | "scopes"> &
  Pick<(typeof CATALOG)[number], "connectionFields" | "writeScopes">;

/** One side of the pair: the organisation that is connected, or what it takes to connect one. */
export function ConnectionSlot({
  slug,
  connector,
  connection,
  mayChange,
  disconnect,
  connectByForm,
  initialRegion = null,
  initialValues = {},
}: {
  slug: string;
  connector: ConnectorFace;
  connection: ConnectionView | null;
  /** False for roles that may only look. */
  mayChange: boolean;
  disconnect: Disconnect;
  /** Tries what was typed, for systems without a consent page. */
  connectByForm: ConnectByForm;
  initialRegion?: string | null;
  /** What the form of a system without a consent page begins with, beside its own initial values. */
  initialValues?: ConnectionValues;
}) {
  const connected = connection?.status === "active";
  return (
    <Card>
      <CardHeader>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <CardTitle>{connector.label}</CardTitle>
          <StatusBadge status={connection?.status ?? null} />
        </div>
        <CardDescription>
          {connector.role === "ledger"
            ? "Your books. Tieout posts here and reads back what it posted."
            : connector.writeScopes
              ? "Where your business is run. Tieout reads here, and writes back only what you choose in the set-up."
              : "Where your business is run. Tieout only reads here."}
        </CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-5">
        {connection && connection.status !== "disconnected" ? (
          <ConnectionFacts connection={connection} connector={connector} />
        ) : null}
        {connected && looksLikeDemoCompany(connector.id, connection.tenantName) ? (
          <Alert title="This is Xero's demo company">
            Good for trying everything out. Xero empties it every 28 days or when you reset it; what was
            posted is gone then, and Tieout will show it as missing.
          </Alert>
        ) : null}
        {connected && connection.statusReason ? (
          <Alert tone="warning" title={`${connector.label} lets Tieout do less than it needs`}>
            {connection.statusReason}
          </Alert>
        ) : null}
        {connection?.status === "reconnectNeeded" ? (
          <Alert tone="warning" title={`${connector.label} no longer lets Tieout in`}>
            {connection.statusReason ?? "The permission has ended."} Reconnect to go on; nothing is lost.
          </Alert>
        ) : null}
        {connected && connection.statusReason === null ? (
          <ScopeList scopes={connection.scopes} label={connector.label} />
        ) : mayChange && connector.connectionFields ? (
          <>
            <DetailsForm
              slug={slug}
              connectorId={connector.id}
              label={connector.label}
              fields={connector.connectionFields}
              again={connection !== null}
              initialValues={initialValues}
              connect={connectByForm}
            />
            <ScopeList scopes={connector.scopes} label={connector.label} />
          </>
        ) : mayChange ? (
          <ConnectForm
            slug={slug}
            connectorId={connector.id}
            label={connector.label}
            regions={connector.regions}
            scopes={connector.scopes}
            again={connection !== null}
            initialRegion={initialRegion}
          />
        ) : (
          <p className="text-sm text-muted-foreground">An owner or administrator can connect it.</p>
        )}
      </CardContent>
      {connection && connection.status !== "disconnected" && mayChange ? (
        <CardFooter>
          <DisconnectButton
            connectionId={connection.connectionId}
            connectorLabel={connector.label}
            tenantName={connection.tenantName}
            disconnect={disconnect}
          />
        </CardFooter>
      ) : null}
    </Card>
  );
}

function ConnectionFacts({
  connection,
  connector,
}: {
  connection: ConnectionView;
  connector: ConnectorFace;
}) {
  const facts = [
    { name: "Organisation", value: <span className="font-medium">{connection.tenantName}</span> },
    ...(connector.regions.length > 1 ? [{ name: "Data centre", value: connection.region }] : []),
    { name: "Connected by", value: connection.connectedByName },
    { name: "Since", value: <LocalTime iso={connection.connectedAt} /> },
  ];
  return (
    <dl className="grid gap-x-6 gap-y-3 text-sm sm:grid-cols-2">
      {facts.map((fact) => (
        <div key={fact.name}>
          <dt className="text-muted-foreground">{fact.name}</dt>
          <dd className="break-words">{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}

function StatusBadge({ status }: { status: ConnectionView["status"] | null }) {
  if (status === "active")
    return (
      <Badge tone="success">
        <CircleCheck aria-hidden="true" />
        Connected
      </Badge>
    );
  if (status === "reconnectNeeded")
    return (
      <Badge tone="warning">
        <CircleAlert aria-hidden="true" />
        Reconnect needed
      </Badge>
    );
  return (
    <Badge>
      <CircleDashed aria-hidden="true" />
      {status === "disconnected" ? "Disconnected" : "Not connected"}
    </Badge>
  );
}
