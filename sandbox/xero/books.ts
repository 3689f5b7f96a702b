/**
 * Everything that the simulated Xero knows in one sandbox: users, connections, and the books of each
 * organisation. One instance for each sandbox context, so that the seed and the service see the same books.
 */
import { invariant } from "@/lib/kernel/invariant";
import type { SandboxContext, SandboxStore } from "@/sandbox/kit/types";
import {
  type AllocationHead,
  type BankTransactionHead,
  bankTransactionHead,
  type ContactHead,
  type CreditHead,
  type CreditNoteHead,
  contactHead,
  creditHead,
  creditNoteHead,
  type InvoiceHead,
  type ItemHead,
  invoiceHead,
  type PaymentHead,
  paymentHead,
} from "./heads";
import type {
  Account,
  Allocation,
  BankTransaction,
  Connection,
  Contact,
  CreditNote,
  Invoice,
  Item,
  Kept,
  Organisation,
  Payment,
  TaxRate,
  TrackingCategory,
  UnappliedCredit,
  XeroUser,
} from "./records";
import { openTable, type Table, type UndoList } from "./table";

/** The books of one organisation. */
export interface Books {
  readonly tenantId: string;
  organisation(): Organisation;
  setOrganisation(organisation: Organisation): void;
  readonly accounts: Table<Account, Account, "code">;
  readonly taxRates: Table<TaxRate, TaxRate, "taxType">;
  readonly tracking: Table<TrackingCategory, TrackingCategory, "option">;
  readonly contacts: Table<Contact, ContactHead, "name" | "number">;
  readonly items: Table<Item, ItemHead, "code">;
  readonly invoices: Table<Invoice, InvoiceHead, "number" | "contact">;
  readonly creditNotes: Table<CreditNote, CreditNoteHead, "number" | "contact">;
  readonly payments: Table<Payment, PaymentHead, "target">;
  readonly allocations: Table<Allocation, AllocationHead, "invoice" | "source">;
  readonly overpayments: Table<UnappliedCredit, CreditHead, "contact">;
  readonly prepayments: Table<UnappliedCredit, CreditHead, "contact">;
  readonly bankTransactions: Table<BankTransaction, BankTransactionHead, "contact">;
  readonly undo: UndoList;
  now(): number;
  newId(): string;
  switchPosition(name: string): string;
}

export interface XeroRecords {
  readonly users: Table<XeroUser & Kept, XeroUser & Kept, "email">;
  readonly connections: Table<Connection, Connection, "user">;
  readonly organisations: Table<Organisation, Organisation, never>;
  /** The books of an organisation, or undefined when there is none of that id. */
  books(tenantId: string): Books | undefined;
}

const byContext = new WeakMap<SandboxContext, XeroRecords>();

/** The simulated Xero's records in this sandbox. */
export function xeroRecords(context: SandboxContext): XeroRecords {
  const found = byContext.get(context);
  if (found !== undefined) return found;
  const made = openRecords(context);
  byContext.set(context, made);
  return made;
}

function openRecords(context: SandboxContext): XeroRecords {
  const { store } = context;
  const none: UndoList = { active: null };
  const open = new Map<string, Books>();
  const organisations = openTable<Organisation, Organisation, never>(
    store,
    "xero.organisations",
    none,
    (organisation) => organisation,
    {},
  );
  return {
    users: openTable<XeroUser & Kept, XeroUser & Kept, "email">(store, "xero.users", none, (user) => user, {
      email: (user) => user.email,
    }),
    connections: openTable<Connection, Connection, "user">(store, "xero.connections", none, (link) => link, {
      user: (link) => `${link.clientId} ${link.userId}`,
    }),
    organisations,
    books(tenantId) {
      if (organisations.head(tenantId) === undefined) return undefined;
      const books = open.get(tenantId) ?? openBooks(context, organisations, tenantId);
      open.set(tenantId, books);
      return books;
    },
  };
}

function openBooks(
  context: SandboxContext,
  organisations: Table<Organisation, Organisation, never>,
  tenantId: string,
): Books {
  const { store } = context;
  const undo: UndoList = { active: null };
  const name = (kind: string): string => `xero.${tenantId}.${kind}`;
  return {
    tenantId,
    organisation() {
      const organisation = organisations.head(tenantId);
      invariant(organisation !== undefined, "open books belong to an organisation");
      return organisation;
    },
    setOrganisation(next) {
      const before = organisations.get(tenantId);
      if (before !== undefined) undo.active?.push(() => organisations.put(before));
      organisations.put(next);
    },
    accounts: openTable<Account, Account, "code">(store, name("accounts"), undo, (account) => account, {
      code: (account) => account.code.toLowerCase(),
    }),
    taxRates: openTable<TaxRate, TaxRate, "taxType">(store, name("taxRates"), undo, (rate) => rate, {
      taxType: (rate) => rate.taxType,
    }),
    tracking: openTable<TrackingCategory, TrackingCategory, "option">(
      store,
      name("tracking"),
      undo,
      (category) => category,
      { option: () => null },
    ),
    ...openPartyTables(store, name, undo),
    ...openDocumentTables(store, name, undo),
    ...openMoneyTables(store, name, undo),
    undo,
    now: () => context.clock.now().getTime(),
    newId: () => context.newId(),
    switchPosition: (switchName) => context.switches.get(switchName),
  };
}

type Naming = (kind: string) => string;

function openPartyTables(
  store: SandboxStore,
  name: Naming,
  undo: UndoList,
): Pick<Books, "contacts" | "items"> {
  return {
    contacts: openTable<Contact, ContactHead, "name" | "number">(store, name("contacts"), undo, contactHead, {
      name: (head) => head.name.toLowerCase(),
      number: (head) => head.contactNumber?.toLowerCase() ?? null,
    }),
    items: openTable<Item, ItemHead, "code">(
      store,
      name("items"),
      undo,
      ({ createdMs, updatedMs, code, name: itemName }) => ({ createdMs, updatedMs, code, name: itemName }),
      { code: (head) => head.code.toLowerCase() },
    ),
  };
}

function openDocumentTables(
  store: SandboxStore,
  name: Naming,
  undo: UndoList,
): Pick<Books, "invoices" | "creditNotes"> {
  return {
    invoices: openTable<Invoice, InvoiceHead, "number" | "contact">(
      store,
      name("invoices"),
      undo,
      invoiceHead,
      {
        number: (head) => (head.number === "" ? null : head.number.toLowerCase()),
        contact: (head) => head.contactId,
      },
    ),
    creditNotes: openTable<CreditNote, CreditNoteHead, "number" | "contact">(
      store,
      name("creditNotes"),
      undo,
      creditNoteHead,
      {
        number: (head) => (head.number === "" ? null : head.number.toLowerCase()),
        contact: (head) => head.contactId,
      },
    ),
  };
}

function openMoneyTables(
  store: SandboxStore,
  name: Naming,
  undo: UndoList,
): Pick<Books, "payments" | "allocations" | "overpayments" | "prepayments" | "bankTransactions"> {
  const openCredits = (kind: string): Table<UnappliedCredit, CreditHead, "contact"> =>
    openTable(store, name(kind), undo, creditHead, { contact: (head: CreditHead) => head.contactId });
  return {
    payments: openTable<Payment, PaymentHead, "target">(store, name("payments"), undo, paymentHead, {
      target: (head) => head.targetId,
    }),
    allocations: openTable<Allocation, AllocationHead, "invoice" | "source">(
      store,
      name("allocations"),
      undo,
      ({ createdMs, updatedMs, invoiceId, amount, source }) => ({
        createdMs,
        updatedMs,
        invoiceId,
        amount,
        sourceId: source.id,
      }),
      { invoice: (head) => head.invoiceId, source: (head) => head.sourceId },
    ),
    overpayments: openCredits("overpayments"),
    prepayments: openCredits("prepayments"),
    bankTransactions: openTable<BankTransaction, BankTransactionHead, "contact">(
      store,
      name("bankTransactions"),
      undo,
      bankTransactionHead,
      { contact: (head) => head.contactId },
    ),
  };
}
