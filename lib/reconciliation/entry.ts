import type { LocalDate } from "@/lib/domain/local-date";
import type { RecordType } from "@/lib/domain/record-type";

/**
 * One record of one side, cut down to what a tie-out compares, so that years of documents fit into memory.
 * Amounts are minor units of `currency`.
 */
export interface Entry {
  readonly recordType: RecordType;
  readonly id: string;
  readonly number: string;
  readonly label: string;
  readonly date: LocalDate | null;
  /** Null for contacts and items, which carry no amount. */
  readonly currency: string | null;
  readonly gross: bigint;
  readonly taxes: readonly EntryTax[];
  /** Net of the lines that only carry a rounding difference; ledger side alone. */
  readonly rounding: bigint;
  /** False for void and deleted records: both sides leave them out and count them. */
  readonly standing: boolean;
  /** Ours, as it stands (ledger) or would stand (source); empty where there is none. */
  readonly marker: string;
  /** Everything that must agree for two records without our marker to be taken for one. */
  readonly strictKey: string;
  /** What is enough to say "this one, but different"; empty where nothing short of strictKey is. */
  readonly looseKey: string;
}

export interface EntryTax {
  /** Percent as plain text, for example "20". */
  readonly ratePercent: string;
  readonly net: bigint;
  readonly tax: bigint;
  /** How many lines: what rounding tax line by line can move depends on it. */
  readonly lines: number;
}
