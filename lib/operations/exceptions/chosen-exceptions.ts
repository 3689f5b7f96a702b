import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import type { ExceptionFilter, ExceptionState } from "@/lib/domain/views/exception-view";

/**
 * Which exceptions a list or an action is about, as one condition for both: what a person sees under a filter is what a
 * press on "all of these" takes, whether that is one record or five thousand.
 */
export function conditionOf(pairId: string, state: ExceptionState, filter: ExceptionFilter): Prisma.Sql {
  const { exceptionIds, group, recordType, search = "" } = filter;
  const parts = [Prisma.sql`e.pair_id = ${pairId}::uuid`, Prisma.sql`e.state = ${state}`];
  if (exceptionIds !== undefined) parts.push(Prisma.sql`e.id = ANY(${exceptionIds.filter(isId)}::uuid[])`);
  if (group !== undefined) parts.push(Prisma.sql`e.group_key = ${group}`);
  if (recordType !== undefined) parts.push(Prisma.sql`e.record_type = ${recordType}`);
  if (search.trim() !== "") {
    const pattern = `%${search.trim().replace(/[\\%_]/g, "\\$&")}%`;
    const columns = ["number", "label", "subject", "message", "vendor_message"];
    const matches = columns.map((name) => Prisma.sql`e.${Prisma.raw(name)} ILIKE ${pattern}`);
    parts.push(Prisma.sql`(${Prisma.join(matches, " OR ")})`);
  }
  return Prisma.join(parts, " AND ");
}

const isId = (text: string): boolean => z.uuid().safeParse(text).success;

export interface LockedException {
  readonly id: string;
  readonly recordType: string;
  readonly sourceExternalId: string;
  readonly cause: string;
}

/**
 * The chosen exceptions, held until the end of the transaction, so that of two people who press in the same moment one
 * finds nothing left. Posting holds the same rows while it decides what to send.
 */
export async function lockChosen(
  tx: Transaction,
  pairId: string,
  state: ExceptionState,
  filter: ExceptionFilter,
): Promise<LockedException[]> {
  return tx.$queryRaw<LockedException[]>`
    SELECT e.id, e.record_type AS "recordType", e.source_external_id AS "sourceExternalId", e.cause
      FROM exceptions e WHERE ${conditionOf(pairId, state, filter)} ORDER BY e.id FOR UPDATE`;
}

/** Those of the chosen whose record is on its way to the ledger in this moment: nothing about them can be changed. */
export async function findOnTheWay(
  tx: Transaction,
  pairId: string,
  chosen: readonly LockedException[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT e.id
      FROM exceptions e
      JOIN write_intents w ON w.pair_id = e.pair_id AND w.record_type = e.record_type
                          AND w.source_external_id = e.source_external_id
      JOIN sync_runs r ON r.id = w.run_id
     WHERE e.pair_id = ${pairId}::uuid AND e.id = ANY(${idsOf(chosen)}::uuid[])
       AND (w.state IN ('sending', 'unknown') OR (w.state = 'planned' AND r.state = 'applying'))`;
  return new Set(rows.map((row) => row.id));
}

export const idsOf = (chosen: readonly { readonly id: string }[]): string[] => chosen.map((one) => one.id);

/** "invoice:982000000567": how the audit trail names a record. */
export const namesOf = (chosen: readonly LockedException[]): string[] =>
  chosen.map(({ recordType, sourceExternalId }) => `${recordType}:${sourceExternalId}`);

export const countRecords = (count: number): string =>
  count === 1 ? "1 record" : `${count.toLocaleString("en-GB")} records`;

/** What to say where nothing is left to act on. */
export const NOTHING_LEFT =
  "Nothing of this waits any more: somebody else has dealt with it, or it was posted.";
export const NO_PAIR = "Connect both systems first.";
