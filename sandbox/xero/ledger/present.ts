/** Manual journals, bank transfers and batches of payments as Xero's JSON shows them. */
import type { Wire } from "../answer";
import type { Books } from "../books";
import { wireDay, wireDayText, wireInstant } from "../dates";
import { hasAttachments } from "../paperwork/attachments";
import { present, wireNumber } from "../present/amount";
import { presentTracking } from "../present/settings";
import { presentCode } from "../settings/account-codes";
import { findAccount } from "../write/reference";
import type { BankTransfer, BatchPayment, ManualJournal } from "./records";

export function presentManualJournal(books: Books, journal: ManualJournal, lines: boolean): Wire {
  return present({
    Date: wireDay(journal.date),
    Status: journal.status,
    LineAmountTypes: journal.lineAmountTypes,
    UpdatedDateUTC: wireInstant(journal.updatedMs),
    ManualJournalID: journal.id,
    Narration: journal.narration,
    JournalLines: lines
      ? journal.lines.map((line) => {
          const code = presentCode(books, line.accountCode);
          return present({
            Description: line.description,
            TaxType: line.taxType,
            TaxAmount: wireNumber(line.taxAmount),
            LineAmount: wireNumber(line.lineAmount),
            AccountCode: code,
            Tracking: line.tracking.map((optionId) => presentTracking(books, optionId)),
            AccountID: findAccount(books, { Code: code })?.id,
            IsBlank: false,
          });
        })
      : [],
    Url: journal.url,
    ShowOnCashBasisReports: journal.showOnCashBasisReports,
    HasAttachments: hasAttachments(books, journal.id),
  });
}

export function presentBankTransfer(books: Books, transfer: BankTransfer): Wire {
  return present({
    BankTransferID: transfer.id,
    CreatedDateUTC: wireInstant(transfer.createdMs),
    Date: wireDay(transfer.date),
    Status: transfer.status,
    FromBankAccount: accountPart(books, transfer.fromAccountId),
    ToBankAccount: accountPart(books, transfer.toAccountId),
    Amount: wireNumber(transfer.amount),
    FromBankTransactionID: transfer.fromTransactionId,
    ToBankTransactionID: transfer.toTransactionId,
    FromIsReconciled: transfer.fromIsReconciled,
    ToIsReconciled: transfer.toIsReconciled,
    Reference: transfer.reference ?? "",
    CurrencyRate: wireNumber(transfer.currencyRate),
    HasAttachments: hasAttachments(books, transfer.id),
    FromTracking: transfer.fromTracking.map((optionId) => presentTracking(books, optionId)),
    ToTracking: transfer.toTracking.map((optionId) => presentTracking(books, optionId)),
  });
}

export function presentBatchPayment(books: Books, batch: BatchPayment): Wire {
  const account = books.accounts.head(batch.accountId);
  return present({
    Account: {
      AccountID: batch.accountId,
      CurrencyCode: account?.currency ?? books.organisation().baseCurrency,
    },
    Reference: batch.reference,
    Particulars: batch.particulars,
    Code: batch.code,
    Details: batch.details,
    Narrative: batch.narrative,
    BatchPaymentID: batch.id,
    DateString: wireDayText(batch.date),
    Date: wireDay(batch.date),
    Payments: batch.status === "DELETED" ? [] : batch.paymentIds.map((id) => batchedPayment(books, id)),
    Type: batch.type,
    Status: batch.status,
    TotalAmount: wireNumber(batch.totalAmount),
    UpdatedDateUTC: wireInstant(batch.updatedMs),
    IsReconciled: false,
  });
}

function batchedPayment(books: Books, id: string): Wire {
  const payment = books.payments.get(id);
  if (payment === undefined) return {};
  const { target } = payment;
  const named =
    target.kind === "creditNote"
      ? {
          CreditNote: {
            CreditNoteID: target.id,
            CreditNoteNumber: books.creditNotes.head(target.id)?.number,
          },
        }
      : {
          Invoice: {
            InvoiceID: target.id,
            CurrencyCode: books.invoices.head(target.id)?.currency,
            Payments: [],
            CreditNotes: [],
            Prepayments: [],
            Overpayments: [],
            HasErrors: false,
            IsDiscounted: false,
            LineItems: [],
          },
        };
  return present({
    ...named,
    PaymentID: id,
    Reference: payment.reference,
    Amount: wireNumber(payment.amount),
    BankAmount: wireNumber(payment.bankAmount),
  });
}

function accountPart(books: Books, id: string): Wire {
  const account = books.accounts.head(id);
  return present({ AccountID: id, Code: account?.code || null, Name: account?.name });
}
