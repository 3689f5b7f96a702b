import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import { MAPPING_STATUSES, type MappingRow, type MappingStatus } from "@/lib/domain/views/client-sync-view";
import { EXCLUSIONS } from "@/lib/sync/exclusion";
import type { ReviewedPair } from "./find-review";

/**
 * Every client and every contact of the ledger once, with what a sync would do: what is linked, what was found to be one,
 * what would be added, what waits for a person, and what stays in the ledger alone. It is read from the last look at both
 * sides, so it agrees with what would be posted.
 */
const rowSchema = z.object({
  place: z.number(),
  sort_name: z.string(),
  id: z.string(),
  status: z.enum(MAPPING_STATUSES),
  source_name: z.string(),
  source_id: z.string(),
  ledger_name: z.string(),
  ledger_id: z.string(),
  reason: z.string(),
  remark: z.string(),
});

const cursorSchema = z.tuple([z.number(), z.string(), z.string()]);

/** A page of rows: those of clients by name, then those that the ledger alone has. */
export async function loadMappingRows(
  tx: Transaction,
  pair: ReviewedPair,
  runId: string,
  page: { readonly status: MappingStatus | null; readonly after: string | null; readonly limit: number },
): Promise<{ rows: MappingRow[]; next: string | null }> {
  const after = readCursor(page.after);
  const found: unknown[] = await tx.$queryRaw`
    SELECT * FROM (${allRows(pair, runId)}) m
     WHERE TRUE
       ${page.status === null ? Prisma.empty : Prisma.sql`AND m.status = ${page.status}`}
       ${after === null ? Prisma.empty : Prisma.sql`AND (m.place, m.sort_name, m.id) > (${after[0]}::int, ${after[1]}, ${after[2]})`}
     ORDER BY m.place, m.sort_name, m.id
     LIMIT ${page.limit + 1}`;
  const rows = found.map((row) => rowSchema.parse(row));
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    rows: shown.map((row) => toMappingRow(row, pair)),
    next: rows.length > page.limit && last ? JSON.stringify([last.place, last.sort_name, last.id]) : null,
  };
}

export async function countMappings(
  tx: Transaction,
  pair: ReviewedPair,
  runId: string,
): Promise<Record<MappingStatus, number>> {
  const found = await tx.$queryRaw<{ status: string; rows: bigint }[]>`
    SELECT m.status, count(*) AS rows FROM (${allRows(pair, runId)}) m GROUP BY m.status`;
  const count = (status: MappingStatus): number =>
    Number(found.find((row) => row.status === status)?.rows ?? 0n);
  return {
    needsYou: count("needsYou"),
    toAdd: count("toAdd"),
    matched: count("matched"),
    mapped: count("mapped"),
    leftOut: count("leftOut"),
    ledgerOnly: count("ledgerOnly"),
  };
}

function readCursor(text: string | null): readonly [number, string, string] | null {
  if (text === null) return null;
  try {
    const parsed = cursorSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

/** An exception of an earlier look stays open until its remedy is posted: what this look says comes first. */
const NEEDS_A_PERSON = Prisma.sql`(p.verb IS NOT DISTINCT FROM 'block' OR (e.id IS NOT NULL AND (p.id IS NULL OR p.state = 'failed')))`;

/** Names are compared by their bytes, so that a page begins where the one before ended whatever the server's language is. */
function allRows({ id: pairId, sourceConnectionId, ledgerConnectionId }: ReviewedPair, runId: string) {
  return Prisma.sql`
    SELECT 0 AS place, lower(s.label) COLLATE "C" AS sort_name, s.external_id AS id,
           CASE WHEN ${NEEDS_A_PERSON} THEN 'needsYou'
                WHEN k.id IS NOT NULL THEN 'mapped'
                WHEN p.verb = 'link' THEN 'matched'
                WHEN p.verb = 'create' THEN 'toAdd'
                ELSE 'leftOut' END AS status,
           s.label AS source_name, s.external_id AS source_id,
           COALESCE(l.record ->> 'name', '') AS ledger_name,
           COALESCE(k.ledger_external_id, p.ledger_external_id, '') AS ledger_id,
           COALESCE(p.reason, s.disposition_reason, '') AS reason,
           CASE WHEN ${NEEDS_A_PERSON} THEN COALESCE(e.message || ' ' || e.remedy, '')
                WHEN k.id IS NULL AND p.verb = 'link' THEN COALESCE(p.detail ->> 'evidence', '')
                ELSE '' END AS remark
      FROM record_snapshots s
      LEFT JOIN record_links k
        ON k.pair_id = ${pairId}::uuid AND k.record_type = 'contact' AND k.source_external_id = s.external_id
      LEFT JOIN planned_changes p
        ON p.run_id = ${runId}::uuid AND p.record_type = 'contact' AND p.source_external_id = s.external_id
      LEFT JOIN exceptions e
        ON e.pair_id = ${pairId}::uuid AND e.record_type = 'contact' AND e.source_external_id = s.external_id
       AND e.state = 'open'
      LEFT JOIN ledger_records l
        ON l.connection_id = ${ledgerConnectionId}::uuid AND l.record_type = 'contact'
       AND l.external_id = COALESCE(k.ledger_external_id, p.ledger_external_id)
     WHERE s.connection_id = ${sourceConnectionId}::uuid AND s.record_type = 'contact'
       AND (s.gone_at IS NULL OR k.id IS NOT NULL)
    UNION ALL
    SELECT 1, lower(l.record ->> 'name') COLLATE "C", l.external_id, 'ledgerOnly', '', '',
           l.record ->> 'name', l.external_id, CASE WHEN l.record ->> 'active' = 'false' THEN 'archived' ELSE '' END, ''
      FROM ledger_records l
     WHERE l.connection_id = ${ledgerConnectionId}::uuid AND l.record_type = 'contact'
       AND NOT EXISTS (SELECT 1 FROM record_links k
                        WHERE k.pair_id = ${pairId}::uuid AND k.record_type = 'contact'
                          AND k.ledger_external_id = l.external_id)
       AND NOT EXISTS (SELECT 1 FROM planned_changes p
                        WHERE p.run_id = ${runId}::uuid AND p.record_type = 'contact' AND p.verb = 'link'
                          AND p.ledger_external_id = l.external_id)`;
}

function toMappingRow(row: z.output<typeof rowSchema>, pair: ReviewedPair): MappingRow {
  const { status, source_name: sourceName, source_id: sourceExternalId } = row;
  const { ledger_name: ledgerName, ledger_id: ledgerExternalId } = row;
  const isArchived = status === "ledgerOnly" && row.reason === "archived";
  const remark = remarkOf(row, pair);
  return { status, sourceName, sourceExternalId, ledgerName, ledgerExternalId, isArchived, remark };
}

function remarkOf({ status, reason, remark }: z.output<typeof rowSchema>, pair: ReviewedPair): string {
  if (status === "ledgerOnly") return reason === "archived" ? "It is archived there." : "";
  if (status === "toAdd") return `${pair.ledger.tenantName} has no such contact yet.`;
  if (status === "leftOut") return Object.entries(EXCLUSIONS).find(([code]) => code === reason)?.[1] ?? "";
  return remark;
}
