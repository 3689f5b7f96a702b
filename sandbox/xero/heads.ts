/**
 * The small part of each record that stays in memory as an object: what lists filter and order by, and what
 * balances are counted from.
 */
import type {
  Allocation,
  BankTransaction,
  Contact,
  CreditNote,
  Invoice,
  Item,
  Kept,
  Payment,
  UnappliedCredit,
} from "./records";

type Times = Pick<Kept, "createdMs" | "updatedMs">;

export type ContactHead = Times &
  Pick<
    Contact,
    | "name"
    | "contactNumber"
    | "accountNumber"
    | "status"
    | "firstName"
    | "lastName"
    | "email"
    | "companyNumber"
  >;
export type InvoiceHead = Times &
  Pick<
    Invoice,
    | "type"
    | "status"
    | "number"
    | "reference"
    | "contactId"
    | "date"
    | "dueDate"
    | "currency"
    | "total"
    | "amountDue"
    | "amountPaid"
    | "amountCredited"
    | "byApp"
  >;
export type CreditNoteHead = Times &
  Pick<
    CreditNote,
    | "type"
    | "status"
    | "number"
    | "reference"
    | "contactId"
    | "date"
    | "currency"
    | "total"
    | "remainingCredit"
    | "byApp"
  >;
export type BankTransactionHead = Times &
  Pick<
    BankTransaction,
    | "type"
    | "status"
    | "reference"
    | "contactId"
    | "date"
    | "currency"
    | "total"
    | "bankAccountId"
    | "isReconciled"
  >;
export type CreditHead = Times &
  Pick<
    UnappliedCredit,
    "type" | "status" | "reference" | "contactId" | "date" | "currency" | "total" | "remainingCredit"
  >;
export type PaymentHead = Times &
  Pick<Payment, "status" | "reference" | "date" | "amount" | "accountId" | "isReconciled"> & {
    readonly targetKind: Payment["target"]["kind"];
    readonly targetId: string;
  };
export type AllocationHead = Times &
  Pick<Allocation, "invoiceId" | "amount" | "date"> & { readonly sourceId: string };
export type ItemHead = Times & Pick<Item, "code" | "name"> & { readonly isTracked: boolean };

export const contactHead = (contact: Contact): ContactHead => ({
  createdMs: contact.createdMs,
  updatedMs: contact.updatedMs,
  name: contact.name,
  contactNumber: contact.contactNumber,
  accountNumber: contact.accountNumber,
  status: contact.status,
  firstName: contact.firstName,
  lastName: contact.lastName,
  email: contact.email,
  companyNumber: contact.companyNumber,
});

export const invoiceHead = (invoice: Invoice): InvoiceHead => ({
  createdMs: invoice.createdMs,
  updatedMs: invoice.updatedMs,
  type: invoice.type,
  status: invoice.status,
  number: invoice.number,
  reference: invoice.reference,
  contactId: invoice.contactId,
  date: invoice.date,
  dueDate: invoice.dueDate,
  currency: invoice.currency,
  total: invoice.total,
  amountDue: invoice.amountDue,
  amountPaid: invoice.amountPaid,
  amountCredited: invoice.amountCredited,
  byApp: invoice.byApp,
});

export const creditNoteHead = (note: CreditNote): CreditNoteHead => ({
  createdMs: note.createdMs,
  updatedMs: note.updatedMs,
  type: note.type,
  status: note.status,
  number: note.number,
  reference: note.reference,
  contactId: note.contactId,
  date: note.date,
  currency: note.currency,
  total: note.total,
  remainingCredit: note.remainingCredit,
  byApp: note.byApp,
});

export const paymentHead = (payment: Payment): PaymentHead => ({
  createdMs: payment.createdMs,
  updatedMs: payment.updatedMs,
  status: payment.status,
  reference: payment.reference,
  date: payment.date,
  amount: payment.amount,
  accountId: payment.accountId,
  isReconciled: payment.isReconciled,
  targetKind: payment.target.kind,
  targetId: payment.target.id,
});

export const bankTransactionHead = (transaction: BankTransaction): BankTransactionHead => ({
  createdMs: transaction.createdMs,
  updatedMs: transaction.updatedMs,
  type: transaction.type,
  status: transaction.status,
  reference: transaction.reference,
  contactId: transaction.contactId,
  date: transaction.date,
  currency: transaction.currency,
  total: transaction.total,
  bankAccountId: transaction.bankAccountId,
  isReconciled: transaction.isReconciled,
});

export const creditHead = (credit: UnappliedCredit): CreditHead => ({
  createdMs: credit.createdMs,
  updatedMs: credit.updatedMs,
  type: credit.type,
  status: credit.status,
  reference: credit.reference,
  contactId: credit.contactId,
  date: credit.date,
  currency: credit.currency,
  total: credit.total,
  remainingCredit: credit.remainingCredit,
});
