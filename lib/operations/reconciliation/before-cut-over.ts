import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import { type CanonicalRecord, isDocument } from "@/lib/domain/canonical-record";
import { parseLocalDate } from "@/lib/domain/local-date";
import type { PairSettings } from "@/lib/domain/pair-settings";
import type { BeforeCutOverView } from "@/lib/domain/views/tie-out-view";
import { openingDocument, withOpeningAccount } from "@/lib/mapping/opening-document";
import { amountView } from "./describe-tie-out";
import { type Expectation, expectedEntry } from "./expected-entry";

/**
 * How the tie-out treats what is dated before the cut-over: what is left out is a line of its own, and of what was
 * brought in the ledger should show what was open, not the whole document. Which documents those are stands in what was
 * sent for them; what they should show is worked out anew.
 */
interface Pair {
  readonly pairId: string;
  readonly sourceConnectionId: string;
  readonly settings: PairSettings;
}

/** The opening balance that was posted for the source record `s`, as text for a version, else null. */
export function openingOf({ pairId, settings: { cutOver } }: Omit<Pair, "sourceConnectionId">): Prisma.Sql {
  if (cutOver === null) return Prisma.sql`NULL::text`;
  return Prisma.sql`
    CASE WHEN s.document_date < ${cutOver.date} THEN (
      SELECT jsonb_build_object('date', w.payload->>'date', 'minor', w.payload->'gross'->>'minor',
                                'accountKey', w.payload->'lines'->0->>'accountKey')::text
        FROM write_intents w
       WHERE w.pair_id = ${pairId}::uuid AND w.record_type = s.record_type AND w.source_external_id = s.external_id
         AND w.verb = 'create' AND w.state = 'applied'
         AND w.payload->'lines'->0->>'externalId' = s.external_id || ':opening'
       ORDER BY w.sequence DESC LIMIT 1) END`;
}

const openingSchema = z.object({ date: z.string(), minor: z.string(), accountKey: z.string() });

/** What the ledger should show for a record: of one that was brought in, what was open. */
export function expectedAtCutOver(record: CanonicalRecord, opening: string | null, expectation: Expectation) {
  if (opening === null || !isDocument(record)) return expectedEntry(record, expectation);
  const { date, minor, accountKey } = openingSchema.parse(JSON.parse(opening));
  const open = { minor: BigInt(minor), currency: record.currency };
  return expectedEntry(openingDocument(record, open, parseLocalDate(date)), {
    ...expectation,
    maps: withOpeningAccount(expectation.maps, accountKey),
  });
}

const sumSchema = z.object({ currency: z.string(), count: z.number(), minor: z.string() });

/** What was left out for being older than the cut-over, by currency; null where everything is kept. */
export async function sumBeforeCutOver(tx: Transaction, pair: Pair): Promise<BeforeCutOverView | null> {
  const { cutOver } = pair.settings;
  if (cutOver === null) return null;
  const leftOut: unknown[] = await tx.$queryRaw`
    SELECT s.currency, count(*)::integer AS count, sum(s.gross_minor)::text AS minor
      FROM record_snapshots s
     WHERE s.connection_id = ${pair.sourceConnectionId}::uuid AND s.disposition = 'excluded'
       AND s.disposition_reason IN ('beforeCutOver', 'openBeforeCutOver')
       AND s.disposition_hash = s.content_hash AND s.currency IS NOT NULL
     GROUP BY s.currency ORDER BY s.currency`;
  const broughtIn: unknown[] = await tx.$queryRaw`
    SELECT o.currency, count(*)::integer AS count, sum(o.gross_minor - (o.opening::jsonb->>'minor')::numeric)::text AS minor
      FROM (SELECT s.currency, s.gross_minor, ${openingOf(pair)} AS opening FROM record_snapshots s
             WHERE s.connection_id = ${pair.sourceConnectionId}::uuid AND s.document_date < ${cutOver.date}
               AND s.disposition = 'posted') o
     WHERE o.opening IS NOT NULL GROUP BY o.currency ORDER BY o.currency`;
  const sums = (rows: unknown[]) => {
    const parsed = rows.map((row) => sumSchema.parse(row));
    return {
      count: parsed.reduce((total, row) => total + row.count, 0),
      totals: parsed.map((row) => amountView(BigInt(row.minor), row.currency)),
    };
  };
  return { date: cutOver.date, leftOut: sums(leftOut), settledOfBroughtIn: sums(broughtIn) };
}
