/**
 * Writes records straight into the simulated Zoho Books, for the seeds and for tests: with Zoho's arithmetic
 * but without its refusals, so that records can be made that Zoho's own API would not take.
 */
import { invariant } from "@/lib/kernel/invariant";
import type { SandboxContext } from "@/sandbox/kit/types";
import type { TaxRounding } from "@/sandbox/zoho/books/arithmetic";
import { type Books, openBooks } from "@/sandbox/zoho/books/open-books";
import type {
  StoredAddress,
  StoredContact,
  StoredCustomField,
  StoredItem,
  ZohoPlan,
} from "@/sandbox/zoho/books/records";
import { addOrganization, type NewOrganization } from "@/sandbox/zoho/books/settings/new-organization";
import { applyCredits, putPayment } from "@/sandbox/zoho/books/settle";
import { composeDocument, type DocumentInput, exchangeRateOn } from "@/sandbox/zoho/books/write-document";
import {
  type OrganizationOptions,
  putOrganization,
  ZOHO_BANK_ACCOUNT,
  ZOHO_ORGANIZATION_ID,
} from "./zoho-reference-data";

export type DocumentSeed = Omit<DocumentInput, "currencyCode" | "exchangeRate" | "billing"> & {
  readonly currencyCode?: string;
  readonly exchangeRate?: string;
  readonly billing?: StoredAddress;
  /** Instants as "2026-07-01T09:30:00Z"; the document's date at nine where absent. */
  readonly created?: string;
  readonly modified?: string;
};

export interface PaymentSeed {
  readonly number: string;
  readonly customerId: string;
  readonly date: string;
  readonly amount: string;
  readonly applied: readonly { readonly invoiceId: string; readonly amount: string }[];
  readonly mode?: string;
  readonly reference?: string;
  readonly currencyCode?: string;
  readonly exchangeRate?: string;
  readonly accountId?: string;
}

export interface ZohoSeed {
  readonly books: Books;
  /** Removes every record and every token. */
  clear(): void;
  putOrganization(options?: OrganizationOptions): void;
  changeOrganization(change: { readonly taxRounding?: TaxRounding; readonly plan?: ZohoPlan }): void;
  accountId(name: string): string;
  taxId(name: string): string;
  addContact(contact: { readonly name: string } & Partial<StoredContact>): string;
  addItem(item: { readonly name: string } & Partial<StoredItem>): string;
  /** Defines a custom field, which no call of Zoho's API can. Answers its id. */
  addCustomField(field: {
    readonly module: StoredCustomField["module"];
    readonly label: string;
    readonly apiName: string;
    readonly unique?: boolean;
    readonly mandatory?: boolean;
  }): string;
  /** Another organisation of the same login, in any data centre, with records of its own. */
  addOrganization(id: string, organization: NewOrganization): void;
  addTag(name: string, options: readonly string[]): { id: string; optionId(option: string): string };
  addInvoice(
    invoice: DocumentSeed & { readonly dueDate?: string; readonly state?: "draft" | "sent" | "void" },
  ): string;
  addCreditNote(note: DocumentSeed & { readonly state?: "draft" | "open" | "void" }): string;
  applyCredit(creditNoteId: string, invoiceId: string, amount: string, date: string): void;
  addPayment(payment: PaymentSeed): string;
}

/** The writer for a context; works before and after its Zoho service was made. */
export function zohoSeed(context: SandboxContext): ZohoSeed {
  const books = openBooks(context);
  return {
    books,
    clear: () => clear(books),
    putOrganization: (options = {}) => putOrganization(books, options),
    changeOrganization(change) {
      const organization = books.organizations.get(ZOHO_ORGANIZATION_ID);
      invariant(organization !== undefined, "no organisation was seeded");
      books.organizations.put(ZOHO_ORGANIZATION_ID, { ...organization, ...change });
    },
    accountId: (name) => idByName(books.accounts.heads(), name),
    taxId: (name) => idByName(books.taxes.heads(), name),
    addContact: (contact) => addContact(books, contact),
    addItem: (item) => addItem(books, item),
    addCustomField: (field) => addCustomField(books, field),
    addOrganization: (id, organization) => addOrganization(context, id, organization),
    addTag: (name, options) => addTag(books, name, options),
    addInvoice: (invoice) => addInvoice(books, invoice),
    addCreditNote: (note) => addCreditNote(books, note),
    applyCredit: (creditNoteId, invoiceId, amount, date) =>
      applyCredits(books, creditNoteId, [{ invoiceId, amount }], date, atNine(date)),
    addPayment: (payment) => addPayment(books, payment),
  };
}

function clear(books: Books): void {
  const tables = [
    ...[books.organizations, books.accounts, books.taxes, books.currencies, books.tags, books.contacts],
    ...[books.items, books.invoices, books.creditNotes, books.payments, books.lines, books.grants],
    ...[books.accessTokens, books.users, books.locations, books.locks, books.customFields],
    ...[books.bills, books.purchaseOrders, books.salesOrders, books.vendorCredits, books.estimates],
    ...[books.vendorPayments, books.expenses, books.journals, books.orderOfLine, books.comments],
    books.attachments,
  ];
  for (const table of tables) for (const [id] of [...table.heads()]) table.delete(id);
}

function idByName(records: Iterable<readonly [string, { readonly name: string }]>, name: string): string {
  for (const [id, record] of records) if (record.name === name) return id;
  invariant(false, `the seeded organisation has no "${name}"`);
}

function addContact(books: Books, contact: { readonly name: string } & Partial<StoredContact>): string {
  const id = books.nextId();
  const created = contact.created ?? books.stamp();
  books.contacts.put(id, {
    company: "",
    type: "customer",
    active: true,
    currencyCode: "GBP",
    paymentTerms: 30,
    firstName: "",
    lastName: "",
    email: "",
    phone: "",
    mobile: "",
    website: "",
    notes: "",
    billing: {},
    shipping: {},
    created,
    modified: created,
    ...contact,
  });
  return id;
}

function addItem(books: Books, item: { readonly name: string } & Partial<StoredItem>): string {
  const id = books.nextId();
  const created = item.created ?? books.stamp();
  books.items.put(id, {
    sku: "",
    description: "",
    rate: "0",
    unit: "",
    active: true,
    taxId: "",
    accountId: item.accountId ?? idByName(books.accounts.heads(), "Sales"),
    productType: "goods",
    created,
    modified: created,
    ...item,
  });
  return id;
}

function addCustomField(books: Books, field: Parameters<ZohoSeed["addCustomField"]>[0]): string {
  const id = books.nextId();
  const now = books.stamp();
  const index =
    1 + [...books.customFields.heads()].filter(([, { module }]) => module === field.module).length;
  books.customFields.put(id, {
    ...{ index, unique: false, mandatory: false, created: now, modified: now },
    ...field,
  });
  return id;
}

function addTag(books: Books, name: string, names: readonly string[]) {
  const id = books.nextId();
  const now = books.stamp();
  const options = names.map((option) => ({ id: books.nextId(), name: option }));
  books.tags.put(id, { name, options, created: now, modified: now });
  return {
    id,
    optionId: (option: string) =>
      idByName(
        options.map((known) => [known.id, known]),
        option,
      ),
  };
}

/** A document with Zoho's amounts, in the currency of its contact unless told. */
export function composed(books: Books, seed: DocumentSeed) {
  const organization = books.organizations.head(ZOHO_ORGANIZATION_ID);
  const contact = books.contacts.head(seed.customerId);
  invariant(organization !== undefined && contact !== undefined, "organisation and contact come first");
  const { created = atNine(seed.date), modified = created, ...input } = seed;
  const currencyCode = seed.currencyCode ?? contact.currencyCode;
  return composeDocument(
    books,
    {
      ...input,
      currencyCode,
      exchangeRate: seed.exchangeRate ?? exchangeRateOn(books, currencyCode, seed.date),
      billing: seed.billing ?? contact.billing,
      shipping: seed.shipping ?? contact.shipping,
    },
    organization.taxRounding,
    { created, modified },
  );
}

function addInvoice(
  books: Books,
  seed: DocumentSeed & { readonly dueDate?: string; readonly state?: "draft" | "sent" | "void" },
): string {
  const { dueDate = plusDays(seed.date, 30), state = "sent", ...document } = seed;
  const made = composed(books, document);
  const id = books.nextId();
  books.lines.put(id, made.lines);
  books.invoices.put(id, {
    ...made.document,
    dueDate,
    state,
    paymentTerms: 30,
    paid: "0",
    credited: "0",
    writtenOff: "0",
    paymentIds: [],
    creditNoteIds: [],
    lastPaymentDate: "",
  });
  return id;
}

function addCreditNote(
  books: Books,
  seed: DocumentSeed & { readonly state?: "draft" | "open" | "void" },
): string {
  const { state = "open", ...document } = seed;
  const made = composed(books, document);
  const id = books.nextId();
  books.lines.put(id, made.lines);
  books.creditNotes.put(id, { ...made.document, state, credits: [] });
  return id;
}

function addPayment(books: Books, seed: PaymentSeed): string {
  const [first] = seed.applied;
  const invoice = first === undefined ? undefined : books.invoices.head(first.invoiceId);
  const currencyCode = seed.currencyCode ?? invoice?.currencyCode ?? "GBP";
  const id = books.nextId();
  putPayment(books, id, {
    number: seed.number,
    customerId: seed.customerId,
    date: seed.date,
    mode: seed.mode ?? "banktransfer",
    amount: seed.amount,
    bankCharges: "0",
    currencyCode,
    exchangeRate: seed.exchangeRate ?? exchangeRateOn(books, currencyCode, seed.date),
    reference: seed.reference ?? "",
    description: "",
    accountId: seed.accountId ?? idByName(books.accounts.heads(), ZOHO_BANK_ACCOUNT),
    applied: seed.applied.map((share) => ({ id: books.nextId(), ...share })),
    created: atNine(seed.date),
    modified: atNine(seed.date),
  });
  return id;
}

/** The document's date, as the instant when somebody typed it. */
export const atNine = (date: string): string => `${date}T09:00:00Z`;

/** The calendar date a number of days later. */
export function plusDays(date: string, days: number): string {
  const instant = new Date(`${date}T00:00:00Z`);
  instant.setUTCDate(instant.getUTCDate() + days);
  return instant.toISOString().slice(0, 10);
}
