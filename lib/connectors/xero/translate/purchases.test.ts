import { describe, expect, test } from "vitest";
import { ObjectSerializer } from "xero-node/dist/gen/model/accounting/models.js";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { AccountingDocument } from "@/lib/domain/document";
import { moneyToDecimal } from "@/lib/domain/money";
import { decimalText } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import { aBankTransaction, aBill, aJournal, anOrder, aSupplierCredit } from "../fixtures/purchases";
import { CONTEXT, LEDGER } from "../fixtures/records";
import { predict } from "../predict";
import { type ListedType, READABLE } from "../records/readable";
import { xeroRules } from "../rules";
import {
  bankTransactionOnWire,
  creditNoteOnWire,
  invoiceOnWire,
  purchaseOrderOnWire,
} from "./document-on-wire";
import { manualJournalOnWire } from "./manual-journal";

/** Purchases, bank transactions and journals to Xero's JSON and back. */

const sent = (type: string, element: object): Record<string, unknown> =>
  JSON.parse(JSON.stringify(ObjectSerializer.serialize(element, type)));
const prepared = <T extends CanonicalRecord>(record: T): T => xeroRules.prepare(record, CONTEXT).record as T;

/** What Xero adds to a document of ours. */
function shown(document: AccountingDocument, wire: Record<string, unknown>): object {
  const { net, tax, gross } = predict(document, LEDGER);
  const [SubTotal, TotalTax, Total] = [net, tax, gross].map((money) =>
    Number(decimalText(moneyToDecimal(money))),
  );
  return {
    ...wire,
    Contact: { ContactID: document.contactId, Name: document.contactName },
    CurrencyCode: document.currency,
    ...{ SubTotal, TotalTax, Total, AmountDue: Total, RemainingCredit: Total },
    UpdatedDateUTC: "/Date(1778000000123+0000)/",
  };
}

function read(type: ListedType, element: object): CanonicalRecord {
  const result = READABLE[type].read(JSON.parse(JSON.stringify(element)), "GBP");
  invariant(result.ok, result.ok ? "" : result.error);
  return result.value[0];
}

/** What a person gave and Xero keeps; ids, versions and what Xero computes are left out. */
const given = ({ lines, ...record }: AccountingDocument) => ({
  ...{ number: record.number, reference: record.reference, date: record.date, marker: record.marker },
  ...{ contactId: record.contactId, lineAmounts: record.lineAmounts, gross: record.gross },
  lines: lines.map(({ description, accountKey, taxKey, amount }) => ({
    description,
    accountKey,
    taxKey,
    amount,
  })),
});

describe("documents come back from Xero as they were sent", () => {
  test("a bill, as an invoice of the purchases' side without a reference", () => {
    const bill = prepared(aBill());
    const wire = sent("Invoice", invoiceOnWire(bill));
    expect(wire).toMatchObject({
      Type: "ACCPAY",
      InvoiceNumber: "B-77",
      DueDate: "2026-06-09",
      Url: bill.marker,
    });
    expect(wire).not.toHaveProperty("Reference");
    const back = read("bill", { ...shown(bill, wire), InvoiceID: "an-id" });
    expect(back).toMatchObject({ ...given(bill), recordType: "bill", dueDate: "2026-06-09" });
  });

  test("a supplier's credit, with its key at the end of the last line alone", () => {
    const credit = prepared(aSupplierCredit({ reference: "" }));
    const wire = sent("CreditNote", creditNoteOnWire(credit));
    expect(wire).toMatchObject({
      Type: "ACCPAYCREDIT",
      CreditNoteNumber: "SC-5",
      LineItems: [{ Description: "Paper returned" }, { Description: `Twine ${credit.marker}` }],
    });
    expect(wire).not.toHaveProperty("Reference");
    const back = read("supplierCredit", { ...shown(credit, wire), CreditNoteID: "an-id" });
    expect(back).toMatchObject({ ...given(credit), recordType: "supplierCredit" });
  });

  test("an order, with its key in the reference", () => {
    const order = prepared(anOrder());
    const wire = sent("PurchaseOrder", purchaseOrderOnWire(order));
    expect(wire).toMatchObject({
      Status: "AUTHORISED",
      Reference: `PO 7 ${order.marker}`,
      DeliveryDate: "2026-06-01",
    });
    const back = read("purchaseOrder", { ...shown(order, wire), PurchaseOrderID: "an-id" });
    expect(back).toMatchObject({ ...given(order), recordType: "purchaseOrder", remaining: order.gross });
  });

  test.each(["spend", "receive"] as const)("money %s, without a currency of its own", (kind) => {
    const transaction = prepared(aBankTransaction({ kind }));
    const wire = sent("BankTransaction", bankTransactionOnWire(transaction));
    expect(wire).toMatchObject({
      Type: kind.toUpperCase(),
      BankAccount: { Code: "090" },
      Url: transaction.marker,
    });
    expect(wire).not.toHaveProperty("CurrencyCode");
    const element = { ...shown(transaction, wire), Status: "AUTHORISED", BankTransactionID: "an-id" };
    expect(read("bankTransaction", element)).toMatchObject({
      ...given(transaction),
      recordType: "bankTransaction",
      kind,
      bankAccountKey: "090",
      number: "EXP-3",
    });
  });

  test("a bank account without a code is named by its id, and a transaction may lack a contact", () => {
    const bankAccountKey = "6a1b1c1d-0000-4000-8000-0000000000aa";
    const transaction = prepared(aBankTransaction({ bankAccountKey }));
    const wire = sent("BankTransaction", bankTransactionOnWire(transaction));
    expect(wire.BankAccount).toEqual({ AccountID: bankAccountKey });
    const element = {
      ...shown(transaction, wire),
      Contact: undefined,
      Status: "VOIDED",
      BankTransactionID: "an-id",
    };
    expect(read("bankTransaction", element)).toMatchObject({ bankAccountKey, contactId: "", status: "void" });
  });

  test("a journal, whose total counts the tax", () => {
    const journal = prepared(aJournal());
    const wire = sent("ManualJournal", manualJournalOnWire(journal));
    expect(wire).toMatchObject({
      Narration: "JE-4, Paper, paid privately",
      Status: "POSTED",
      JournalLines: [
        { AccountCode: "429", LineAmount: 100, TaxType: "INPUT2" },
        { AccountCode: "835", LineAmount: -120, TaxType: "NONE" },
      ],
    });
    expect(JSON.stringify(wire)).not.toContain("TaxAmount");
    const [first, second] = wire.JournalLines as [object, object];
    const element = {
      ...wire,
      ManualJournalID: "an-id",
      JournalLines: [
        { ...first, TaxAmount: 20 },
        { ...second, TaxAmount: 0 },
      ],
      UpdatedDateUTC: "/Date(1778000000123+0000)/",
    };
    const { number, narration, date, currency, lineAmounts, total, marker } = journal;
    expect(read("manualJournal", element)).toMatchObject({
      ...{ number, narration, date, currency, lineAmounts, total, marker },
      lines: journal.lines.map(({ accountKey, taxKey, amount }) => ({ accountKey, taxKey, amount })),
    });
    expect(read("manualJournal", { ...element, Url: undefined })).toMatchObject({ number: "", marker: "" });
  });
});
