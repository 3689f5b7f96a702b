import { expect } from "vitest";
import { type Answered, connectXero, TEST_SCOPES, type TestClient } from "@/sandbox/xero/test-client";

/**
 * Xero's books as an accountant of the firm reads them over the API, with a consent of his own: the witness of what was
 * posted, who knows none of our tables. A line a record, sorted, so that two sets of books can be compared.
 */
export interface LedgerBooks {
  readonly contacts: readonly string[];
  readonly items: readonly string[];
  readonly invoices: readonly string[];
  readonly creditNotes: readonly string[];
  readonly allocations: readonly string[];
  readonly payments: readonly string[];
  readonly overpayments: readonly string[];
}

export const BOOK_KINDS = [
  "contacts",
  "items",
  "invoices",
  "creditNotes",
  "allocations",
  "payments",
  "overpayments",
] as const satisfies readonly (keyof LedgerBooks)[];

const ACCOUNTANT = "marcus@webbandpartners.test";

/** A client of the sandbox's Xero in the accountant's name. */
export const openLedger = (origin: string): Promise<TestClient> =>
  connectXero(origin, {
    user: ACCOUNTANT,
    scope: `${TEST_SCOPES} accounting.reports.trialbalance.read`,
  });

export async function readBooks(client: TestClient): Promise<LedgerBooks> {
  const contacts = await listAll(client, "Contacts");
  const items = await listAll(client, "Items");
  const invoices = await listAll(client, "Invoices");
  const creditNotes = await listAll(client, "CreditNotes");
  const payments = await listAll(client, "Payments");
  const transactions = await listAll(client, "BankTransactions");
  return {
    contacts: lines(contacts, (one) => [one.Name, one.ContactStatus, one.EmailAddress]),
    items: lines(items, (one) => [one.Code, one.Name]),
    invoices: lines(invoices, documentFields("InvoiceNumber")),
    creditNotes: lines(creditNotes, documentFields("CreditNoteNumber")),
    allocations: creditNotes
      .flatMap((note) =>
        lines(note.Allocations ?? [], (one) => [
          note.CreditNoteNumber,
          one.Invoice.InvoiceNumber ?? one.Invoice.InvoiceID,
          one.Amount,
        ]),
      )
      .sort(),
    payments: lines(payments, (one) => [one.Invoice?.InvoiceNumber, one.Date, one.Amount, one.Status]),
    overpayments: lines(transactions, (one) => [
      one.Type,
      one.Contact?.Name,
      one.Date,
      one.Total,
      one.Status,
    ]),
  };
}

const documentFields = (number: string) => (one: Answered) => [
  one[number],
  one.Contact?.Name,
  one.Date,
  one.CurrencyCode,
  one.Total,
  one.TotalTax,
  one.AmountDue ?? one.RemainingCredit,
  one.Status,
];

const lines = (records: readonly Answered[], fieldsOf: (record: Answered) => readonly unknown[]): string[] =>
  records.map((record) => fieldsOf(record).join(" | ")).sort();

const PAGE_SIZE = 1000;

/** Every record of an endpoint, archived contacts included. */
export async function listAll(client: TestClient, plural: string): Promise<Answered[]> {
  const query = { page: "1", pageSize: String(PAGE_SIZE), includeArchived: "true" };
  const reply = await client.call("GET", `/${plural}`, { query });
  const records: Answered[] = reply.json[plural] ?? [];
  if (reply.status !== 200 || records.length === PAGE_SIZE)
    throw new Error(`${plural} could not be read whole: status ${reply.status}, ${records.length} records`);
  return records;
}

/** What some work adds to the books, by kind; fails where it changes or removes anything that was there. */
export async function addedBy(
  client: TestClient,
  work: () => Promise<void>,
): Promise<Partial<Record<keyof LedgerBooks, readonly string[]>>> {
  const before = await readBooks(client);
  await work();
  const after = await readBooks(client);
  const added: Partial<Record<keyof LedgerBooks, readonly string[]>> = {};
  for (const kind of BOOK_KINDS) {
    expect(after[kind]).toEqual(expect.arrayContaining([...before[kind]]));
    const own = without(after[kind], before[kind]);
    if (own.length > 0) added[kind] = own;
  }
  return added;
}

/** The lines that are left when those of an earlier look are taken away, one for one. */
export function without(lines: readonly string[], earlier: readonly string[]): string[] {
  const left = [...lines];
  for (const line of earlier) {
    const index = left.indexOf(line);
    if (index !== -1) left.splice(index, 1);
  }
  return left;
}

/** A line an account that has a balance: its name, then debit and credit of the year so far. */
export async function readTrialBalance(client: TestClient, date: string): Promise<string[]> {
  const reply = await client.call("GET", "/Reports/TrialBalance", { query: { date } });
  if (reply.status !== 200) throw new Error(`no trial balance: status ${reply.status}`);
  const sections: Answered[] = reply.json.Reports[0].Rows;
  return sections
    .flatMap((section) => section.Rows ?? [])
    .filter((row: Answered) => row.RowType === "Row")
    .map((row: Answered) => row.Cells.map((cell: Answered) => cell.Value).join(" | "));
}
