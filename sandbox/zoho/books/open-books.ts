/**
 * The collections of the simulated organisations, opened once for each context. Nothing here knows HTTP;
 * the service and the seeds share it.
 */
import { Decimal, decimalText } from "@/lib/kernel/decimal";
import type { Collection, SandboxContext } from "@/sandbox/kit/types";
import { sum } from "./arithmetic";
import type * as Stored from "./records";

/** A collection that counts its changes, so that sorted lists can be kept until the next one. */
export interface Table<Body, Header> extends Collection<Body, Header> {
  readonly version: number;
}

export interface Books {
  readonly organizations: Table<Stored.StoredOrganization, Stored.StoredOrganization>;
  readonly accounts: Table<Stored.StoredAccount, Stored.StoredAccount>;
  readonly taxes: Table<Stored.StoredTax, Stored.StoredTax>;
  readonly currencies: Table<Stored.StoredCurrency, Stored.StoredCurrency>;
  readonly tags: Table<Stored.StoredTag, Stored.StoredTag>;
  readonly contacts: Table<Stored.StoredContact, Stored.StoredContact>;
  readonly items: Table<Stored.StoredItem, Stored.StoredItem>;
  readonly invoices: Table<Stored.StoredInvoice, Stored.InvoiceHeader>;
  readonly creditNotes: Table<Stored.StoredCreditNote, Stored.CreditNoteHeader>;
  readonly payments: Table<Stored.StoredPayment, Stored.StoredPayment>;
  /** Lines by the id of their document. */
  readonly lines: Table<readonly Stored.StoredLine[], null>;
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

const opened = new WeakMap<SandboxContext, { readonly books: Books; served: boolean }>();

/** The books of a context; the same object at each call. */
export function openBooks(context: SandboxContext): Books {
  const found = opened.get(context);
  if (found !== undefined) return found.books;
  const books = open(context);
  opened.set(context, { books, served: false });
  return books;
}

/**
 * The books for a new service of this context. A second service means that the store was reset in between,
 * so its collections are opened anew.
 */
export function openBooksForService(context: SandboxContext): Books {
  if (opened.get(context)?.served === true) opened.delete(context);
  const books = openBooks(context);
  opened.set(context, { books, served: true });
  return books;
}

function open(context: SandboxContext): Books {
  const whole = <Body>(name: string): Table<Body, Body> => openTable(context, name, (body: Body) => body);
  return {
    organizations: whole("organizations"),
    accounts: whole("accounts"),
    taxes: whole("taxes"),
    currencies: whole("currencies"),
    tags: whole("tags"),
    contacts: whole("contacts"),
    items: whole("items"),
    invoices: openTable(context, "invoices", invoiceHeader),
    creditNotes: openTable(context, "creditnotes", creditNoteHeader),
    payments: whole("payments"),
    lines: openTable(context, "lines", () => null),
    grants: whole("grants"),
    accessTokens: whole("access-tokens"),
    nextId: idSource(context),
    stamp: () => `${context.clock.now().toISOString().slice(0, 19)}Z`,
  };
}

function openTable<Body, Header>(
  context: SandboxContext,
  name: string,
  header: (body: Body) => Header,
): Table<Body, Header> {
  const collection = context.store.collection(`zoho.${name}`, header);
  let version = 0;
  return {
    get: (id) => collection.get(id),
    head: (id) => collection.head(id),
    put(id, body) {
      version += 1;
      collection.put(id, body);
    },
    delete(id) {
      version += 1;
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
  return {
    ...{ number, reference, customerId, date, dueDate, state, total, paid, credited, writtenOff },
    ...{ currencyCode, exchangeRate, adjustment, shippingCharge, lastPaymentDate, created, modified },
  };
}

function creditNoteHeader(note: Stored.StoredCreditNote): Stored.CreditNoteHeader {
  const { number, reference, customerId, date, state, total, currencyCode, exchangeRate } = note;
  const used = decimalText(sum(note.credits.map(({ amount }) => new Decimal(amount))));
  const { created, modified } = note;
  return {
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
