import { parseLocalDate } from "@/lib/domain/local-date";
import type { PairCircumstances } from "@/lib/reconciliation/differences";
import type { Entry, EntryPart, EntryTax } from "@/lib/reconciliation/entry";

/** An invoice of 24.00 with 20 % tax as a tie-out sees it; the same on both sides unless changed. */
export function anEntry(changes: Partial<Entry> = {}): Entry {
  return {
    recordType: "invoice",
    id: "z-1",
    number: "INV-1",
    label: "Ada Lovelace",
    date: parseLocalDate("2026-05-10"),
    currency: "GBP",
    gross: 2400n,
    taxes: [anEntryTax()],
    rounding: 0n,
    standing: true,
    marker: "",
    strictKey: "INV-1|ada|2400",
    looseKey: "INV-1",
    settles: null,
    uses: null,
    contactId: "",
    contactName: "Ada Lovelace",
    accounts: [],
    tracking: [],
    fxRate: null,
    ...changes,
  };
}

export const anEntryPart = (key: string, net: bigint, roundedLines = 0): EntryPart => ({
  key,
  net,
  roundedLines,
});

export const anEntryTax = (changes: Partial<EntryTax> = {}): EntryTax => ({
  ratePercent: "20",
  net: 2000n,
  tax: 400n,
  lines: 1,
  ...changes,
});

/** A contact as a tie-out sees it: no amount, no date. */
export const aContactEntry = (changes: Partial<Entry> = {}): Entry =>
  anEntry({
    recordType: "contact",
    number: "",
    date: null,
    currency: null,
    gross: 0n,
    taxes: [],
    contactName: "",
    strictKey: "ada lovelace",
    looseKey: "ada@example.com",
    ...changes,
  });

/** A pair that our marker made, of the same contact, with nothing tracked. */
export const aCircumstance = (changes: Partial<PairCircumstances> = {}): PairCircumstances => ({
  isOurs: true,
  ledgerContactInSource: null,
  trackedCategories: new Set(),
  accountName: (key) => key,
  trackingName: (key) => key,
  ...changes,
});
