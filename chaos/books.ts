import { z } from "zod";
import { Decimal } from "@/lib/kernel/decimal";
import { type Answered, connectXero, TEST_SCOPES, type TestClient } from "@/sandbox/xero/test-client";
import type { Line } from "./line";
import { listLedger } from "./list-ledger";
import { money, rowsOf } from "./money-text";
import { readSourcePurchases } from "./read-purchases";
import { openSourceDesk, type SourceDesk } from "./source-desk";

/**
 * Both sides as their own APIs show them, each line in one common form: what the source says that Xero should hold, and
 * what Xero holds. Neither knows a table of ours or a line of a connector: these two are the witnesses of a trial.
 */
export interface Witnesses {
  readonly desk: SourceDesk;
  readonly ledger: TestClient;
}

const ACCOUNTANT = "marcus@webbandpartners.test";

/** Consents of their own: neither is touched by what becomes of the product's. */
export async function openWitnesses(origin: string): Promise<Witnesses> {
  return {
    desk: await openSourceDesk(origin),
    ledger: await connectXero(origin, {
      user: ACCOUNTANT,
      scope: `${TEST_SCOPES} accounting.manualjournals`,
    }),
  };
}

/** What stands in Zoho Books, each line as Xero is to hold it. */
export async function readSource(desk: SourceDesk): Promise<Line[]> {
  const lines: Line[] = [];
  const documents = async (
    path: string,
    plural: string,
    number: string,
    idField: string,
    kind: Line["kind"],
  ) => {
    const rows = (await desk.list(path, plural)).filter(
      (row) => row.status !== "void" && row.status !== "draft",
    );
    for (const row of rows) {
      const facts = [row.customer_name, row.date, row.currency_code, money(row.total)].join(" | ");
      lines.push({ kind, key: String(row[number]), facts, id: String(row[idField]) });
    }
    return rows;
  };
  for (const row of await desk.list("/contacts", "contacts"))
    lines.push({
      kind: "contact",
      key: String(row.contact_name),
      facts: String(row.email),
      id: String(row.contact_id),
    });
  for (const row of await desk.list("/items", "items"))
    lines.push({ kind: "item", key: String(row.sku), facts: String(row.name), id: String(row.item_id) });
  await documents("/invoices", "invoices", "invoice_number", "invoice_id", "invoice");
  for (const note of await documents(
    "/creditnotes",
    "creditnotes",
    "creditnote_number",
    "creditnote_id",
    "creditNote",
  )) {
    const id = String(note.creditnote_id);
    const { invoices_credited } = await desk.call("GET", `/creditnotes/${id}/invoices`);
    for (const credit of rowsOf(invoices_credited)) {
      const key = `${note.creditnote_number} > ${credit.invoice_number}`;
      lines.push({
        kind: "allocation",
        key,
        facts: money(credit.credited_amount),
        id: `${id}/${credit.invoice_id}`,
      });
    }
  }
  for (const row of await desk.list("/customerpayments", "customerpayments")) {
    const id = String(row.payment_id);
    const { payment } = await desk.call("GET", `/customerpayments/${id}`);
    const detail = z.record(z.string(), z.unknown()).parse(payment);
    for (const applied of rowsOf(detail.invoices)) {
      const key = [applied.invoice_number, detail.date, money(applied.amount_applied)].join(" | ");
      lines.push({ kind: "payment", key, facts: "", id: `${id}:${applied.invoice_id}` });
    }
    if (money(detail.unused_amount) === "0.00") continue;
    const key = [detail.customer_name, detail.date, money(detail.unused_amount)].join(" | ");
    lines.push({ kind: "overpayment", key, facts: "", id: `${id}:excess` });
  }
  return [...lines, ...(await readSourcePurchases(desk))];
}

/** What stands in Xero, and the ids of what is voided or deleted there. */
export interface LedgerBooks {
  readonly standing: readonly Line[];
  readonly gone: ReadonlySet<string>;
}

export async function readLedger(client: TestClient): Promise<LedgerBooks> {
  const standing: Line[] = [];
  const gone = new Set<string>();
  const add = (one: Answered, line: Line): void => {
    if (["VOIDED", "DELETED"].includes(String(one.Status))) gone.add(`${line.kind} ${line.id}`);
    else standing.push(line);
  };
  const line = (
    kind: Line["kind"],
    key: readonly unknown[],
    facts: readonly unknown[],
    id: unknown,
  ): Line => ({
    kind,
    key: key.join(" | "),
    facts: facts.join(" | "),
    id: String(id),
  });
  for (const one of await listLedger(client, "Contacts"))
    add(one, line("contact", [one.Name], [one.EmailAddress ?? ""], one.ContactID));
  for (const one of await listLedger(client, "Items"))
    add(one, line("item", [one.Code], [one.Name], one.ItemID));
  for (const one of await listLedger(client, "Invoices"))
    add(
      one,
      line(
        isBought(one) ? "bill" : "invoice",
        [originalNumber(one.InvoiceNumber)],
        documentFacts(one),
        one.InvoiceID,
      ),
    );
  for (const one of await listLedger(client, "CreditNotes")) {
    const [note, allocation] = isBought(one)
      ? (["supplierCredit", "supplierAllocation"] as const)
      : (["creditNote", "allocation"] as const);
    add(one, line(note, [originalNumber(one.CreditNoteNumber)], documentFacts(one), one.CreditNoteID));
    for (const { Invoice: invoice, Amount: amount, AllocationID: id } of one.Allocations ?? []) {
      const key = `${originalNumber(one.CreditNoteNumber)} > ${originalNumber(invoice.InvoiceNumber)}`;
      add(one, line(allocation, [key], [money(amount)], `${one.CreditNoteID}/${invoice.InvoiceID}/${id}`));
    }
  }
  for (const one of await listLedger(client, "Payments")) {
    const key = [originalNumber(one.Invoice?.InvoiceNumber), dayOf(one.Date), money(one.Amount)];
    add(one, line(isBought(one.Invoice ?? {}) ? "billPayment" : "payment", key, [], one.PaymentID));
  }
  for (const one of await listLedger(client, "BankTransactions")) {
    const excess = [one.Contact?.Name, dayOf(one.Date), money(one.Total)];
    const id = one.BankTransactionID;
    if (one.Type === "SPEND") add(one, line("bankTransaction", [one.Reference], documentFacts(one), id));
    else add(one, line(isBought(one) ? "supplierOverpayment" : "overpayment", excess, [], id));
  }
  for (const one of await listLedger(client, "PurchaseOrders"))
    add(
      one,
      line(
        "purchaseOrder",
        [originalNumber(one.PurchaseOrderNumber)],
        documentFacts(one),
        one.PurchaseOrderID,
      ),
    );
  for (const one of await listLedger(client, "ManualJournals")) {
    const debits = rowsOf(one.JournalLines)
      .map(({ LineAmount: amount }) => new Decimal(String(amount)))
      .filter((amount) => amount.isPositive())
      .reduce((sum, amount) => sum.plus(amount), new Decimal(0));
    const facts = [dayOf(one.Date), money(debits), ...(one.Status === "DRAFT" ? [one.Status] : [])];
    add(one, line("manualJournal", [one.Narration], facts, one.ManualJournalID));
  }
  return { standing, gone };
}

/** Xero names both sides alike and tells them apart by type. */
const isBought = ({ Type: type }: Answered): boolean =>
  ["ACCPAY", "ACCPAYCREDIT", "SPEND-OVERPAYMENT"].includes(String(type));

const documentFacts = (one: Answered): unknown[] => [
  one.Contact?.Name,
  dayOf(one.Date),
  one.CurrencyCode,
  money(one.Total),
  // A draft is not what was asked for.
  ...(["AUTHORISED", "PAID", "BILLED", "VOIDED", "DELETED"].includes(String(one.Status)) ? [] : [one.Status]),
];

/** A number that Xero kept for a voided document is posted again with "-2"; no number of a trial has a hyphen itself. */
const originalNumber = (number: unknown): string => String(number).split("-")[0] ?? "";

/** Xero's JSON writes a day as "/Date(1782864000000+0000)/". */
function dayOf(value: unknown): string {
  const milliseconds = /^\/Date\((-?\d+)/.exec(String(value))?.[1];
  return milliseconds === undefined
    ? String(value).slice(0, 10)
    : new Date(Number(milliseconds)).toISOString().slice(0, 10);
}
