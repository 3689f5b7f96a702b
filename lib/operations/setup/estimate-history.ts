import type { ConnectorManifest } from "@/lib/connectors/contract/manifest";
import type { Transaction } from "@/lib/db/client";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import type { HistoryEstimate } from "@/lib/domain/views/setup-view";
import { forecastSeconds } from "@/lib/quota/forecast";
import { readPace } from "@/lib/quota/read-pace";

const YEARS_SHOWN = 8;

/**
 * What posting takes from the beginning of each year on, by the records that were read and are not in the ledger yet:
 * calls by the ledger's own batches, and time by what is left of its limits today. Empty before the source was read.
 */
export async function estimateHistory(
  tx: Transaction,
  pair: { readonly id: string; readonly sourceConnectionId: string; readonly ledgerConnectionId: string },
  { batch, capabilities }: Pick<ConnectorManifest, "batch" | "capabilities">,
  now: Date,
): Promise<HistoryEstimate[]> {
  const rows = await tx.$queryRaw<{ record_type: string; year: string; count: number }[]>`
    SELECT s.record_type, substr(s.document_date, 1, 4) AS year, count(*)::integer AS count
      FROM record_snapshots s
      JOIN flows f ON f.pair_id = ${pair.id}::uuid AND f.record_type = s.record_type
                  AND f.direction = 'toLedger' AND f.state <> 'off'
     WHERE s.connection_id = ${pair.sourceConnectionId}::uuid AND s.document_date IS NOT NULL
       AND s.disposition NOT IN ('posted', 'linked')
     GROUP BY 1, 2`;
  if (rows.length === 0) return [];
  const pace = await readPace(tx, pair.ledgerConnectionId, now);
  const estimate = (from: string | null): HistoryEstimate => {
    const kept = rows.filter((row) => from === null || row.year >= from.slice(0, 4));
    const calls = RECORD_TYPES.reduce((sum, recordType) => {
      const count = kept
        .filter((row) => row.record_type === recordType)
        .reduce((total, row) => total + row.count, 0);
      const isOneByOne = capabilities[recordType].oneByOne?.create !== undefined;
      return sum + Math.ceil(count / (isOneByOne ? 1 : batch));
    }, 0);
    return {
      from,
      records: kept.reduce((total, row) => total + row.count, 0),
      calls,
      seconds: Math.ceil(forecastSeconds(calls, pace) / pace.limitSpeed),
    };
  };
  const years = [...new Set(rows.map((row) => row.year))].sort().slice(1).slice(-YEARS_SHOWN);
  return [estimate(null), ...years.map((year) => estimate(`${year}-01-01`))];
}
