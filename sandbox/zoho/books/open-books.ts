/**
 * The collections of the simulated organisations, opened once for each context. Nothing here knows HTTP;
 * the service and the seeds share it.
 */
import { Decimal, decimalText } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import type { Collection, Layers, SandboxContext } from "@/sandbox/kit/types";
import { sum } from "./arithmetic";
import type * as Stored from "./records";
import { openTradeTables, type TradeTables } from "./trade/tables";

/** A collection that counts its changes, so that sorted lists can be kept until the next one. */
export interface Table<Body, Header> extends Collection<Body, Header> {
  readonly version: number;
}

/** A table below which derived records may stand. */
export type LayeredTable<Body, Header> = Table<Body, Header> & Layers<Body, Header>;

export interface Books extends TradeTables {
  readonly organizations: Table<Stored.StoredOrganization, Stored.StoredOrganization>;
  readonly accounts: Table<Stored.StoredAccount, Stored.StoredAccount>;
  readonly taxes: Table<Stored.StoredTax, Stored.StoredTax>;
  readonly currencies: Table<Stored.StoredCurrency, Stored.StoredCurrency>;
  readonly tags: Table<Stored.StoredTag, Stored.StoredTag>;
  readonly users: Table<Stored.StoredUser, Stored.StoredUser>;
  readonly locations: Table<Stored.StoredLocation, Stored.StoredLocation>;
  readonly locks: Table<Stored.StoredLock, Stored.StoredLock>;
  readonly customFields: Table<Stored.StoredCustomField, Stored.StoredCustomField>;
  readonly contacts: LayeredTable<Stored.StoredContact, Stored.StoredContact>;
  readonly items: Table<Stored.StoredItem, Stored.StoredItem>;
  readonly invoices: LayeredTable<Stored.StoredInvoice, Stored.InvoiceHeader>;
  readonly creditNotes: Table<Stored.StoredCreditNote, Stored.CreditNoteHeader>;
  readonly payments: Table<Stored.StoredPayment, Stored.StoredPayment>;
  /** Lines by the id of their document. */
  readonly lines: LayeredTable<readonly Stored.StoredLine[], null>;
  readonly grants: Table<StoredGrant, StoredGrant>;
  readonly accessTokens: Table<StoredAccessToken, StoredAccessToken>;
  /** A new record id: 18 digits, beyond what a JavaScript number holds. */
  nextId(): string;
  /** This second as the stamp of a change. */
  stamp(): string;
}

/** What a user granted, by refresh token. */
export interface StoredGrant {
  readonly dataCentre: string;
  readonly clientId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly createdMs: number;
}

export interface StoredAccessToken {
  /** "" when the consent was for this one token (access_type=online). */
  readonly refreshToken: string;
  readonly dataCentre: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly expiresMs: number;
}

interface Opened {
  readonly books: Books;
  /** Books of organisations that stand apart, by organisation. */
  readonly apart: Map<string, Books>;
  served: boolean;
}

const opened = new WeakMap<SandboxContext, Opened>();

/** The books of a context; the same object at each call. */
export function openBooks(context: SandboxContext): Books {
  return openedOf(context).books;
}

function openedOf(context: SandboxContext): Opened {
  const found = opened.get(context);
  if (found !== undefined) return found;
  const made: Opened = { books: open(context), apart: new Map(), served: false };
  opened.set(context, made);
  return made;
}

/**
 * The books of one organisation: its own records, with the organisations, grants and tokens that all share.
 * An organisation that does not stand apart has those of openBooks.
 */
export function openBooksOf(context: SandboxContext, organizationId: string): Books {
  const { books, apart } = openedOf(context);
  if (books.organizations.head(organizationId)?.apart !== true) return books;
  const found = apart.get(organizationId);
  if (found !== undefined) return found;
  const { store } = context;
  const own = open({
    ...context,
    store: {
      collection: (name, header) => store.collection(`${name}.${organizationId}`, header),
      flush: () => store.flush(),
      close: () => store.close(),
    },
  });
  const { organizations, grants, accessTokens, nextId } = books;
  const made: Books = { ...own, organizations, grants, accessTokens, nextId };
  apart.set(organizationId, made);
  return made;
}

/**
 * The books for a new service of this context. A second service means that the store was reset in between,
 * so its collections are opened anew.
 */
export function openBooksForService(context: SandboxContext): Books {
  if (opened.get(context)?.served === true) opened.delete(context);
  const entry = openedOf(context);
  entry.served = true;
  return entry.books;
}

function open(context: SandboxContext): Books {
  const whole = <Body>(name: string): Table<Body, Body> => openTable(context, name, (body: Body) => body);
  return {
    organizations: whole("organizations"),
    accounts: whole("accounts"),
    taxes: whole("taxes"),
    currencies: whole("currencies"),
    tags: whole("tags"),
    users: whole("users"),
    locations: whole("locations"),
    locks: whole("locks"),
    customFields: whole("custom-fields"),
    contacts: openTable(context, "contacts", (contact: Stored.StoredContact) => contact),
    items: whole("items"),
    invoices: openTable(context, "invoices", invoiceHeader),
    creditNotes: openTable(context, "creditnotes", creditNoteHeader),
    ...openTradeTables((name, header) => openTable(context, name, header)),
    payments: whole("payments"),
    lines: openTable(context, "lines", () => null),
    grants: whole("grants"),
    accessTokens: whole("access-tokens"),
    nextId: idSource(context),
    stamp: () => `${context.clock.now().toISOString().slice(0, 19)}Z`,
  };
}

/** A collection of the Zoho products, by its name without "zoho.". Each may be opened once. */
export function openTable<Body, Header>(
  context: SandboxContext,
  name: string,
  header: (body: Body) => Header,
): LayeredTable<Body, Header> {
  const collection = context.store.collection(`zoho.${name}`, header);
  let version = 0;
  const watchers: TableWatcher[] = [];
  const table: LayeredTable<Body, Header> = {
    derive(source) {
      version += 1;
      collection.derive(source);
    },
    get derived() {
      return collection.derived;
    },
    writtenHeads: () => collection.writtenHeads(),
    isWritten: (id) => collection.isWritten(id),
    hiddenIds: () => collection.hiddenIds(),
    get: (id) => collection.get(id),
    head: (id) => collection.head(id),
    put(id, body) {
      version += 1;
      for (const watcher of watchers) watcher.before(id);
      collection.put(id, body);
      for (const watcher of watchers) watcher.after(id);
    },
    delete(id) {
      version += 1;
      for (const watcher of watchers) watcher.before(id);
      collection.delete(id);
    },
    heads: () => collection.heads(),
    get size() {
      return collection.size;
    },
    get version() {
      return version;
    },
  };
  watchersOf.set(table, watchers);
  return table;
}

/** Told of each change of a table: before it, with the record still as it was, and after a put. */
export interface TableWatcher {
  before(id: string): void;
  after(id: string): void;
}

const watchersOf = new WeakMap<object, TableWatcher[]>();

/** Watches a table that openTable made from now on. */
export function watchTable(table: object, watcher: TableWatcher): void {
  const watchers = watchersOf.get(table);
  invariant(watchers !== undefined, "only tables of openTable can be watched");
  watchers.push(watcher);
}

const FIRST_ID = 480_211_000_000_000_000n;
/** Ids are taken from the store in blocks, so that not every record costs a second write. */
const ID_BLOCK = 1_000n;

function idSource(context: SandboxContext): () => string {
  const sequence = context.store.collection<{ next: string }, null>("zoho.sequence", () => null);
  let next = BigInt(sequence.get("record")?.next ?? FIRST_ID);
  let reserved = next;
  return () => {
    if (next === reserved) {
      reserved = next + ID_BLOCK;
      sequence.put("record", { next: reserved.toString() });
    }
    next += 1n;
    return (next - 1n).toString();
  };
}

function invoiceHeader(invoice: Stored.StoredInvoice): Stored.InvoiceHeader {
  const { number, reference, customerId, date, dueDate, state, total, paid, credited, writtenOff } = invoice;
  const { currencyCode, exchangeRate, adjustment, shippingCharge, lastPaymentDate, created, modified } =
    invoice;
  const { customFields, salespersonName } = invoice;
  return {
    ...{ number, reference, customerId, date, dueDate, state, total, paid, credited, writtenOff },
    ...{ currencyCode, exchangeRate, adjustment, shippingCharge, lastPaymentDate, created, modified },
    ...(customFields === undefined ? {} : { customFields }),
    ...(salespersonName === undefined ? {} : { salespersonName }),
  };
}

function creditNoteHeader(note: Stored.StoredCreditNote): Stored.CreditNoteHeader {
  const { number, reference, customerId, date, state, total, currencyCode, exchangeRate } = note;
  const spent = [...note.credits, ...(note.refunds ?? [])];
  const used = decimalText(sum(spent.map(({ amount }) => new Decimal(amount))));
  const { created, modified, customFields } = note;
  return {
    ...(customFields === undefined ? {} : { customFields }),
    number,
    reference,
    customerId,
    date,
    state,
    total,
    currencyCode,
    exchangeRate,
    used,
    created,
    modified,
  };
}
