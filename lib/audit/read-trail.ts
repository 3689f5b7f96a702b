import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import type { AuditLine, AuditLink, ChainHead } from "./chain";

/*
 * Lines and links of one workspace's audit trail as the chain needs them: JSON as the database's own text and instants as
 * whole milliseconds, so that what is hashed is what is stored.
 */

interface LineRow {
  id: string;
  sequence: bigint;
  workspace_id: string;
  actor_user_id: string | null;
  action: string;
  subject: string;
  before: string | null;
  after: string | null;
  at_ms: bigint;
}

const headRow = z
  .object({ place: z.bigint(), sequence: z.bigint(), hash: z.string(), key_id: z.string(), mac: z.string() })
  .transform(({ key_id: keyId, ...row }): ChainHead => ({ ...row, keyId }));
type HeadRow = z.input<typeof headRow>;

interface LinkRow extends Omit<LineRow, "id"> {
  id: string | null;
  place: bigint;
  link_sequence: bigint;
  event_digest: string;
  previous: string;
  hash: string;
  key_id: string;
  mac: string;
  sealed_at: Date;
}

const LINE_COLUMNS = Prisma.sql`e.id::text, e.sequence, e.workspace_id::text, e.actor_user_id::text, e.action, e.subject,
  e.before::text AS before, e.after::text AS after, round(extract(epoch FROM e.at) * 1000)::bigint AS at_ms`;

/** Lines behind a place and up to another one, in order. */
export async function readLines(
  tx: Transaction,
  { after, upTo, limit }: { after: bigint; upTo: bigint; limit: number },
): Promise<AuditLine[]> {
  const rows = await tx.$queryRaw<LineRow[]>`
    SELECT ${LINE_COLUMNS} FROM audit_events e
     WHERE e.workspace_id = access.current_workspace_id() AND e.sequence > ${after} AND e.sequence <= ${upTo}
     ORDER BY e.sequence LIMIT ${limit}`;
  return rows.map(toLine);
}

/** Links behind a place of the chain, in order, each with the line at its place in the trail. */
export async function readLinks(
  tx: Transaction,
  { after, upTo, limit }: { after: bigint; upTo: bigint; limit: number },
): Promise<{ link: AuditLink; line: AuditLine | null }[]> {
  const rows = await tx.$queryRaw<LinkRow[]>`
    SELECT s.place, s.sequence AS link_sequence, s.event_digest, s.previous, s.hash, s.key_id, s.mac, s.sealed_at,
           ${LINE_COLUMNS}
      FROM audit_seals s
      LEFT JOIN audit_events e ON e.workspace_id = s.workspace_id AND e.sequence = s.sequence
     WHERE s.workspace_id = access.current_workspace_id() AND s.place > ${after} AND s.place <= ${upTo}
     ORDER BY s.place LIMIT ${limit}`;
  return rows.map(({ id, ...row }) => ({
    link: {
      place: row.place,
      sequence: row.link_sequence,
      eventDigest: row.event_digest,
      previous: row.previous,
      hash: row.hash,
      keyId: row.key_id,
      mac: row.mac,
      sealedAt: row.sealed_at,
    },
    line: id === null ? null : toLine({ ...row, id }),
  }));
}

/** Places of lines, up to one of the trail, that no link knows. */
export async function readStrangers(tx: Transaction, upTo: bigint, limit: number): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ sequence: bigint }[]>`
    SELECT e.sequence FROM audit_events e
     WHERE e.workspace_id = access.current_workspace_id() AND e.sequence <= ${upTo}
       AND NOT EXISTS (SELECT FROM audit_seals s
                        WHERE s.workspace_id = e.workspace_id AND s.sequence = e.sequence)
     ORDER BY e.sequence LIMIT ${limit}`;
  return rows.map((row) => row.sequence);
}

/** Where the chain ends as it was noted; null before its first link. */
export async function readHead(tx: Transaction): Promise<(ChainHead & { readonly sealedAt: Date }) | null> {
  return tx.auditHead.findFirst();
}

/** The noted end and the last link's place, both of one moment. */
export async function readEnd(tx: Transaction): Promise<{ head: ChainHead | null; lastPlace: bigint }> {
  const [row] = await tx.$queryRaw<(Partial<HeadRow> & { last_place: bigint })[]>`
    SELECT h.place, h.sequence, h.hash, h.key_id, h.mac, l.last_place
      FROM (SELECT coalesce(max(s.place), 0) AS last_place
              FROM audit_seals s WHERE s.workspace_id = access.current_workspace_id()) l
      LEFT JOIN audit_heads h ON h.workspace_id = access.current_workspace_id()`;
  const head = headRow.safeParse(row);
  return { head: head.success ? head.data : null, lastPlace: row?.last_place ?? 0n };
}

const toLine = (row: LineRow): AuditLine => ({
  id: row.id,
  sequence: row.sequence,
  workspaceId: row.workspace_id,
  actorUserId: row.actor_user_id,
  action: row.action,
  subject: row.subject,
  before: row.before,
  after: row.after,
  atMs: row.at_ms,
});
