import { z } from "zod";
import type { QuarantinedRecord } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { RECORD_TYPE_NAMES, type RecordType } from "@/lib/domain/record-type";
import { errorText } from "@/lib/kernel/errors";
import { encode } from "@/lib/kernel/json";
import { err, ok, type Result } from "@/lib/kernel/result";
import * as calls from "../calls";
import type { SdkCall } from "../client";
import { contactOf } from "../translate/contact";
import {
  bankTransactionOf,
  billOf,
  creditNoteOf,
  invoiceOf,
  purchaseOrderOf,
  supplierCreditOf,
} from "../translate/document";
import { itemOf } from "../translate/item";
import { manualJournalOf } from "../translate/manual-journal";
import {
  allocationsOf,
  billPaymentOf,
  overpaymentOf,
  paymentOf,
  supplierAllocationsOf,
  supplierOverpaymentOf,
} from "../translate/settlement";
import { contactWire } from "../wire/contact";
import {
  bankTransactionWire,
  creditNoteWire,
  invoiceWire,
  manualJournalWire,
  purchaseOrderWire,
} from "../wire/document";
import { itemWire } from "../wire/item";
import { excessWire, paymentWire } from "../wire/settlement";
import { firstIssue, wireInstant } from "../wire/values";
import type { ConnectedXero } from "./organisation-facts";

/**
 * How each record type is read at Xero: its list, its single record, and how one element of an answer becomes records.
 * Several types share an endpoint (sales and purchases, all that moves on a bank account), so a list is filtered by
 * type there, and a single record of another type is none. Allocations have no endpoint of their own to read: they
 * arrive inside their credit.
 */

export type ListedType = Exclude<RecordType, AllocationType>;
export type AllocationType = "allocation" | "supplierAllocation";

const CARRIERS = { allocation: "creditNote", supplierAllocation: "supplierCredit" } as const;

/** The type that a type is read with: its own, or that of the credit that an allocation arrives in. */
export function carrierType(recordType: RecordType): ListedType {
  return isAllocationType(recordType) ? CARRIERS[recordType] : recordType;
}

export const isAllocationType = (recordType: RecordType): recordType is AllocationType =>
  Object.hasOwn(CARRIERS, recordType);

export interface Readable {
  readonly recordType: ListedType;
  /** Name of the list in the answer. */
  readonly plural: string;
  readonly idField: string;
  /** Null where Xero gives the whole list only. */
  readonly pageSize: number | null;
  /** Where the endpoint has other types as well: the field that tells them apart, and this type's values of it. */
  readonly only: { readonly field: string; readonly values: readonly string[] } | null;
  list(query: calls.ListQuery): SdkCall;
  get(id: string): SdkCall;
  /** `baseCurrency` is that of manual journals; no other record needs it. */
  read(element: unknown, baseCurrency?: string): ReadRecord;
}

/** The record first, then what arrives inside it; else a sentence that names the field. */
export type ReadRecord = Result<readonly [CanonicalRecord, ...CanonicalRecord[]], string>;

/** Filters that leave other types out, one for each value; none where the endpoint has no other types. */
export const filtersOf = ({ only }: Readable): string[] =>
  only?.values.map((value) => `${only.field}=="${value}"`) ?? [];

/**
 * The filter of a whole list. Several values would need an OR, which Xero refuses on long lists: there the elements
 * themselves say what they are.
 */
export function whereOnly(readable: Readable): string | undefined {
  const [filter, ...others] = filtersOf(readable);
  return others.length === 0 ? filter : undefined;
}

const withFields = z.record(z.string(), z.unknown());

/** False for an element that says that it is of another type. */
export function isOwnType({ only }: Readable, element: unknown): boolean {
  const value = only && withFields.safeParse(element).data?.[only.field];
  return typeof value !== "string" || only === null || only.values.includes(value);
}

/** Reads elements of a type, with what the organisation has to say to that. */
export async function readerOf(
  { facts }: ConnectedXero,
  readable: Readable,
): Promise<(element: unknown) => ReadRecord> {
  const baseCurrency = readable.recordType === "manualJournal" ? await facts.baseCurrency() : "";
  return (element) => readable.read(element, baseCurrency);
}

/** Documents carry their lines (some 9 kB for an invoice of 20): 250 stay near 2 MB. */
const DOCUMENTS_A_PAGE = 250;
const RECORDS_A_PAGE = 1_000;

const ofType = (...values: string[]): Readable["only"] => ({ field: "Type", values });

const INVOICES = {
  plural: "Invoices",
  idField: "InvoiceID",
  pageSize: DOCUMENTS_A_PAGE,
  list: calls.listInvoices,
  get: calls.getInvoice,
};
const CREDIT_NOTES = {
  plural: "CreditNotes",
  idField: "CreditNoteID",
  pageSize: DOCUMENTS_A_PAGE,
  list: calls.listCreditNotes,
  get: calls.getCreditNote,
};
const PAYMENTS = {
  plural: "Payments",
  idField: "PaymentID",
  pageSize: RECORDS_A_PAGE,
  list: calls.listPayments,
  get: calls.getPayment,
};
const BANK_TRANSACTIONS = {
  plural: "BankTransactions",
  idField: "BankTransactionID",
  list: calls.listBankTransactions,
  get: calls.getBankTransaction,
};

export const READABLE: Readonly<Record<ListedType, Readable>> = {
  contact: {
    recordType: "contact",
    plural: "Contacts",
    idField: "ContactID",
    pageSize: RECORDS_A_PAGE,
    only: null,
    list: calls.listContacts,
    get: calls.getContact,
    read: reader("contact", contactWire, (wire) => [contactOf(wire)]),
  },
  item: {
    recordType: "item",
    plural: "Items",
    idField: "ItemID",
    pageSize: null,
    only: null,
    list: calls.listItems,
    get: calls.getItem,
    read: reader("item", itemWire, (wire) => [itemOf(wire)]),
  },
  invoice: {
    recordType: "invoice",
    ...INVOICES,
    only: ofType("ACCREC"),
    read: reader("invoice", invoiceWire, (wire) => [invoiceOf(wire)]),
  },
  bill: {
    recordType: "bill",
    ...INVOICES,
    only: ofType("ACCPAY"),
    read: reader("bill", invoiceWire, (wire) => [billOf(wire)]),
  },
  creditNote: {
    recordType: "creditNote",
    ...CREDIT_NOTES,
    only: ofType("ACCRECCREDIT"),
    read: reader("creditNote", creditNoteWire, (wire) => [creditNoteOf(wire), ...allocationsOf(wire)]),
  },
  supplierCredit: {
    recordType: "supplierCredit",
    ...CREDIT_NOTES,
    only: ofType("ACCPAYCREDIT"),
    read: reader("supplierCredit", creditNoteWire, (wire) => [
      supplierCreditOf(wire),
      ...supplierAllocationsOf(wire),
    ]),
  },
  payment: {
    recordType: "payment",
    ...PAYMENTS,
    only: { field: "PaymentType", values: ["ACCRECPAYMENT"] },
    read: reader("payment", paymentWire, (wire) => [paymentOf(wire)]),
  },
  billPayment: {
    recordType: "billPayment",
    ...PAYMENTS,
    only: { field: "PaymentType", values: ["ACCPAYPAYMENT"] },
    read: reader("billPayment", paymentWire, (wire) => [billPaymentOf(wire)]),
  },
  overpayment: {
    recordType: "overpayment",
    ...BANK_TRANSACTIONS,
    pageSize: RECORDS_A_PAGE,
    only: ofType("RECEIVE-OVERPAYMENT"),
    read: reader("overpayment", excessWire, (wire) => [overpaymentOf(wire)]),
  },
  supplierOverpayment: {
    recordType: "supplierOverpayment",
    ...BANK_TRANSACTIONS,
    pageSize: RECORDS_A_PAGE,
    only: ofType("SPEND-OVERPAYMENT"),
    read: reader("supplierOverpayment", excessWire, (wire) => [supplierOverpaymentOf(wire)]),
  },
  bankTransaction: {
    recordType: "bankTransaction",
    ...BANK_TRANSACTIONS,
    pageSize: DOCUMENTS_A_PAGE,
    only: ofType("SPEND", "RECEIVE"),
    read: reader("bankTransaction", bankTransactionWire, (wire) => [bankTransactionOf(wire)]),
  },
  purchaseOrder: {
    recordType: "purchaseOrder",
    plural: "PurchaseOrders",
    idField: "PurchaseOrderID",
    pageSize: DOCUMENTS_A_PAGE,
    only: null,
    list: calls.listPurchaseOrders,
    get: calls.getPurchaseOrder,
    read: reader("purchaseOrder", purchaseOrderWire, (wire) => [purchaseOrderOf(wire)]),
  },
  manualJournal: {
    recordType: "manualJournal",
    plural: "ManualJournals",
    idField: "ManualJournalID",
    pageSize: DOCUMENTS_A_PAGE,
    only: null,
    list: calls.listManualJournals,
    get: calls.getManualJournal,
    read: reader("manualJournal", manualJournalWire, (wire, currency) => [manualJournalOf(wire, currency)]),
  },
};

function reader<Wire>(
  recordType: ListedType,
  schema: z.ZodType<Wire>,
  translate: (wire: Wire, baseCurrency: string) => readonly [CanonicalRecord, ...CanonicalRecord[]],
): Readable["read"] {
  const noun = RECORD_TYPE_NAMES[recordType].one;
  return (element, baseCurrency = "") => {
    const parsed = schema.safeParse(element);
    if (!parsed.success) return err(`Xero's ${noun} could not be read at ${firstIssue(parsed.error)}.`);
    try {
      return ok(translate(parsed.data, baseCurrency));
    } catch (thrown) {
      // Amounts with parts of a minor unit, and nothing else, throw in translation.
      if (!(thrown instanceof RangeError)) throw thrown;
      return err(`Xero's ${noun} could not be read at ${errorText(thrown)}.`);
    }
  };
}

/** An element that could not be read, kept aside with its id. */
export function quarantine(readable: Readable, element: unknown, problem: string): QuarantinedRecord {
  const id = withFields.safeParse(element).data?.[readable.idField];
  return {
    recordType: readable.recordType,
    externalId: typeof id === "string" ? id : "",
    problem,
    payload: encode(element),
  };
}

const stamped = z.object({ UpdatedDateUTC: wireInstant });

/** When Xero last changed the record, readable also where the rest is not; null where it does not say. */
export function updatedAt(element: unknown): string | null {
  return stamped.safeParse(element).data?.UpdatedDateUTC ?? null;
}
