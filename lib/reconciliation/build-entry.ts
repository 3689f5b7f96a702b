import { type CanonicalRecord, isDocument, isGone, summarise } from "@/lib/domain/canonical-record";
import { normaliseName } from "@/lib/domain/name-similarity";
import { settledDocument, usedCredit } from "@/lib/domain/settlement";
import { type Decimal, decimalText } from "@/lib/kernel/decimal";
import type { Coding } from "./coding";
import { documentTaxes } from "./document-taxes";
import type { Entry } from "./entry";

/**
 * The entry of a record. `marker` is our marker on it: the one found on a ledger record, or the one that the source
 * record's counterpart would bear. `coding` is in the ledger's keys; null where the mapping leads nowhere.
 */
export function buildEntry(
  record: CanonicalRecord,
  marker: string,
  rateOfTaxKey: ReadonlyMap<string, Decimal>,
  coding: Coding | null,
): Entry {
  const { number, label, date, amount } = summarise(record);
  return {
    recordType: record.recordType,
    id: record.externalId,
    number,
    label,
    date,
    currency: amount?.currency ?? null,
    gross: amount?.minor ?? 0n,
    taxes: [],
    rounding: 0n,
    standing: !isGone(record),
    marker,
    settles: null,
    uses: null,
    contactId: "contactId" in record ? record.contactId : "",
    contactName: "contactName" in record ? record.contactName : "",
    accounts: coding?.accounts ?? null,
    tracking: coding?.tracking ?? null,
    fxRate: "fxRate" in record && record.fxRate ? decimalText(record.fxRate) : null,
    ...(isDocument(record) ? documentTaxes(record, rateOfTaxKey) : {}),
    ...keysOf(record, `${amount?.currency ?? ""} ${amount?.minor ?? ""}`),
  };
}

type Keys = Pick<Entry, "strictKey" | "looseKey"> & Partial<Pick<Entry, "settles" | "uses">>;

function keysOf(record: CanonicalRecord, amount: string): Keys {
  switch (record.recordType) {
    case "contact":
      return { strictKey: normaliseName(record.name), looseKey: normaliseName(record.email) };
    case "item":
      return { strictKey: normaliseName(record.code), looseKey: "" };
    case "invoice":
    case "creditNote":
    case "purchaseOrder":
      return {
        strictKey: [record.number, normaliseName(record.contactName), record.date, amount].join("|"),
        looseKey: record.number,
      };
    case "bill":
    case "supplierCredit": {
      // Two suppliers may number alike, and some do not number at all.
      const supplier = normaliseName(record.contactName);
      return {
        strictKey: [record.number, supplier, record.date, amount].join("|"),
        looseKey: record.number === "" ? "" : [record.number, supplier].join("|"),
      };
    }
    case "bankTransaction":
      return {
        strictKey: [record.kind, normaliseName(record.contactName), record.date, amount].join("|"),
        looseKey: "",
      };
    case "manualJournal":
      return { strictKey: [normaliseName(record.narration), record.date, amount].join("|"), looseKey: "" };
    case "allocation":
    case "supplierAllocation":
      return { strictKey: amount, looseKey: "", settles: settledDocument(record), uses: usedCredit(record) };
    case "payment":
    case "billPayment":
      return { strictKey: [record.date, amount].join("|"), looseKey: "", settles: settledDocument(record) };
    case "overpayment":
    case "supplierOverpayment":
      return {
        strictKey: [normaliseName(record.contactName), record.date, amount].join("|"),
        looseKey: "",
      };
  }
}
