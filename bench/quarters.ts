import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "@/lib/operations/runtime";
import { round } from "./figures";

/** Invoices alone: other records are of another size, and would make a start or an end look fast. */
export async function measureQuarters(access: WorkspaceAccess, runId: string) {
  const { database } = await getRuntime();
  const [row] = await database.withWorkspace(
    access.workspaceId,
    (tx) => tx.$queryRaw<{ first: number | null; last: number | null }[]>`
      WITH posted AS (
        SELECT resolved_at, ntile(4) OVER (ORDER BY resolved_at, sequence) AS quarter
          FROM write_intents WHERE run_id = ${runId}::uuid AND record_type = 'invoice' AND state = 'applied'),
      spans AS (
        SELECT quarter, count(*) AS documents, max(resolved_at) AS ended,
               lag(max(resolved_at)) OVER (ORDER BY quarter) AS began
          FROM posted GROUP BY quarter)
      SELECT max(documents / NULLIF(EXTRACT(EPOCH FROM ended - COALESCE(began, (SELECT min(sent_at) FROM write_intents
                 WHERE run_id = ${runId}::uuid AND record_type = 'invoice'))), 0)) FILTER (WHERE quarter = 1)::float8 AS first,
             max(documents / NULLIF(EXTRACT(EPOCH FROM ended - began), 0)) FILTER (WHERE quarter = 4)::float8 AS last
        FROM spans`,
  );
  return { firstQuarterPerSecond: round(row?.first ?? 0, 1), lastQuarterPerSecond: round(row?.last ?? 0, 1) };
}
