/**
 * What the simulated Xero knows in one sandbox: users, connections, and the books of each organisation. Shapes alone;
 * open-books.ts makes them.
 */
import type {
  AllocationHead,
  BankTransactionHead,
  ContactHead,
  CreditHead,
  CreditNoteHead,
  InvoiceHead,
  ItemHead,
  PaymentHead,
} from "./heads";
import type { Ledger } from "./ledger/ledger-types";
import type {
  BankTransfer,
  BankTransferHead,
  BatchPayment,
  BatchPaymentHead,
  ManualJournal,
  ManualJournalHead,
} from "./ledger/records";
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
import type { Table, UndoList } from "./table";

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
  readonly invoices: Table<Invoice, InvoiceHead, "number" | "contact" | "side">;
  readonly creditNotes: Table<CreditNote, CreditNoteHead, "number" | "contact">;
  readonly payments: Table<Payment, PaymentHead, "target">;
  readonly allocations: Table<Allocation, AllocationHead, "invoice" | "source">;
  readonly overpayments: Table<UnappliedCredit, CreditHead, "contact">;
  readonly prepayments: Table<UnappliedCredit, CreditHead, "contact">;
  readonly bankTransactions: Table<BankTransaction, BankTransactionHead, "contact">;
  readonly manualJournals: Table<ManualJournal, ManualJournalHead, never>;
  readonly bankTransfers: Table<BankTransfer, BankTransferHead, never>;
  readonly batchPayments: Table<BatchPayment, BatchPaymentHead, never>;
  /** What the documents have posted, by account and day. */
  readonly ledger: Ledger;
  readonly undo: UndoList;
  /** A further table of these books, kept and taken back with the others; each name may be opened once. */
  table<Body extends Kept, Header, Key extends string>(
    name: string,
    header: (body: Body) => Header,
    indexes: Readonly<Record<Key, (header: Header) => string | null>>,
  ): Table<Body, Header, Key>;
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
