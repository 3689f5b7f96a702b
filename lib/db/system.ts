import type pg from "pg";
import { z } from "zod";
import { invariant } from "@/lib/kernel/invariant";

/*
 * What may be asked across workspaces: the functions of schema "system", under a role that can read no table. They
 * answer with ids; whoever needs more opens that workspace with withWorkspace. Their SQL is in prisma/migrations.
 */

export interface ConnectionRef {
  readonly workspaceId: string;
  readonly connectionId: string;
}

export interface PairRef {
  readonly workspaceId: string;
  readonly pairId: string;
}

export interface WorkingRunRef {
  readonly workspaceId: string;
  readonly runId: string;
}

export interface InvitationRef {
  readonly workspaceId: string;
  readonly invitationId: string;
}

export interface UnsentEvent {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  /** As it was written; parse it with the event's own schema. */
  readonly data: unknown;
}

/** What a call's answer taught, null where it said nothing, and what the call moved. */
export interface EndedPermit {
  readonly dayRemaining: number | null;
  readonly appRemaining: number | null;
  readonly blockedMs: number | null;
  readonly limitSpeed: number | null;
  /** Calls that one record a call would have taken. */
  readonly singleCalls: number;
  readonly bytesReceived: number;
}

/** A verified webhook body, and which records of which connections it is about. */
export interface ReceivedWebhook {
  readonly connectorId: string;
  /** Part of the address that it came to. */
  readonly endpoint: string;
  readonly digest: string;
  readonly body: Uint8Array;
  readonly receivedAt: Date;
  /** Two equal bodies are one event, however late the second comes; else only while the first waits. */
  readonly isBodyUnique: boolean;
  /** Empty texts where the body does not say. */
  readonly notices: readonly { connectionId: string; recordType: string; externalId: string }[];
}

/** A link of the chain over the audit trail, as lib/audit makes it. */
export interface AuditLinkRow {
  readonly place: bigint;
  readonly sequence: bigint;
  readonly eventDigest: string;
  readonly previous: string;
  readonly hash: string;
  readonly keyId: string;
  readonly mac: string;
  readonly sealedAt: Date;
}

export interface SystemFunctions {
  /** Connections, in any workspace, that hold this tenant and are not disconnected. */
  connectionsOfTenant(connectorId: string, tenantId: string): Promise<ConnectionRef[]>;
  /** Ids of the workspaces that a user belongs to, the one joined first first. */
  workspacesOfUser(userId: string): Promise<string[]>;
  /** The workspace of a slug, where the user is a member of it. */
  findWorkspaceOfMember(slug: string, userId: string): Promise<string | undefined>;
  /** The connection that a webhook address of its own belongs to, unless it is disconnected. */
  findConnectionOfWebhook(connectorId: string, token: string): Promise<ConnectionRef | undefined>;
  /** Stores body, notices and their events in one transaction; the pairs told, none where the body is known already. */
  receiveWebhook(webhook: ReceivedWebhook): Promise<PairRef[]>;
  /** Pairs whose time has come, or whose notices wait since before `noticesBefore`; none with a run at work. */
  duePairs(now: Date, noticesBefore: Date, limit: number): Promise<PairRef[]>;
  /** Runs at work, in any workspace, that neither sleep nor were heard of since `before`; none behind one that gets on. */
  stalledRuns(before: Date, limit: number): Promise<WorkingRunRef[]>;
  /** The workspace that a customer at Stripe is. */
  findWorkspaceOfStripeCustomer(customerId: string): Promise<string | undefined>;
  /** Workspaces whose customer at Stripe was not read since `before`, the longest unread first. */
  billingUnreadSince(before: Date, limit: number): Promise<string[]>;
  /** The invitation that a link opens, by the hash of its token. */
  findInvitationOfToken(tokenHash: string): Promise<InvitationRef | undefined>;
  /** Deletes webhook bodies and notices that are done with, from before an instant; returns how many bodies. */
  forgetWebhooks(before: Date): Promise<number>;
  /** Every pair of every workspace, whatever its state: for what an operator does after a restore. */
  allPairs(): Promise<PairRef[]>;
  /** Every pair in state "live". */
  livePairs(): Promise<PairRef[]>;
  /** Committed events that were not marked as sent, oldest first. Two callers may get the same: send with the id. */
  unsentOutboxEvents(limit: number): Promise<UnsentEvent[]>;
  /** Returns how many of the events were not marked before. */
  markOutboxEventsSent(ids: readonly string[], sentAt: Date): Promise<number>;
  /** The last place in the audit trail that is committed, 0 where there is none. */
  auditEnd(): Promise<bigint>;
  /** Transactions under way that have written into the audit trail: each may bring in a line before its end. */
  auditWriters(): Promise<string[]>;
  /** Workspaces with lines, up to a place of the trail, behind the end of their chain. */
  auditUnsealed(upTo: bigint, limit: number): Promise<string[]>;
  /** Adds links behind the one named by place and hash; 0 where another sealer was faster. */
  appendAuditSeals(
    workspaceId: string,
    after: { place: bigint; hash: string },
    links: readonly AuditLinkRow[],
    headMac: string,
  ): Promise<number>;
  /** Workspaces in which somebody wants to be told of alerts, in order of their ids, from behind one of them. */
  alertedWorkspaces(after: string, limit: number): Promise<string[]>;
  /** Workspaces in which a daily digest of alerts is due. */
  digestWorkspaces(now: Date, limit: number): Promise<string[]>;
  /** Workspaces whose deletion is due, or with something read from a connection that ended before an instant. */
  workspacesToTidy(now: Date, endedBefore: Date, limit: number): Promise<string[]>;
  /** The workspace that an operator names by its slug. */
  findWorkspaceOfSlug(slug: string): Promise<string | undefined>;
  /** Deletes some of the trail of a workspace whose deletion is due, then the workspace; true once it is gone. */
  deleteDueWorkspace(workspaceId: string, linesAtOnce: number): Promise<boolean>;
  /** Every workspace: for what an operator checks or rotates. */
  allWorkspaces(): Promise<string[]>;
  /** Brings the planner's figures about the tables that a run fills up to date: a fraction of a second of work. */
  refreshStatistics(): Promise<void>;
  /** Leave for `cost` calls of a connection in a lane (0 goes first), or the time after which to ask again. */
  takePermit(
    connectionId: string,
    request: { cost: number; deadlineMs: number; lane: number },
  ): Promise<{ permitId: string | null; waitMs: number }>;
  /** Ends a permit, stores what the answer taught and counts the call on the customer's meter. */
  completePermit(permitId: string, ended: EndedPermit): Promise<void>;
}

const workspaceRow = z.object({ workspace_id: z.string() });
const connectionRow = workspaceRow.extend({ connection_id: z.string() });
const pairRow = workspaceRow.extend({ pair_id: z.string() });
const invitationRow = workspaceRow.extend({ invitation_id: z.string() });
const runRow = workspaceRow.extend({ run_id: z.string() });
const eventRow = workspaceRow.extend({ id: z.string(), name: z.string(), data: z.unknown() });
const permitRow = z.object({ permit_id: z.string().nullable(), wait_ms: z.int() });
const markedRow = z.object({ marked: z.int() });
const endRow = z.object({ end: z.coerce.bigint() });
const writerRow = z.object({ writer: z.string() });
const addedRow = z.object({ added: z.int() });
const goneRow = z.object({ gone: z.boolean() });
const forgottenRow = z.object({ forgotten: z.int() });

const toPairRef = (row: z.output<typeof pairRow>): PairRef => ({
  workspaceId: row.workspace_id,
  pairId: row.pair_id,
});

export function createSystemFunctions(pool: pg.Pool): SystemFunctions {
  async function call<Row>(schema: z.ZodType<Row>, sql: string, values: unknown[]): Promise<Row[]> {
    const { rows } = await pool.query(sql, values);
    return z.array(schema).parse(rows);
  }
  return {
    async connectionsOfTenant(connectorId, tenantId) {
      const sql = "SELECT workspace_id, connection_id FROM system.connections_of_tenant($1, $2)";
      const rows = await call(connectionRow, sql, [connectorId, tenantId]);
      return rows.map((row) => ({ workspaceId: row.workspace_id, connectionId: row.connection_id }));
    },
    async workspacesOfUser(userId) {
      const sql = "SELECT workspace_id FROM system.workspaces_of_user($1)";
      return (await call(workspaceRow, sql, [userId])).map((row) => row.workspace_id);
    },
    async findWorkspaceOfMember(slug, userId) {
      const sql = "SELECT workspace_id FROM system.workspace_of_member($1, $2)";
      return (await call(workspaceRow, sql, [slug, userId]))[0]?.workspace_id;
    },
    async allPairs() {
      const rows = await call(pairRow, "SELECT workspace_id, pair_id FROM system.all_pairs()", []);
      return rows.map(toPairRef);
    },
    async livePairs() {
      const rows = await call(pairRow, "SELECT workspace_id, pair_id FROM system.live_pairs()", []);
      return rows.map(toPairRef);
    },
    async findConnectionOfWebhook(connectorId, token) {
      const sql = "SELECT workspace_id, connection_id FROM system.connection_of_webhook($1, $2)";
      const [row] = await call(connectionRow, sql, [connectorId, token]);
      return row && { workspaceId: row.workspace_id, connectionId: row.connection_id };
    },
    async receiveWebhook({ connectorId, endpoint, digest, body, receivedAt, isBodyUnique, notices }) {
      const sql = "SELECT workspace_id, pair_id FROM system.receive_webhook($1, $2, $3, $4, $5, $6, $7)";
      const stored = [connectorId, endpoint, digest, Buffer.from(body), receivedAt];
      return (await call(pairRow, sql, [...stored, isBodyUnique, JSON.stringify(notices)])).map(toPairRef);
    },
    async duePairs(now, noticesBefore, limit) {
      const sql = "SELECT workspace_id, pair_id FROM system.due_pairs($1, $2, $3)";
      return (await call(pairRow, sql, [now, noticesBefore, limit])).map(toPairRef);
    },
    async stalledRuns(before, limit) {
      const sql = "SELECT workspace_id, run_id FROM system.stalled_runs($1, $2)";
      const rows = await call(runRow, sql, [before, limit]);
      return rows.map((row) => ({ workspaceId: row.workspace_id, runId: row.run_id }));
    },
    async findWorkspaceOfStripeCustomer(customerId) {
      const sql = "SELECT workspace_id FROM system.workspace_of_stripe_customer($1)";
      return (await call(workspaceRow, sql, [customerId]))[0]?.workspace_id;
    },
    async billingUnreadSince(before, limit) {
      const sql = "SELECT workspace_id FROM system.billing_unread_since($1, $2)";
      return (await call(workspaceRow, sql, [before, limit])).map((row) => row.workspace_id);
    },
    async findInvitationOfToken(tokenHash) {
      const sql = "SELECT workspace_id, invitation_id FROM system.invitation_of_token($1)";
      const [row] = await call(invitationRow, sql, [tokenHash]);
      return row && { workspaceId: row.workspace_id, invitationId: row.invitation_id };
    },
    async forgetWebhooks(before) {
      const sql = "SELECT system.forget_webhooks($1) AS forgotten";
      return (await call(forgottenRow, sql, [before]))[0]?.forgotten ?? 0;
    },
    async unsentOutboxEvents(limit) {
      const sql = "SELECT id, workspace_id, name, data FROM system.unsent_outbox_events($1)";
      const rows = await call(eventRow, sql, [limit]);
      return rows.map(({ id, workspace_id, name, data }) => ({ id, workspaceId: workspace_id, name, data }));
    },
    async markOutboxEventsSent(ids, sentAt) {
      const sql = "SELECT system.mark_outbox_events_sent($1, $2) AS marked";
      return (await call(markedRow, sql, [ids, sentAt]))[0]?.marked ?? 0;
    },
    async auditEnd() {
      return (await call(endRow, "SELECT system.audit_end()::text AS end", []))[0]?.end ?? 0n;
    },
    async auditWriters() {
      return (await call(writerRow, "SELECT writer FROM system.audit_writers()", [])).map(
        (row) => row.writer,
      );
    },
    async auditUnsealed(upTo, limit) {
      const sql = "SELECT workspace_id FROM system.audit_unsealed($1, $2)";
      return (await call(workspaceRow, sql, [String(upTo), limit])).map((row) => row.workspace_id);
    },
    async appendAuditSeals(workspaceId, after, links, headMac) {
      const sql = "SELECT system.append_audit_seals($1, $2, $3, $4, $5) AS added";
      const rows = links.map((link) => ({
        ...link,
        place: String(link.place),
        sequence: String(link.sequence),
        sealedAt: link.sealedAt.toISOString(),
      }));
      const values = [workspaceId, String(after.place), after.hash, JSON.stringify(rows), headMac];
      return (await call(addedRow, sql, values))[0]?.added ?? 0;
    },
    async alertedWorkspaces(after, limit) {
      const sql = "SELECT workspace_id FROM system.alerted_workspaces($1, $2)";
      return (await call(workspaceRow, sql, [after, limit])).map((row) => row.workspace_id);
    },
    async digestWorkspaces(now, limit) {
      const sql = "SELECT workspace_id FROM system.digest_workspaces($1, $2)";
      return (await call(workspaceRow, sql, [now, limit])).map((row) => row.workspace_id);
    },
    async allWorkspaces() {
      const rows = await call(workspaceRow, "SELECT workspace_id FROM system.all_workspaces()", []);
      return rows.map((row) => row.workspace_id);
    },
    async workspacesToTidy(now, endedBefore, limit) {
      const sql = "SELECT workspace_id FROM system.workspaces_to_tidy($1, $2, $3)";
      return (await call(workspaceRow, sql, [now, endedBefore, limit])).map((row) => row.workspace_id);
    },
    async findWorkspaceOfSlug(slug) {
      const sql = "SELECT workspace_id FROM system.workspace_of_slug($1)";
      return (await call(workspaceRow, sql, [slug]))[0]?.workspace_id;
    },
    async deleteDueWorkspace(workspaceId, linesAtOnce) {
      const sql = "SELECT system.delete_due_workspace($1, $2) AS gone";
      return (await call(goneRow, sql, [workspaceId, linesAtOnce]))[0]?.gone ?? false;
    },
    async refreshStatistics() {
      await pool.query("SELECT system.refresh_statistics()");
    },
    async takePermit(connectionId, { cost, deadlineMs, lane }) {
      const sql = "SELECT permit_id::text, wait_ms FROM system.take_permit($1, $2, $3, $4)";
      const [row] = await call(permitRow, sql, [connectionId, cost, deadlineMs, lane]);
      invariant(row, "take_permit returns one row");
      return { permitId: row.permit_id, waitMs: row.wait_ms };
    },
    async completePermit(permitId, ended) {
      const { dayRemaining, appRemaining, blockedMs, limitSpeed, singleCalls, bytesReceived } = ended;
      const learned = [dayRemaining, appRemaining, blockedMs, limitSpeed];
      await pool.query("SELECT system.complete_permit($1, $2, $3, $4, $5, $6, $7)", [
        permitId,
        ...learned,
        singleCalls,
        bytesReceived,
      ]);
    },
  };
}
