import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import type { ClientLogEntry } from "@/lib/domain/views/client-sync-view";

/** What a run did with each client: written, linked, or kept back with the reason. Newest first. */
const rowSchema = z.object({
  at: z.date(),
  id: z.string(),
  name: z.string(),
  what: z.enum(["added", "updated", "mapped", "failed"]),
  detail: z.string(),
});

export interface LogPage {
  readonly limit: number;
  /** Entries to pass over. A log of a run that is done does not change any more. */
  readonly skip: number;
}

export async function loadLogEntries(
  tx: Transaction,
  run: { readonly runId: string; readonly pairId: string },
  { limit, skip }: LogPage,
): Promise<ClientLogEntry[]> {
  const found: unknown[] = await tx.$queryRaw`
    SELECT * FROM (${allEntries(run)}) entry ORDER BY entry.at DESC, entry.id LIMIT ${limit} OFFSET ${skip}`;
  return found.map((row) => {
    const { at, name, what, detail } = rowSchema.parse(row);
    return { at: at.toISOString(), name, what, detail };
  });
}

export async function countLogEntries(
  tx: Transaction,
  run: { readonly runId: string; readonly pairId: string },
): Promise<number> {
  const [row] = await tx.$queryRaw<{ entries: bigint }[]>`
    SELECT count(*) AS entries FROM (${allEntries(run)}) entry`;
  return Number(row?.entries ?? 0n);
}

/** What was kept back is told by the run's own plan: its exception may be from an earlier look that found the same. */
function allEntries({ runId, pairId }: { readonly runId: string; readonly pairId: string }) {
  return Prisma.sql`
    SELECT w.resolved_at AS at, w.source_external_id AS id, w.payload ->> 'name' AS name,
           CASE w.verb WHEN 'create' THEN 'added' ELSE 'updated' END AS what, '' AS detail
      FROM write_intents w
     WHERE w.run_id = ${runId}::uuid AND w.record_type = 'contact' AND w.state = 'applied'
       AND w.resolved_at IS NOT NULL
    UNION ALL
    SELECT k.created_at, p.source_external_id, p.label, 'mapped', COALESCE(p.detail ->> 'evidence', '')
      FROM planned_changes p
      JOIN record_links k ON k.pair_id = ${pairId}::uuid AND k.record_type = p.record_type
                         AND k.source_external_id = p.source_external_id
     WHERE p.run_id = ${runId}::uuid AND p.record_type = 'contact' AND p.verb = 'link' AND p.state = 'applied'
    UNION ALL
    SELECT CASE WHEN e.run_id = r.id THEN e.updated_at ELSE COALESCE(r.applied_from, r.started_at) END,
           p.source_external_id, p.label, 'failed', COALESCE(e.message || ' ' || e.remedy, '')
      FROM planned_changes p
      JOIN sync_runs r ON r.id = p.run_id
      LEFT JOIN exceptions e ON e.pair_id = ${pairId}::uuid AND e.record_type = p.record_type
                            AND e.source_external_id = p.source_external_id AND e.state = 'open'
     WHERE p.run_id = ${runId}::uuid AND p.record_type = 'contact' AND (p.verb = 'block' OR p.state = 'failed')`;
}
