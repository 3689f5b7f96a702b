import type { LocalDate } from "@/lib/domain/local-date";
import type { RecordType } from "@/lib/domain/record-type";

/**
 * One record of one side, cut down to what a tie-out compares. The source's entry is what the ledger should show: marker,
 * accounts, tracking and bank account are the ones that the confirmed mapping leads to. Amounts are minor units of
 * `currency`.
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
  /**
   * Everything that must agree for two records without our marker to be taken for one. A settlement's lacks the documents
   * that it names: these stand in `settles` and `uses`, since a document may bear another number in the ledger.
   */
  readonly strictKey: string;
  /** What is enough to say "this one, but different"; empty where nothing short of strictKey is. */
  readonly looseKey: string;
  /** The document that is settled, and the credit that is used for it; null where the record is no such settlement. */
  readonly settles: EntryDocument | null;
  readonly uses: EntryDocument | null;
  /** Id of the contact in its own system; empty where there is none. */
  readonly contactId: string;
  readonly contactName: string;
  /** By the ledger's account keys; null where the mapping leads to none (the record is an exception, or somebody's own). */
  readonly accounts: readonly EntryPart[] | null;
  /** By "category/option" of the ledger; null as above. */
  readonly tracking: readonly EntryPart[] | null;
  /** Units of base currency for one of the document's, as plain decimal text; null in base currency or when unknown. */
  readonly fxRate: string | null;
}

export interface EntryDocument {
  readonly id: string;
  readonly number: string;
}

export interface EntryTax {
  /** Percent as plain text, for example "20". */
  readonly ratePercent: string;
  readonly net: bigint;
  readonly tax: bigint;
  /** How many lines: what rounding tax line by line can move depends on it. */
  readonly lines: number;
}

/** What of a record's net stands on one account or one tracking option. */
export interface EntryPart {
  readonly key: string;
  readonly net: bigint;
  /** Lines whose net was worked out of an amount with tax in it: there rounding can move units. */
  readonly roundedLines: number;
}
