import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalRecordSchema } from "@/lib/domain/canonical-record";
import { AGAIN, DONE, type Progress } from "@/lib/domain/progress";
import type { RecordType } from "@/lib/domain/record-type";
import type { SyncContext } from "@/lib/sync/sync-context";
import { asChosen, chosenFor } from "../exceptions/expected-record";
import { expectedAtCutOver, openingOf } from "./before-cut-over";
import { ENTRY_VERSION, storeEntries } from "./entry-rows";
import type { Expectation } from "./expected-entry";

/**
 * Brings the source's entries up to what the mirror of the source has: those whose record or mapping changed are made anew,
 * the rest is left as it is. One page of records is held at a time.
 */
const PAGE_RECORDS = 1_000;

/** A record of the mirror; only where its entry is to be made anew does it come with what it says. */
const rowSchema = z.object({
  sequence: z.bigint(),
  content_hash: z.string(),
  opening: z.string().nullable(),
  chosen: z.string().nullable(),
  record: canonicalRecordSchema.nullable(),
});

/** Names the mapping: an entry that was made with another one is made anew. */
export function mappingVersion(parts: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify([ENTRY_VERSION, parts]))
    .digest("hex")
    .slice(0, 16);
}

export async function refreshSourceEntries(
  context: SyncContext,
  expectation: Expectation,
  version: string,
  until: Date,
): Promise<Progress> {
  for (const recordType of context.recordTypes) {
    let after: bigint | null = 0n;
    while (after !== null) {
      after = await refreshPage(context, expectation, version, { recordType, after });
      if (after !== null && context.clock.now() >= until) return AGAIN;
    }
  }
  return DONE;
}

/**
 * Looks through the next records of a kind; returns where to go on, or null after the last. The page is cut before anything
 * is compared: all that was looked through would be compared again for each page otherwise.
 */
async function refreshPage(
  context: SyncContext,
  expectation: Expectation,
  version: string,
  { recordType, after }: { readonly recordType: RecordType; readonly after: bigint },
): Promise<bigint | null> {
  const scope = { workspaceId: context.workspaceId, pairId: context.pairId, side: "source" } as const;
  return context.database.withWorkspace(context.workspaceId, async (tx) => {
    const found: unknown[] = await tx.$queryRaw`
      WITH page AS MATERIALIZED (
        SELECT * FROM record_snapshots
         WHERE connection_id = ${context.source.connectionId}::uuid AND record_type = ${recordType} AND sequence > ${after}
         ORDER BY sequence LIMIT ${PAGE_RECORDS}
      )
      SELECT s.sequence, s.content_hash, o.opening, o.chosen,
             CASE WHEN e.made_of IS DISTINCT FROM
                       s.content_hash || ':' || ${version} || COALESCE(o.opening, '') || COALESCE(o.chosen, '')
                  THEN s.record END AS record
        FROM page s
       CROSS JOIN LATERAL (SELECT ${openingOf(context)} AS opening, ${chosenFor(context.pairId)} AS chosen) o
        LEFT JOIN tie_out_entries e ON e.pair_id = ${context.pairId}::uuid AND e.side = 'source'
         AND e.record_type = s.record_type AND e.external_id = s.external_id
       ORDER BY s.sequence`;
    const page = found.map((row) => rowSchema.parse(row));
    await storeEntries(
      tx,
      scope,
      page.flatMap(({ record: stored, content_hash, opening, chosen }) => {
        if (stored === null) return [];
        const { record, maps } = asChosen(stored, chosen, expectation.maps);
        return {
          entry: expectedAtCutOver(record, opening, { ...expectation, maps }),
          madeOf: `${content_hash}:${version}${opening ?? ""}${chosen ?? ""}`,
        };
      }),
      context.clock.now(),
    );
    return page.length < PAGE_RECORDS ? null : (page.at(-1)?.sequence ?? null);
  });
}
