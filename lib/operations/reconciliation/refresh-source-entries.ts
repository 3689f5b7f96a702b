import { createHash } from "node:crypto";
import { z } from "zod";
import { Prisma } from "@/lib/db/client";
import { canonicalRecordSchema } from "@/lib/domain/canonical-record";
import { AGAIN, DONE, type Progress } from "@/lib/domain/progress";
import type { SyncContext } from "@/lib/sync/sync-context";
import { asChosen, chosenFor } from "../exceptions/expected-record";
import { expectedAtCutOver, openingOf } from "./before-cut-over";
import { ENTRY_VERSION, storeEntries } from "./entry-rows";
import type { Expectation } from "./expected-entry";

/**
 * Brings the source's entries up to what the mirror of the source has: those whose record or mapping changed are made anew,
 * the rest is left as it is. One page of records is held at a time.
 */
const PAGE_RECORDS = 400;

const rowSchema = z.object({
  sequence: z.bigint(),
  content_hash: z.string(),
  opening: z.string().nullable(),
  chosen: z.string().nullable(),
  record: canonicalRecordSchema,
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
  const scope = { workspaceId: context.workspaceId, pairId: context.pairId, side: "source" } as const;
  const types = Prisma.sql`ANY(${[...context.recordTypes]})`;
  let after = 0n;
  for (;;) {
    const rows = await context.database.withWorkspace(context.workspaceId, async (tx) => {
      const found: unknown[] = await tx.$queryRaw`
        SELECT s.sequence, s.content_hash, s.record, o.opening, o.chosen
          FROM record_snapshots s
         CROSS JOIN LATERAL (SELECT ${openingOf(context)} AS opening, ${chosenFor(context.pairId)} AS chosen) o
          LEFT JOIN tie_out_entries e ON e.pair_id = ${context.pairId}::uuid AND e.side = 'source'
           AND e.record_type = s.record_type AND e.external_id = s.external_id
         WHERE s.connection_id = ${context.source.connectionId}::uuid AND s.record_type = ${types}
           AND s.sequence > ${after} AND e.made_of IS DISTINCT FROM s.content_hash || ':' || ${version} || COALESCE(o.opening, '') || COALESCE(o.chosen, '')
         ORDER BY s.sequence LIMIT ${PAGE_RECORDS}`;
      const page = found.map((row) => rowSchema.parse(row));
      await storeEntries(
        tx,
        scope,
        page.map((row) => {
          const { record, maps } = asChosen(row.record, row.chosen, expectation.maps);
          return {
            entry: expectedAtCutOver(record, row.opening, { ...expectation, maps }),
            madeOf: `${row.content_hash}:${version}${row.opening ?? ""}${row.chosen ?? ""}`,
          };
        }),
        context.clock.now(),
      );
      return page;
    });
    after = rows.at(-1)?.sequence ?? after;
    if (rows.length < PAGE_RECORDS) return DONE;
    if (context.clock.now() >= until) return AGAIN;
  }
}
