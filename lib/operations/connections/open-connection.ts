import type { AnyConnectorDefinition, Connector } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import type { Prisma, Transaction } from "@/lib/db/client";
import { invariant } from "@/lib/kernel/invariant";
import { type Lane, requestPermit } from "@/lib/quota/budget";
import { concealErased } from "../privacy/conceal-erased";
import { definitionOf, isSandboxConnection, type Runtime } from "../runtime";
import { readSettings } from "./connection-settings";
import { createTokenSupplier } from "./supply-token";

/** A connector with its session: tokens from the vault, every call by the connection's budget. */
export interface OpenConnection {
  readonly connectionId: string;
  readonly tenantName: string;
  readonly baseCurrency: string;
  readonly definition: AnyConnectorDefinition;
  readonly connector: Connector;
}

export interface OpenOptions {
  /** No call may start when fewer than a call's deadline is left until this instant; null: no limit. */
  readonly fence?: { readonly until: Date | null };
  /** Whose calls these are; a person's, unless said otherwise. */
  readonly lane?: Lane;
  /** How long one call may wait for its permit before the caller is told when to come back. */
  readonly permitWaitMaxMs?: number;
}

const PERMIT_WAIT_MAX_MS = 5_000;

export async function openConnection(
  runtime: Runtime,
  workspaceId: string,
  connectionId: string,
  options: OpenOptions = {},
): Promise<OpenConnection> {
  const row = await runtime.database.withWorkspace(workspaceId, (tx) => findConnection(tx, connectionId));
  return openFound(runtime, row, options);
}

/** What is stored of a connection. Throws where there is none of that id. */
export async function findConnection(tx: Transaction, connectionId: string): Promise<StoredConnection> {
  const row = await tx.connection.findUnique({
    where: { id: connectionId },
    include: { erasedPeople: { select: { externalId: true, token: true } } },
  });
  invariant(row, `no connection ${connectionId}`);
  return row;
}

type StoredConnection = Prisma.ConnectionGetPayload<{
  include: { erasedPeople: { select: { externalId: true; token: true } } };
}>;

/** Opens what was found; asks the database for nothing before the first call. */
export function openFound(
  runtime: Runtime,
  row: StoredConnection,
  options: OpenOptions = {},
): OpenConnection {
  const { id: connectionId, workspaceId } = row;
  if (row.status === "disconnected")
    throw new ConnectorError("authExpired", `${row.tenantName} is disconnected`);
  const definition = definitionOf(runtime, row.connectorId);
  const { limits } = definition.manifest;
  const { CALL_DEADLINE_MS: callDeadlineMs } = runtime.env;
  const place = { region: row.region, apiBase: row.apiBase, settings: readSettings(row.settings) };
  const connector = definition.open({
    tenantId: row.tenantId,
    ...place,
    clock: runtime.clock,
    accessToken: createTokenSupplier(runtime, definition, {
      workspaceId,
      connectionId,
      ...place,
    }),
    async permit(cost) {
      const answer = await requestPermit(
        {
          database: runtime.database,
          connectionId,
          lane: options.lane ?? "person",
          dayRemainingHeader: limits.dayRemainingHeader,
          appRemainingHeader: limits.appRemainingHeader,
          retryAfterHeader: limits.retryAfterHeader,
          isSandbox: isSandboxConnection(runtime, row),
          waitMaxMs: options.permitWaitMaxMs ?? PERMIT_WAIT_MAX_MS,
          callDeadlineMs,
        },
        cost,
      );
      if (!answer.granted) {
        throw new ConnectorError("rateLimited", "the call budget is used up for now", {
          retryAfterMs: answer.retryAfterMs,
          mayHaveBeenApplied: false,
        });
      }
      const fence = options.fence?.until;
      if (fence && runtime.clock.now().getTime() + callDeadlineMs > fence.getTime()) {
        await answer.permit.observe(null);
        throw new ConnectorError("rateLimited", "the lease on this work ran out", {
          retryAfterMs: 1,
          mayHaveBeenApplied: false,
        });
      }
      return answer.permit;
    },
  });
  return {
    connectionId,
    tenantName: row.tenantName,
    baseCurrency: row.baseCurrency,
    definition,
    connector: concealErased(connector, row.erasedPeople),
  };
}
