import { type CanonicalRecord, isDocument } from "@/lib/domain/canonical-record";
import type { AccountingDocument, DocumentLine } from "@/lib/domain/document";
import { ROUNDING_DESCRIPTION } from "@/lib/domain/rounding-line";
import { Decimal } from "@/lib/kernel/decimal";
import type { EntryPart } from "./entry";

/**
 * On which accounts and tracking options a record stands, net of tax, by the ledger's own keys. The rounding line is left
 * out: it is compared by itself.
 */
export interface Coding {
  readonly accounts: readonly EntryPart[];
  readonly tracking: readonly EntryPart[];
}

export function codingOf(record: CanonicalRecord, rateOfTaxKey: ReadonlyMap<string, Decimal>): Coding {
  const accounts = new Map<string, PartSum>();
  const tracking = new Map<string, PartSum>();
  if (isDocument(record)) {
    for (const line of record.lines) {
      if (line.description === ROUNDING_DESCRIPTION) continue;
      const net = netOf(line, record, rateOfTaxKey);
      const roundedLines = record.lineAmounts === "inclusive" ? 1 : 0;
      addTo(accounts, line.accountKey, net, roundedLines);
      for (const tag of line.tracking)
        addTo(tracking, `${tag.categoryKey}/${tag.optionKey}`, net, roundedLines);
    }
    if ("bankAccountKey" in record) addTo(accounts, record.bankAccountKey, record.gross.minor);
  } else if (record.recordType === "manualJournal") {
    for (const line of record.lines) {
      addTo(accounts, line.accountKey, line.amount.minor);
      for (const tag of line.tracking)
        addTo(tracking, `${tag.categoryKey}/${tag.optionKey}`, line.amount.minor);
    }
  } else if ("accountKey" in record) addTo(accounts, record.accountKey, record.amount.minor);
  return { accounts: partsOf(accounts), tracking: partsOf(tracking) };
}

/** As stated where the system states tax by line, else by the rate of the line's tax key. */
function netOf(
  line: DocumentLine,
  { lineAmounts }: AccountingDocument,
  rateOfTaxKey: ReadonlyMap<string, Decimal>,
): bigint {
  if (lineAmounts !== "inclusive") return line.amount.minor;
  if (line.tax !== null) return line.amount.minor - line.tax.minor;
  const rate = line.taxRatePercent ?? rateOfTaxKey.get(line.taxKey ?? "") ?? new Decimal(0);
  const gross = new Decimal(line.amount.minor.toString());
  const tax = gross.minus(gross.times(100).dividedBy(rate.plus(100)));
  return line.amount.minor - BigInt(tax.toDecimalPlaces(0).toFixed());
}

interface PartSum {
  net: bigint;
  roundedLines: number;
}

function addTo(sums: Map<string, PartSum>, key: string | null, net: bigint, roundedLines = 0): void {
  if (key === null || key === "" || net === 0n) return;
  const sum = sums.get(key) ?? { net: 0n, roundedLines: 0 };
  sum.net += net;
  sum.roundedLines += roundedLines;
  sums.set(key, sum);
}

/** Sorted, so that equal codings are equal text. */
const partsOf = (sums: ReadonlyMap<string, PartSum>): EntryPart[] =>
  [...sums]
    .map(([key, { net, roundedLines }]) => ({ key, net, roundedLines }))
    .sort((first, second) => (first.key < second.key ? -1 : 1));
