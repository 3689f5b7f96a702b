import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import type { RecordType } from "@/lib/domain/record-type";
import { MATCH_STATUSES, type MatchStatus } from "@/lib/domain/views/match-row";
import { isLarge, keepFigures } from "../runs/keep-figures";
import type { MatchedPair } from "./find-plan";

/**
 * Which status each record of one kind has, in the order of ids: the source's first, then what the ledger alone has. A page
 * is found by key, so that its time does not grow with what stands before it.
 */
export interface StatusRow {
  readonly side: "source" | "ledger";
  readonly externalId: string;
  readonly status: MatchStatus;
}

export interface StatusQuery {
  readonly recordType: RecordType;
  readonly runId: string;
}

const rowSchema = z.object({ external_id: z.string(), status: z.enum(MATCH_STATUSES) });
const countSchema = z.object({ status: z.enum(MATCH_STATUSES), rows: z.bigint() });
const cursorSchema = z.templateLiteral([z.enum(["source", "ledger"]), ":", z.string()]);

/** A page of statuses; `after` is the `next` of the page before. */
export async function loadStatuses(
  tx: Transaction,
  pair: MatchedPair,
  query: StatusQuery,
  page: { readonly status: MatchStatus | null; readonly after: string | null; readonly limit: number },
): Promise<{ rows: StatusRow[]; next: string | null }> {
  const cursor = cursorSchema.safeParse(page.after);
  const [side, after] = cursor.success ? splitCursor(cursor.data) : (["source", ""] as const);
  const rows: StatusRow[] = [];
  if (side === "source" && page.status !== "ledgerOnly") {
    const found: unknown[] = await tx.$queryRaw`
      SELECT m.external_id, m.status FROM (${sourceStatuses(pair, query, page.status)}) m
       WHERE m.external_id > ${after} ${page.status === null ? Prisma.empty : Prisma.sql`AND m.status = ${page.status}`}
       ORDER BY m.external_id LIMIT ${page.limit + 1}`;
    rows.push(...found.map((row) => toRow("source", row)));
  }
  if (rows.length <= page.limit && (page.status === null || page.status === "ledgerOnly")) {
    const from = side === "ledger" ? after : "";
    const found: unknown[] = await tx.$queryRaw`
      SELECT l.external_id, 'ledgerOnly' AS status FROM (${ledgerAlone(pair, query)}) l
       WHERE l.external_id > ${from} ORDER BY l.external_id LIMIT ${page.limit + 1 - rows.length}`;
    rows.push(...found.map((row) => toRow("ledger", row)));
  }
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > page.limit && last ? `${last.side}:${last.externalId}` : null };
}

/** Of a large plan the counts are as old as this at most: what a person decides shows in the rows at once. */
const COUNTS_AGE_MS = 60_000;

const countsSchema: z.ZodType<Record<MatchStatus, number>> = z.record(z.enum(MATCH_STATUSES), z.number());

/** How many records of a kind have each status; of a large plan, a minute ago. */
export async function keepStatusCounts(
  tx: Transaction,
  pair: MatchedPair,
  query: StatusQuery,
  now: Date,
): Promise<Record<MatchStatus, number>> {
  const count = () => countStatuses(tx, pair, query);
  const { runId, recordType } = query;
  if (!(await isLarge(tx, runId))) return count();
  return keepFigures(
    tx,
    {
      ...{ workspaceId: pair.workspaceId, runId, now },
      name: `matches ${recordType}`,
      schema: countsSchema,
      ageMsMax: COUNTS_AGE_MS,
    },
    count,
  );
}

/** How many records of a kind have each status: all of them are looked at. */
export async function countStatuses(
  tx: Transaction,
  pair: MatchedPair,
  query: StatusQuery,
): Promise<Record<MatchStatus, number>> {
  const found: unknown[] = await tx.$queryRaw`
    SELECT m.status, count(*) AS rows FROM (${sourceStatuses(pair, query)}) m GROUP BY m.status
    UNION ALL SELECT 'ledgerOnly', count(*) FROM (${ledgerAlone(pair, query)}) l`;
  const rows = found.map((row) => countSchema.parse(row));
  const count = (status: MatchStatus): number =>
    Number(rows.find((row) => row.status === status)?.rows ?? 0n);
  return {
    needsYou: count("needsYou"),
    matched: count("matched"),
    new: count("new"),
    mapped: count("mapped"),
    leftOut: count("leftOut"),
    ledgerOnly: count("ledgerOnly"),
  };
}

/** How many links a plan holds that nobody confirmed, of every kind; of a large plan, a minute ago. */
export async function keepMatchedCount(
  tx: Transaction,
  { workspaceId }: MatchedPair,
  runId: string,
  now: Date,
): Promise<number> {
  const count = () => tx.plannedChange.count({ where: { runId, verb: "link", state: "planned" } });
  if (!(await isLarge(tx, runId))) return count();
  return keepFigures(
    tx,
    { workspaceId, runId, name: "matched", schema: z.number(), now, ageMsMax: COUNTS_AGE_MS },
    count,
  );
}

/** A person's word comes before the plan, since the plan may be older; a link comes before both. */
function sourceStatuses(pair: MatchedPair, query: StatusQuery, wanted: MatchStatus | null = null) {
  const { id: pairId, sourceConnectionId } = pair;
  const { recordType, runId } = query;
  return Prisma.sql`
    SELECT s.external_id,
           CASE WHEN k.id IS NOT NULL THEN 'mapped'
                WHEN q.is_same THEN 'matched'
                WHEN q.is_open THEN 'needsYou'
                WHEN e.id IS NOT NULL AND NOT (q.is_said AND e.cause IN ('possibleTwin', 'numberTaken')) THEN 'needsYou'
                WHEN p.verb = 'link' AND NOT COALESCE(p.ledger_external_id = ANY(q.others), false) THEN 'matched'
                WHEN s.disposition = 'excluded' OR p.verb = 'exclude' THEN 'leftOut'
                ELSE 'new' END AS status
      FROM record_snapshots s
      LEFT JOIN record_links k
        ON k.pair_id = ${pairId}::uuid AND k.record_type = ${recordType} AND k.source_external_id = s.external_id
      LEFT JOIN planned_changes p
        ON p.run_id = ${runId}::uuid AND p.record_type = ${recordType} AND p.source_external_id = s.external_id
      LEFT JOIN exceptions e
        ON e.pair_id = ${pairId}::uuid AND e.record_type = ${recordType} AND e.source_external_id = s.external_id
       AND e.state = 'open'
      LEFT JOIN LATERAL (SELECT bool_or(verdict IS NOT DISTINCT FROM 'same') AS is_same,
                        bool_or(verdict IS NULL) AS is_open, bool_or(verdict IS NOT NULL) AS is_said,
                        array_agg(ledger_external_id) FILTER (WHERE verdict = 'another') AS others
                   FROM match_questions
                  WHERE pair_id = ${pairId}::uuid AND record_type = ${recordType}
                    AND source_external_id = s.external_id) q ON true
     WHERE s.connection_id = ${sourceConnectionId}::uuid AND s.record_type = ${recordType}
       AND (s.gone_at IS NULL OR k.id IS NOT NULL) ${mayHave(pair, query, wanted)}`;
}

/**
 * What a record must have to be of a status at all, as a condition that an index answers: few records of a million are in
 * doubt or left out, and without it all would be looked at to find them.
 */
function mayHave(
  { id: pairId }: MatchedPair,
  { recordType, runId }: StatusQuery,
  wanted: MatchStatus | null,
): Prisma.Sql {
  const planned = (verb: "link" | "exclude") => Prisma.sql`
    SELECT source_external_id FROM planned_changes
     WHERE run_id = ${runId}::uuid AND record_type = ${recordType} AND verb = ${verb}`;
  const said = Prisma.sql`
    SELECT source_external_id FROM match_questions WHERE pair_id = ${pairId}::uuid AND record_type = ${recordType}`;
  switch (wanted) {
    case "matched":
      return Prisma.sql`AND s.external_id IN (${planned("link")} UNION ${said} AND verdict = 'same')`;
    case "needsYou":
      return Prisma.sql`AND s.external_id IN (${said} AND verdict IS NULL
        UNION SELECT source_external_id FROM exceptions
               WHERE pair_id = ${pairId}::uuid AND record_type = ${recordType} AND state = 'open')`;
    case "leftOut":
      return Prisma.sql`AND (s.disposition = 'excluded' OR s.external_id IN (${planned("exclude")}))`;
    case "new":
      // What is in the ledger is linked: a link that ends leaves the record to be posted anew, or out.
      return Prisma.sql`AND s.disposition IN ('pending', 'excluded', 'exception')`;
    default:
      return Prisma.empty;
  }
}

function ledgerAlone({ id: pairId, ledgerConnectionId }: MatchedPair, { recordType, runId }: StatusQuery) {
  return Prisma.sql`
    SELECT r.external_id
      FROM ledger_records r
     WHERE r.connection_id = ${ledgerConnectionId}::uuid AND r.record_type = ${recordType}
       AND COALESCE(r.record ->> 'status', 'open') NOT IN ('void', 'deleted')
       AND NOT EXISTS (SELECT FROM record_links k
                        WHERE k.pair_id = ${pairId}::uuid AND k.record_type = ${recordType}
                          AND k.ledger_external_id = r.external_id)
       AND r.external_id NOT IN (SELECT p.ledger_external_id FROM planned_changes p
                                  WHERE p.run_id = ${runId}::uuid AND p.record_type = ${recordType} AND p.verb = 'link'
                                    AND p.ledger_external_id IS NOT NULL)
       AND r.external_id NOT IN (SELECT q.ledger_external_id FROM match_questions q
                                  WHERE q.pair_id = ${pairId}::uuid AND q.record_type = ${recordType}
                                    AND q.verdict = 'same')`;
}

function toRow(side: StatusRow["side"], row: unknown): StatusRow {
  const { external_id: externalId, status } = rowSchema.parse(row);
  return { side, externalId, status };
}

function splitCursor(cursor: string): readonly [StatusRow["side"], string] {
  const at = cursor.indexOf(":");
  return [cursor.slice(0, at) === "ledger" ? "ledger" : "source", cursor.slice(at + 1)];
}
