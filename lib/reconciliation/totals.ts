import { monthOf } from "@/lib/domain/local-date";
import type { RecordType } from "@/lib/domain/record-type";
import type { FigureDimension } from "@/lib/domain/views/tie-out-view";
import type { Entry } from "./entry";

/**
 * Sums of a tie-out, added up record by record so that no list of records is held. For each record type and currency
 * source = ledger + excluded + exceptions + waiting + accepted + discrepancies, in count and in amount: a pair whose
 * amounts differ counts as being in the ledger, with the difference under discrepancies. A pair in two currencies has no
 * difference that could be named; it counts as not being in the ledger.
 */
export interface Sum {
  count: number;
  minor: bigint;
}

export interface TypeTotals {
  readonly recordType: RecordType;
  readonly currency: string | null;
  readonly source: Sum;
  readonly ledger: Sum;
  readonly excluded: Sum;
  readonly exceptions: Sum;
  readonly waiting: Sum;
  readonly accepted: Sum;
  readonly discrepancies: Sum;
}

/** Where the part of a source record goes that is not in the ledger as it should be. */
export type Part = "excluded" | "exceptions" | "waiting" | "accepted" | "discrepancies";

export interface TypeTotaller {
  /** A pair; `differing` says under what its difference goes. */
  addPair(source: Entry, ledger: Entry, differing: Part): void;
  addAlone(source: Entry, part: Part): void;
  lines(): TypeTotals[];
}

const none = (): Sum => ({ count: 0, minor: 0n });

export function createTypeTotaller(): TypeTotaller {
  const lines = new Map<string, TypeTotals>();
  const lineOf = ({ recordType, currency }: Entry): TypeTotals => {
    const key = `${recordType} ${currency ?? ""}`;
    const line = lines.get(key) ?? {
      recordType,
      currency,
      source: none(),
      ledger: none(),
      excluded: none(),
      exceptions: none(),
      waiting: none(),
      accepted: none(),
      discrepancies: none(),
    };
    lines.set(key, line);
    return line;
  };
  const count = (sum: Sum, entry: Entry): void => {
    sum.count += 1;
    sum.minor += entry.gross;
  };
  const addAlone = (source: Entry, part: Part): void => {
    const line = lineOf(source);
    count(line.source, source);
    count(line[part], source);
  };
  return {
    addAlone,
    addPair(source, ledger, differing) {
      if (source.currency !== ledger.currency) return addAlone(source, differing);
      const line = lineOf(source);
      count(line.source, source);
      count(line.ledger, ledger);
      line[differing].minor += source.gross - ledger.gross;
    },
    lines: () => [...lines.values()],
  };
}

/** One figure: what one side has under one key of one dimension. */
export interface FigurePart {
  readonly dimension: FigureDimension;
  readonly key: string;
  readonly net: bigint;
  readonly tax: bigint;
}

/** Key of what has no tax, and of the lines that only carry a rounding difference. */
export const NO_TAX_RATE = "";
export const ROUNDING = "rounding";

/**
 * Everything that a record adds to the figures by month, day, currency, tax, account, contact and tracking. `contactKey`
 * is the source's id of the contact on both sides, so that one customer is one line. Contacts and items add nothing.
 */
export function figureParts(entry: Entry, contactKey: string): FigurePart[] {
  const { currency, date } = entry;
  if (currency === null) return [];
  const taxed = entry.taxes.length > 0;
  const net = taxed ? entry.taxes.reduce((sum, one) => sum + one.net, entry.rounding) : entry.gross;
  const tax = entry.taxes.reduce((sum, one) => sum + one.tax, 0n);
  const whole = (dimension: FigureDimension, key: string): FigurePart => ({ dimension, key, net, tax });
  const parts = (dimension: FigureDimension, of: Entry["accounts"]): FigurePart[] =>
    (of ?? []).map((part) => ({ dimension, key: part.key, net: part.net, tax: 0n }));
  return [
    ...(date === null ? [] : [whole("month", monthOf(date)), whole("day", date)]),
    whole("currency", currency),
    ...(contactKey === "" ? [] : [whole("contact", contactKey)]),
    ...rateParts(entry).flatMap((one): FigurePart[] => [
      { dimension: "tax", ...one },
      ...(date === null
        ? []
        : [{ dimension: "monthTax" as const, ...one, key: `${monthOf(date)} ${one.key}` }]),
    ]),
    ...parts("account", entry.accounts),
    ...parts("tracking", entry.tracking),
  ];
}

function rateParts(entry: Entry): { key: string; net: bigint; tax: bigint }[] {
  if (entry.taxes.length === 0) return [{ key: NO_TAX_RATE, net: entry.gross, tax: 0n }];
  return [
    ...entry.taxes.map((one) => ({ key: one.ratePercent, net: one.net, tax: one.tax })),
    ...(entry.rounding === 0n ? [] : [{ key: ROUNDING, net: entry.rounding, tax: 0n }]),
  ];
}
