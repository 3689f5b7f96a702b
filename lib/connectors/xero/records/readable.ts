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
import { creditNoteOf, invoiceOf } from "../translate/document";
import { itemOf } from "../translate/item";
import { allocationsOf, overpaymentOf, paymentOf } from "../translate/settlement";
import { contactWire } from "../wire/contact";
import { creditNoteWire, invoiceWire } from "../wire/document";
import { itemWire } from "../wire/item";
import { bankTransactionWire, paymentWire } from "../wire/settlement";
import { firstIssue, wireInstant } from "../wire/values";

/**
 * How each record type is read at Xero: its list, its single record, and how one element of an answer becomes records.
 * A sale shares its endpoint with purchases, so the list is filtered by type there. Allocations have no endpoint of
 * their own to read: they arrive inside their credit note.
 */

export type ListedType = Exclude<RecordType, "allocation">;

export interface Readable {
  readonly recordType: ListedType;
  /** Name of the list in the answer. */
  readonly plural: string;
  readonly idField: string;
  /** Null where Xero gives the whole list only. */
  readonly pageSize: number | null;
  readonly where: string | undefined;
  list(query: calls.ListQuery): SdkCall;
  get(id: string): SdkCall;
  /** The record first, then what arrives inside it; else a sentence that names the field. */
  read(element: unknown): Result<readonly [CanonicalRecord, ...CanonicalRecord[]], string>;
}

/** Documents carry their lines (some 9 kB for an invoice of 20): 250 stay near 2 MB. */
const DOCUMENTS_A_PAGE = 250;
const RECORDS_A_PAGE = 1_000;

export const READABLE: Readonly<Record<ListedType, Readable>> = {
  contact: {
    recordType: "contact",
    plural: "Contacts",
    idField: "ContactID",
    pageSize: RECORDS_A_PAGE,
    where: undefined,
    list: calls.listContacts,
    get: calls.getContact,
    read: reader("contact", contactWire, (wire) => [contactOf(wire)]),
  },
  item: {
    recordType: "item",
    plural: "Items",
    idField: "ItemID",
    pageSize: null,
    where: undefined,
    list: calls.listItems,
    get: calls.getItem,
    read: reader("item", itemWire, (wire) => [itemOf(wire)]),
  },
  invoice: {
    recordType: "invoice",
    plural: "Invoices",
    idField: "InvoiceID",
    pageSize: DOCUMENTS_A_PAGE,
    where: 'Type=="ACCREC"',
    list: calls.listInvoices,
    get: calls.getInvoice,
    read: reader("invoice", invoiceWire, (wire) => [invoiceOf(wire)]),
  },
  creditNote: {
    recordType: "creditNote",
    plural: "CreditNotes",
    idField: "CreditNoteID",
    pageSize: DOCUMENTS_A_PAGE,
    where: 'Type=="ACCRECCREDIT"',
    list: calls.listCreditNotes,
    get: calls.getCreditNote,
    read: reader("creditNote", creditNoteWire, (wire) => [creditNoteOf(wire), ...allocationsOf(wire)]),
  },
  payment: {
    recordType: "payment",
    plural: "Payments",
    idField: "PaymentID",
    pageSize: RECORDS_A_PAGE,
    where: 'PaymentType=="ACCRECPAYMENT"',
    list: calls.listPayments,
    get: calls.getPayment,
    read: reader("payment", paymentWire, (wire) => [paymentOf(wire)]),
  },
  overpayment: {
    recordType: "overpayment",
    plural: "BankTransactions",
    idField: "BankTransactionID",
    pageSize: RECORDS_A_PAGE,
    where: 'Type=="RECEIVE-OVERPAYMENT"',
    list: calls.listBankTransactions,
    get: calls.getBankTransaction,
    read: reader("overpayment", bankTransactionWire, (wire) => [overpaymentOf(wire)]),
  },
};

function reader<Wire>(
  recordType: ListedType,
  schema: z.ZodType<Wire>,
  translate: (wire: Wire) => readonly [CanonicalRecord, ...CanonicalRecord[]],
): Readable["read"] {
  const noun = RECORD_TYPE_NAMES[recordType].one;
  return (element) => {
    const parsed = schema.safeParse(element);
    if (!parsed.success) return err(`Xero's ${noun} could not be read at ${firstIssue(parsed.error)}.`);
    try {
      return ok(translate(parsed.data));
    } catch (thrown) {
      // Amounts with parts of a minor unit, and nothing else, throw in translation.
      if (!(thrown instanceof RangeError)) throw thrown;
      return err(`Xero's ${noun} could not be read at ${errorText(thrown)}.`);
    }
  };
}

/** An element that could not be read, kept aside with its id. */
export function quarantine(readable: Readable, element: unknown, problem: string): QuarantinedRecord {
  const id = z.record(z.string(), z.unknown()).safeParse(element).data?.[readable.idField];
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
