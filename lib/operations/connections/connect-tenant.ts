import { recordEvent } from "@/lib/audit/record-event";
import type { Tenant, TokenSet } from "@/lib/connectors/contract/connector";
import { isUniqueViolation } from "@/lib/db/unique-violation";
import type { ConnectionValues } from "@/lib/domain/connection-field";
import { NEW_PAIR_SETTINGS } from "@/lib/domain/pair-settings";
import { RECORD_GROUPS, RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { definitionOf, type Runtime } from "../runtime";
import { findFixedChange } from "./fixed-settings";
import { missingScopes, missingScopesSentence } from "./missing-scopes";
import { openConnection } from "./open-connection";
import { findOtherTenant, otherTenantSentence } from "./other-tenant";
import { storeTokens } from "./token-store";

/**
 * Makes or revives the connection to one tenant. A tenant belongs to one workspace at a time (a unique claim in the
 * database says so, also to two callbacks at once); coming back to a tenant begins a new epoch of the same connection.
 */
export interface ConnectRequest {
  readonly connectorId: string;
  readonly region: string;
  readonly apiBase: string;
  /** What was typed and is no secret; absent where a consent page asked. */
  readonly settings?: ConnectionValues;
  readonly tokens: TokenSet;
  readonly tenant: Tenant;
  /** True where the consent is for this organisation alone, and is of no use once that is refused. */
  readonly isOnlyTenant?: boolean;
}

export async function connectTenant(
  runtime: Runtime,
  access: WorkspaceAccess,
  request: ConnectRequest,
): Promise<Result<{ connectionId: string }, { message: string }>> {
  const { connectorId, tenant } = request;
  const { manifest } = definitionOf(runtime, connectorId);
  const holders = await runtime.database.system.connectionsOfTenant(connectorId, tenant.tenantId);
  const taken = err({
    message: `${tenant.name} is already connected to another Tieout workspace. Disconnect it there first, so that nothing is posted twice.`,
  });
  if (holders.some((holder) => holder.workspaceId !== access.workspaceId)) return taken;
  const other = await findOtherTenant(runtime, access, request);
  if (other !== null) {
    if (request.isOnlyTenant && holders.length === 0) await giveBack(runtime, request);
    return err({ message: otherTenantSentence(tenant.name, other, manifest.label) });
  }
  const fixed = await findFixedChange(runtime, access, request);
  if (fixed !== null) return err({ message: fixed });
  const missing = missingScopes(manifest, request.tokens.scopes);
  const lacking = missing.length === 0 ? null : missingScopesSentence(manifest.label, missing);
  const connectionId = await storeConnection(runtime, access, request, lacking).catch((thrown: unknown) => {
    // Another workspace connected it in this very moment: the claim is unique in the database.
    if (isUniqueViolation(thrown)) return null;
    throw thrown;
  });
  if (connectionId === null) return taken;
  if (lacking !== null) return err({ message: lacking });
  const { connector } = await openConnection(runtime, access.workspaceId, connectionId);
  const { tenantName, baseCurrency } = await connector.probe();
  await runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    await tx.connection.update({ where: { id: connectionId }, data: { tenantName, baseCurrency } });
    await recordEvent(tx, {
      workspaceId: access.workspaceId,
      actorUserId: access.userId,
      action: "connection.connected",
      subject: connectionId,
      after: { connectorId, tenantName, scopes: [...request.tokens.scopes] },
      at: runtime.clock.now(),
    });
  });
  await ensurePair(runtime, access, manifest.role);
  await resumeHeldRuns(runtime, access.workspaceId, connectionId);
  return ok({ connectionId });
}

/**
 * Ends a consent that is refused, so that it is no connection without a use at the vendor. It was never ours to lose:
 * where the vendor does not answer, the person can end it there.
 */
async function giveBack(runtime: Runtime, request: ConnectRequest): Promise<void> {
  const { auth } = definitionOf(runtime, request.connectorId);
  const { region, apiBase, settings, tokens, tenant } = request;
  await auth
    .disconnect(tokens, { region, apiBase, settings, authorisationId: tenant.authorisationId })
    .catch((thrown: unknown) => {
      runtime.logger.warn(
        { err: thrown, connectorId: request.connectorId },
        "a consent could not be given back",
      );
    });
}

/** What waited for this connection goes on by itself: a pair that is live looks and posts at the next minute. */
async function resumeHeldRuns(runtime: Runtime, workspaceId: string, connectionId: string): Promise<void> {
  await runtime.database.withWorkspace(workspaceId, (tx) =>
    tx.pair.updateMany({
      where: {
        state: "live",
        OR: [{ sourceConnectionId: connectionId }, { ledgerConnectionId: connectionId }],
        source: { status: "active" },
        ledger: { status: "active" },
      },
      data: { nextRunAt: runtime.clock.now(), failedRuns: 0 },
    }),
  );
}

async function storeConnection(
  runtime: Runtime,
  access: WorkspaceAccess,
  request: ConnectRequest,
  lacking: string | null,
): Promise<string> {
  const { workspaceId } = access;
  const { manifest } = definitionOf(runtime, request.connectorId);
  return runtime.database.withWorkspace(workspaceId, async (tx) => {
    const before = await tx.connection.findFirst({
      where: { connectorId: request.connectorId, tenantId: request.tenant.tenantId },
    });
    const connectionId = before?.id ?? runtime.ids.next();
    const content = {
      region: request.region,
      apiBase: request.apiBase,
      settings: { ...request.settings },
      authorisationId: request.tenant.authorisationId,
      scopes: [...request.tokens.scopes],
      // What was not permitted is asked for again before anything runs.
      status: lacking === null ? "active" : "reconnectNeeded",
      statusReason: lacking,
      tenantClaim: `${request.connectorId}:${request.tenant.tenantId}`,
      connectedByUserId: access.userId,
      connectedByName: access.userName,
      connectedAt: runtime.clock.now(),
      disconnectedAt: null,
    };
    await tx.connection.upsert({
      where: { id: connectionId },
      create: {
        id: connectionId,
        workspaceId,
        connectorId: request.connectorId,
        tenantId: request.tenant.tenantId,
        tenantName: request.tenant.name,
        baseCurrency: "",
        ...content,
      },
      update: { ...content, epoch: { increment: 1 } },
    });
    await storeTokens(runtime, tx, { workspaceId, connectionId }, request.tokens);
    const limits = {
      minuteLimit: manifest.limits.callsPerMinute,
      dayLimit: manifest.limits.callsPerDay,
      concurrencyLimit: manifest.limits.callsAtOnce,
      appMinuteLimit: manifest.limits.callsPerMinuteOfApp,
      appKey: request.connectorId,
    };
    await tx.quotaBudget.upsert({
      where: { connectionId },
      create: { connectionId, workspaceId, dayStartedAt: runtime.clock.now(), ...limits },
      update: limits,
    });
    return connectionId;
  });
}

/** A pair as soon as there is a source and a ledger to pair, with a flow for each record type. */
async function ensurePair(
  runtime: Runtime,
  access: WorkspaceAccess,
  role: "source" | "ledger",
): Promise<void> {
  await runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const active = await tx.connection.findMany({
      where: { status: "active" },
      orderBy: { connectedAt: "desc" },
    });
    const find = (wanted: "source" | "ledger") =>
      active.find((row) => definitionOf(runtime, row.connectorId).manifest.role === wanted);
    const source = find("source");
    const ledger = find("ledger");
    if (!source || !ledger) return;
    const key = { sourceConnectionId: source.id, ledgerConnectionId: ledger.id };
    if (await tx.pair.findUnique({ where: { sourceConnectionId_ledgerConnectionId: key } })) return;
    const pairId = runtime.ids.next();
    await tx.pair.create({
      data: {
        id: pairId,
        workspaceId: access.workspaceId,
        ...key,
        state: "setup",
        settings: NEW_PAIR_SETTINGS,
      },
    });
    await tx.flow.createMany({
      data: RECORD_TYPES.map((recordType) => ({
        workspaceId: access.workspaceId,
        pairId,
        recordType,
        direction: "toLedger",
        state: KEPT_AT_FIRST.has(recordType) ? "previewOnly" : "off",
      })),
    });
    await recordEvent(tx, {
      workspaceId: access.workspaceId,
      actorUserId: access.userId,
      action: "pair.created",
      subject: pairId,
      after: { ...key, completedBy: role },
      at: runtime.clock.now(),
    });
  });
}

/** A new pair begins with sales; an owner switches the other groups on. */
const KEPT_AT_FIRST: ReadonlySet<RecordType> = new Set([...RECORD_GROUPS.parties, ...RECORD_GROUPS.sales]);
