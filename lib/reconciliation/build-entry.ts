import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { summarise } from "@/lib/domain/canonical-record";
import { normaliseName } from "@/lib/domain/name-similarity";
import type { Decimal } from "@/lib/kernel/decimal";
import { documentTaxes } from "./document-taxes";
import type { Entry } from "./entry";

/**
 * The entry of a record. `marker` is our marker on it: the one found on a ledger record, or the one that the source
 * record's counterpart would bear.
 */
export function buildEntry(
  record: CanonicalRecord,
  marker: string,
  rateOfTaxKey: ReadonlyMap<string, Decimal>,
): Entry {
  const summary = summarise(record);
  const base = {
    recordType: record.recordType,
    id: record.externalId,
    number: summary.number,
    label: summary.label,
    date: summary.date,
    currency: summary.amount?.currency ?? null,
    gross: summary.amount?.minor ?? 0n,
    taxes: [],
    rounding: 0n,
    standing: true,
    marker,
  };
  const amount = `${summary.amount?.currency ?? ""} ${summary.amount?.minor ?? ""}`;
  switch (record.recordType) {
    case "contact":
      return { ...base, strictKey: normaliseName(record.name), looseKey: normaliseName(record.email) };
    case "item":
      return { ...base, strictKey: normaliseName(record.code), looseKey: "" };
    case "invoice":
    case "creditNote":
      return {
        ...base,
        ...documentTaxes(record, rateOfTaxKey),
        standing: record.status !== "void" && record.status !== "deleted",
        strictKey: [record.number, normaliseName(record.contactName), record.date, amount].join("|"),
        looseKey: record.number,
      };
    case "allocation":
      return {
        ...base,
        strictKey: [record.creditNoteNumber, record.invoiceNumber, amount].join("|"),
        looseKey: "",
      };
    case "payment":
      return {
        ...base,
        standing: record.status === "open",
        strictKey: [record.invoiceNumber, record.date, amount].join("|"),
        looseKey: "",
      };
    case "overpayment":
      return {
        ...base,
        standing: record.status === "open",
        strictKey: [normaliseName(record.contactName), record.date, amount].join("|"),
        looseKey: "",
      };
  }
}
