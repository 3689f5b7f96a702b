/** The tables of an organisation's books as the ledger sees them: each change of a record moves its totals. */
import type { Books } from "../books";
import type { UndoList } from "../table";
import type { Ledger } from "./ledger-types";
import type {
  BankTransfer,
  BankTransferHead,
  BatchPayment,
  BatchPaymentHead,
  ManualJournal,
  ManualJournalHead,
} from "./records";
import { watched } from "./watched";

type PostingTables = Pick<
  Books,
  | "accounts"
  | "invoices"
  | "creditNotes"
  | "payments"
  | "allocations"
  | "overpayments"
  | "prepayments"
  | "bankTransactions"
>;

/** The same tables, watched by the ledger. */
export function watchedTables(tables: PostingTables, undo: UndoList, ledger: Ledger): PostingTables {
  return {
    accounts: watched(tables.accounts, undo, ledger, (record) => ({ kind: "account", record })),
    invoices: watched(tables.invoices, undo, ledger, (record) => ({ kind: "invoice", record })),
    creditNotes: watched(tables.creditNotes, undo, ledger, (record) => ({ kind: "creditNote", record })),
    payments: watched(tables.payments, undo, ledger, (record) => ({ kind: "payment", record })),
    allocations: watched(tables.allocations, undo, ledger, (record) => ({ kind: "allocation", record })),
    overpayments: watched(tables.overpayments, undo, ledger, (record) => ({ kind: "overpayment", record })),
    prepayments: watched(tables.prepayments, undo, ledger, (record) => ({ kind: "prepayment", record })),
    bankTransactions: watched(tables.bankTransactions, undo, ledger, (record) => ({
      kind: "bankTransaction",
      record,
    })),
  };
}

/** Manual journals, bank transfers and batches of payments. */
export function openJournalTables(
  openTable: Books["table"],
  undo: UndoList,
  ledger: Ledger,
): Pick<Books, "manualJournals" | "bankTransfers" | "batchPayments"> {
  const manualJournals = openTable<ManualJournal, ManualJournalHead, never>(
    "manualJournals",
    manualJournalHead,
    {},
  );
  const bankTransfers = openTable<BankTransfer, BankTransferHead, never>(
    "bankTransfers",
    bankTransferHead,
    {},
  );
  return {
    manualJournals: watched(manualJournals, undo, ledger, (record) => ({ kind: "manualJournal", record })),
    bankTransfers: watched(bankTransfers, undo, ledger, (record) => ({ kind: "bankTransfer", record })),
    // A batch posts nothing itself: its payments do.
    batchPayments: openTable<BatchPayment, BatchPaymentHead, never>("batchPayments", batchPaymentHead, {}),
  };
}

const manualJournalHead = (journal: ManualJournal): ManualJournalHead => ({
  createdMs: journal.createdMs,
  updatedMs: journal.updatedMs,
  narration: journal.narration,
  date: journal.date,
  status: journal.status,
});

const bankTransferHead = (transfer: BankTransfer): BankTransferHead => ({
  createdMs: transfer.createdMs,
  updatedMs: transfer.updatedMs,
  date: transfer.date,
  amount: transfer.amount,
  status: transfer.status,
  reference: transfer.reference,
  fromAccountId: transfer.fromAccountId,
  toAccountId: transfer.toAccountId,
});

const batchPaymentHead = (batch: BatchPayment): BatchPaymentHead => ({
  createdMs: batch.createdMs,
  updatedMs: batch.updatedMs,
  date: batch.date,
  status: batch.status,
  type: batch.type,
  reference: batch.reference,
  accountId: batch.accountId,
  totalAmount: batch.totalAmount,
});
