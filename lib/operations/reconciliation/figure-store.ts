import type { Transaction } from "@/lib/db/client";
import type { FigureDimension } from "@/lib/domain/views/tie-out-view";
import type { Json } from "@/lib/kernel/json";
import type { Entry } from "@/lib/reconciliation/entry";
import { figureParts, NO_TAX_RATE, ROUNDING } from "@/lib/reconciliation/totals";
import type { Side } from "./entry-rows";

/**
 * Where the figures of a tie-out are added up: in memory up to so many lines, beyond that in a temporary table, so that a
 * hundred thousand customers are no hundred thousand sums held here.
 */
const LINES_HELD_MAX = 5_000;

export interface FigureNames {
  readonly account: (key: string) => string;
  readonly tracking: (key: string) => string;
}

interface Line {
  readonly dimension: FigureDimension;
  readonly recordType: string;
  readonly currency: string;
  readonly key: string;
  readonly label: string;
  readonly source: { count: number; net: bigint; tax: bigint };
  readonly ledger: { count: number; net: bigint; tax: bigint };
}

export function createFigureStore(
  tx: Transaction,
  context: {
    readonly workspaceId: string;
    readonly pairId: string;
    readonly tieOutId: string;
    readonly figureNames: FigureNames;
  },
) {
  const lines = new Map<string, Line>();
  let isTableThere = false;
  const spill = async (): Promise<void> => {
    if (!isTableThere) {
      await tx.$executeRaw`
        CREATE TEMP TABLE tie_figures (dimension text, record_type text, currency text, key text, label text,
          source_count bigint, source_net numeric, source_tax numeric, ledger_count bigint, ledger_net numeric,
          ledger_tax numeric) ON COMMIT DROP`;
      isTableThere = true;
    }
    const rows = JSON.stringify([...lines.values()].map(rowOf));
    lines.clear();
    await tx.$executeRaw`
      INSERT INTO tie_figures
      SELECT * FROM jsonb_to_recordset(${rows}::jsonb) AS r (dimension text, record_type text, currency text, key text,
        label text, source_count bigint, source_net numeric, source_tax numeric, ledger_count bigint, ledger_net numeric,
        ledger_tax numeric)`;
  };
  return {
    add(entry: Entry, side: Side, contactKey: string): void {
      if (entry.currency === null) return;
      for (const { dimension, key, net, tax } of figureParts(entry, contactKey)) {
        const place = [dimension, entry.recordType, entry.currency, key].join("\u0000");
        const line = lines.get(place) ?? {
          dimension,
          recordType: entry.recordType,
          currency: entry.currency,
          key,
          label: labelOf(dimension, key, entry, context.figureNames),
          source: { count: 0, net: 0n, tax: 0n },
          ledger: { count: 0, net: 0n, tax: 0n },
        };
        line[side].count += 1;
        line[side].net += net;
        line[side].tax += tax;
        lines.set(place, line);
      }
    },
    async flush(): Promise<void> {
      if (lines.size > LINES_HELD_MAX) await spill();
    },
    async finish(): Promise<void> {
      await spill();
      await tx.$executeRaw`
        INSERT INTO tie_out_figures (workspace_id, pair_id, tie_out_id, dimension, record_type, currency, key, label,
               source_count, source_net, source_tax, ledger_count, ledger_net, ledger_tax, gap_minor)
        SELECT ${context.workspaceId}::uuid, ${context.pairId}::uuid, ${context.tieOutId}::uuid, dimension, record_type,
               currency, key, max(label), sum(source_count), sum(source_net), sum(source_tax), sum(ledger_count),
               sum(ledger_net), sum(ledger_tax), abs(sum(source_net) + sum(source_tax) - sum(ledger_net) - sum(ledger_tax))
          FROM tie_figures GROUP BY dimension, record_type, currency, key
         ORDER BY dimension, record_type, key, currency`;
    },
  };
}

function rowOf({ dimension, recordType, currency, key, label, source, ledger }: Line): Json {
  return {
    dimension,
    record_type: recordType,
    currency,
    key,
    label,
    source_count: source.count,
    source_net: source.net.toString(),
    source_tax: source.tax.toString(),
    ledger_count: ledger.count,
    ledger_net: ledger.net.toString(),
    ledger_tax: ledger.tax.toString(),
  };
}

/** What people call a key. Months and days are put into words where they are shown. */
function labelOf(dimension: FigureDimension, key: string, entry: Entry, names: FigureNames): string {
  switch (dimension) {
    case "account":
      return names.account(key);
    case "tracking":
      return names.tracking(key);
    case "contact":
      return entry.contactName;
    case "tax":
      return rateLabel(key);
    case "monthTax":
      return rateLabel(key.slice(key.indexOf(" ") + 1));
    default:
      return key;
  }
}

function rateLabel(rate: string): string {
  if (rate === ROUNDING) return "Rounding";
  return rate === NO_TAX_RATE ? "No tax" : `${rate} %`;
}
