import { currencyScale } from "@/lib/domain/money";
import type { TieOutView } from "@/lib/domain/views/tie-out-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { Decimal } from "@/lib/kernel/decimal";
import { getRuntime } from "@/lib/operations/runtime";

/** The numbers of the summary line. Totals are minor units as text, by currency. */
export type Side = Record<string, { count: number; totals: Record<string, string> }>;

export function sideOf(tieOut: TieOutView, part: "source" | "ledger" | "exceptions" | "excluded"): Side {
  const side: Side = {};
  for (const line of tieOut.byType) {
    const own = side[line.recordType] ?? { count: 0, totals: {} };
    own.count += line[part].count;
    const { total } = line[part];
    if (total) own.totals[total.currency] = toMinor(total.amount, total.currency);
    side[line.recordType] = own;
  }
  return side;
}

const toMinor = (amount: string, currency: string): string =>
  new Decimal(amount).times(new Decimal(10).pow(currencyScale(currency))).toFixed(0);

export interface PostedTypes {
  readonly documents: number;
  /** Fewest write calls that could have carried them. */
  readonly writesFloor: number;
}

const BATCH = 50;
const BATCH_BYTES = 3_500_000;

/** From what was posted: a batch of 50 or 3.5 MB a call, and a call for each credit note with allocations. */
export async function countWritesFloor(access: WorkspaceAccess): Promise<PostedTypes> {
  const { database } = await getRuntime();
  const rows = await database.withWorkspace(
    access.workspaceId,
    (tx) => tx.$queryRaw<{ record_type: string; documents: bigint; bytes: bigint; notes: bigint }[]>`
      SELECT record_type, count(*) AS documents, sum(payload_bytes)::bigint AS bytes, count(DISTINCT payload->>'creditNoteId') AS notes
        FROM write_intents WHERE state = 'applied' OR state = 'rejected' GROUP BY record_type`,
  );
  let documents = 0;
  let writesFloor = 0;
  for (const row of rows) {
    documents += Number(row.documents);
    writesFloor +=
      row.record_type === "allocation"
        ? Number(row.notes)
        : Math.max(Math.ceil(Number(row.documents) / BATCH), Math.ceil(Number(row.bytes) / BATCH_BYTES));
  }
  return { documents, writesFloor };
}
