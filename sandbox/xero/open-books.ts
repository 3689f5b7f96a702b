/**
 * Opens the simulated Xero's records. One instance for each sandbox context, so that the seed and the service see the
 * same books.
 */

import { invariant } from "@/lib/kernel/invariant";
import type { SandboxContext, SandboxStore } from "@/sandbox/kit/types";
import type { Books, XeroRecords } from "./books";
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
import { openLedger } from "./ledger/ledger";
import { openJournalTables, watchedTables } from "./ledger/tables";
import { notedTables } from "./paperwork/noted";
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
import { announceChanges } from "./webhooks/announce";

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
  const connections = openTable<Connection, Connection, "user">(
    store,
    "xero.connections",
    none,
    (link) => link,
    { user: (link) => `${link.clientId} ${link.userId}` },
  );
  const isConnected = (tenantId: string) => (clientId: string) =>
    [...connections.heads()].some(([, link]) => link.tenantId === tenantId && link.clientId === clientId);
  return {
    users: openTable<XeroUser & Kept, XeroUser & Kept, "email">(store, "xero.users", none, (user) => user, {
      email: (user) => user.email,
    }),
    connections,
    organisations,
    books(tenantId) {
      if (organisations.head(tenantId) === undefined) return undefined;
      const found = open.get(tenantId);
      if (found !== undefined) return found;
      const books = openBooks(context, organisations, tenantId);
      books.undo.watcher = announceChanges(context, tenantId, books.undo, isConnected(tenantId));
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
  const table: Books["table"] = (kind, header, indexes) =>
    openTable(store, name(kind), undo, header, indexes);
  const ledger = openLedger(() => books);
  const accounts = openTable<Account, Account, "code">(store, name("accounts"), undo, (account) => account, {
    code: (account) => (account.code === "" ? null : account.code.toLowerCase()),
  });
  const documents = {
    accounts,
    ...openDocumentTables(store, name, undo),
    ...openMoneyTables(store, name, undo),
  };
  const watched = watchedTables(documents, undo, ledger);
  const parties = openPartyTables(store, name, undo);
  const books: Books = {
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
    ...parties,
    ...watched,
    ...notedTables(() => books, { ...parties, ...watched }),
    ...openJournalTables(table, undo, ledger),
    ledger,
    undo,
    table,
    now: () => context.clock.now().getTime(),
    newId: () => context.newId(),
    switchPosition: (switchName) => context.switches.get(switchName),
  };
  return books;
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
      ({ createdMs, updatedMs, code, name: itemName, inventory }) => ({
        createdMs,
        updatedMs,
        code,
        name: itemName,
        isTracked: inventory !== undefined,
      }),
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
    invoices: openTable<Invoice, InvoiceHead, "number" | "contact" | "side">(
      store,
      name("invoices"),
      undo,
      invoiceHead,
      {
        number: (head) => (head.number === "" ? null : head.number.toLowerCase()),
        contact: (head) => head.contactId,
        side: (head) => `${head.contactId} ${head.type}`,
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
      ({ createdMs, updatedMs, invoiceId, amount, date, source }) => ({
        createdMs,
        updatedMs,
        invoiceId,
        amount,
        date,
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
