/** Invoices, bills, credit notes, overpayments, prepayments and bank transactions as Xero's JSON shows them. */
import type { Wire } from "../answer";
import type { Books } from "../books";
import { wireDay, wireDayText, wireInstant, wireInstantText } from "../dates";
import { hasAttachments } from "../paperwork/attachments";
import type {
  BankTransaction,
  CreditNote,
  DocumentCore,
  Invoice,
  Line,
  PaymentTarget,
  UnappliedCredit,
} from "../records";
import { presentCode } from "../settings/account-codes";
import { knowsRounding } from "../write/rounding";
import { present, wireNumber, wireUnitAmount } from "./amount";
import { presentContactPart } from "./contacts";
import { presentTracking } from "./settings";

export interface DocumentDetail {
  /** False in lists without paging and in summaries. */
  readonly lines: boolean;
  /** One document asked for by id: the whole contact. */
  readonly single: boolean;
  readonly summary: boolean;
  readonly unitDecimals: number;
}

export function presentInvoice(books: Books, invoice: Invoice, detail: DocumentDetail): Wire {
  return present({
    Type: invoice.type,
    InvoiceID: invoice.id,
    InvoiceNumber: invoice.number,
    Reference: invoice.type === "ACCREC" ? (invoice.reference ?? "") : null,
    ...(detail.summary ? {} : moneyOn(books, invoice)),
    AmountDue: wireNumber(invoice.amountDue),
    AmountPaid: wireNumber(invoice.amountPaid),
    AmountCredited: wireNumber(invoice.amountCredited),
    CurrencyRate: wireNumber(invoice.currencyRate),
    IsDiscounted: invoice.totalDiscount !== "0",
    TotalDiscount: invoice.totalDiscount === "0" ? null : wireNumber(invoice.totalDiscount),
    ...(detail.single ? roundingFields(books, invoice) : {}),
    BrandingThemeID: invoice.brandingThemeId,
    HasAttachments: hasAttachments(books, invoice.id),
    HasErrors: false,
    SentToContact: invoice.sentToContact,
    Url: invoice.url,
    ...coreOf(books, invoice, detail),
    DueDate: invoice.dueDate === null ? null : wireDay(invoice.dueDate),
    DueDateString: invoice.dueDate === null ? null : wireDayText(invoice.dueDate),
    PlannedPaymentDate: invoice.plannedPaymentDate === null ? null : wireDay(invoice.plannedPaymentDate),
    ExpectedPaymentDate: invoice.expectedPaymentDate === null ? null : wireDay(invoice.expectedPaymentDate),
    Status: invoice.status,
    FullyPaidOnDate: invoice.fullyPaidOn === null ? null : wireDay(invoice.fullyPaidOn),
  });
}

/** Seen in writes and single invoices alone, never in lists. */
function roundingFields(books: Books, invoice: Invoice): Wire {
  const entered = invoice.status === "DRAFT" ? invoice.enteredTotal : invoice.total;
  const { roundingAmount } = invoice;
  return {
    RoundingAmount: roundingAmount === undefined ? null : wireNumber(roundingAmount),
    EnteredTotal: knowsRounding(books) && entered !== undefined ? wireNumber(entered) : null,
  };
}

export function presentCreditNote(books: Books, note: CreditNote, detail: DocumentDetail): Wire {
  return present({
    CreditNoteID: note.id,
    CreditNoteNumber: note.number,
    Type: note.type,
    Reference: note.type === "ACCRECCREDIT" ? (note.reference ?? "") : null,
    Payments: detail.summary ? null : paymentsOf(books, note.id),
    Allocations: detail.summary ? null : allocationsFrom(books, note.id),
    RemainingCredit: wireNumber(note.remainingCredit),
    CurrencyRate: wireNumber(note.currencyRate),
    BrandingThemeID: note.brandingThemeId,
    HasAttachments: hasAttachments(books, note.id),
    HasErrors: false,
    ...coreOf(books, note, detail),
    Status: note.status,
    FullyPaidOnDate: note.fullyPaidOn === null ? null : wireDay(note.fullyPaidOn),
  });
}

/** An overpayment or prepayment; the id is named by its kind. */
export function presentCredit(
  books: Books,
  kind: "overpayment" | "prepayment",
  credit: UnappliedCredit,
  detail: DocumentDetail,
): Wire {
  return present({
    [kind === "overpayment" ? "OverpaymentID" : "PrepaymentID"]: credit.id,
    Type: credit.type,
    Reference: credit.reference,
    RemainingCredit: wireNumber(credit.remainingCredit),
    Allocations: allocationsFrom(books, credit.id),
    Payments: paymentsOf(books, credit.id),
    CurrencyRate: wireNumber(credit.currencyRate),
    HasAttachments: hasAttachments(books, credit.id),
    ...coreOf(books, credit, detail),
    Status: credit.status,
  });
}

export function presentBankTransaction(
  books: Books,
  transaction: BankTransaction,
  detail: DocumentDetail,
): Wire {
  const account = books.accounts.head(transaction.bankAccountId);
  const { type, creditId } = transaction;
  return present({
    BankTransactionID: transaction.id,
    BankAccount: { AccountID: account?.id, Code: account?.code, Name: account?.name },
    Type: type,
    Reference: transaction.reference ?? "",
    IsReconciled: transaction.isReconciled,
    HasAttachments: hasAttachments(books, transaction.id),
    OverpaymentID: type.endsWith("OVERPAYMENT") ? creditId : null,
    PrepaymentID: type.endsWith("PREPAYMENT") ? creditId : null,
    Url: transaction.url,
    CurrencyRate: wireNumber(transaction.currencyRate),
    ...coreOf(books, transaction, detail),
    // Of all documents these alone have the instant in one form only.
    UpdatedDateUTCString: null,
    Status: transaction.status,
  });
}

function coreOf(books: Books, core: DocumentCore, detail: DocumentDetail): Wire {
  return {
    Contact: presentContactPart(books, core.contactId, detail.single),
    DateString: wireDayText(core.date),
    Date: wireDay(core.date),
    LineAmountTypes: core.lineAmountTypes,
    LineItems: detail.lines ? core.lines.map((line) => presentLine(books, line, detail.unitDecimals)) : [],
    SubTotal: wireNumber(core.subTotal),
    TotalTax: wireNumber(core.totalTax),
    Total: wireNumber(core.total),
    UpdatedDateUTC: wireInstant(core.updatedMs),
    UpdatedDateUTCString: wireInstantText(core.updatedMs),
    CurrencyCode: core.currency,
  };
}

/** One line; unit amounts with as many decimals as the caller asked for. */
export function presentLine(books: Books, line: Line, unitDecimals: number): Wire {
  return present({
    LineItemID: line.id,
    Description: line.description,
    UnitAmount: line.unitAmount === null ? null : wireUnitAmount(line.unitAmount, unitDecimals),
    TaxType: line.taxType,
    TaxAmount: wireNumber(line.taxAmount),
    LineAmount: wireNumber(line.lineAmount),
    AccountCode: presentCode(books, line.accountCode),
    ItemCode: line.itemCode,
    Tracking: line.tracking.map((optionId) => presentTracking(books, optionId)),
    Quantity: line.quantity === null ? null : wireNumber(line.quantity),
    DiscountRate: line.discountRate === null ? null : wireNumber(line.discountRate),
    DiscountAmount: line.discountAmount === null ? null : wireNumber(line.discountAmount),
  });
}

/** What has settled an invoice: payments, and credits by kind. */
function moneyOn(books: Books, invoice: Invoice): Wire {
  const credits: Record<"creditNote" | "overpayment" | "prepayment", Wire[]> = {
    creditNote: [],
    overpayment: [],
    prepayment: [],
  };
  for (const id of books.allocations.by("invoice", invoice.id)) {
    const allocation = books.allocations.get(id);
    if (allocation === undefined) continue;
    credits[allocation.source.kind].push({
      ...creditName(books, allocation.source),
      AppliedAmount: wireNumber(allocation.amount),
      DateString: wireDayText(allocation.date),
      Date: wireDay(allocation.date),
    });
  }
  return {
    Payments: paymentsOf(books, invoice.id),
    CreditNotes: credits.creditNote,
    Prepayments: credits.prepayment,
    Overpayments: credits.overpayment,
  };
}

function creditName(books: Books, source: PaymentTarget): Wire {
  if (source.kind === "overpayment") return { OverpaymentID: source.id, ID: source.id };
  if (source.kind === "prepayment") return { PrepaymentID: source.id, ID: source.id };
  const head = books.creditNotes.head(source.id);
  return { CreditNoteID: source.id, CreditNoteNumber: head?.number ?? "", ID: source.id, HasErrors: false };
}

function paymentsOf(books: Books, targetId: string): Wire[] {
  const shown: Wire[] = [];
  for (const id of books.payments.by("target", targetId)) {
    const payment = books.payments.get(id);
    if (payment === undefined || payment.status === "DELETED") continue;
    shown.push(
      present({
        PaymentID: payment.id,
        Date: wireDay(payment.date),
        Amount: wireNumber(payment.amount),
        Reference: payment.reference ?? "",
        CurrencyRate: wireNumber(payment.currencyRate),
        HasAccount: false,
        HasValidationErrors: false,
      }),
    );
  }
  return shown;
}

function allocationsFrom(books: Books, sourceId: string): Wire[] {
  const shown: Wire[] = [];
  for (const id of books.allocations.by("source", sourceId)) {
    const wire = presentAllocation(books, id);
    if (wire !== null) shown.push(wire);
  }
  return shown;
}

/** One allocation with the invoice that it settles. */
export function presentAllocation(books: Books, id: string): Wire | null {
  const allocation = books.allocations.get(id);
  if (allocation === undefined) return null;
  const invoice = books.invoices.head(allocation.invoiceId);
  return {
    AllocationID: allocation.id,
    Amount: wireNumber(allocation.amount),
    Date: wireDay(allocation.date),
    Invoice: {
      InvoiceID: allocation.invoiceId,
      InvoiceNumber: invoice?.number ?? "",
      HasErrors: false,
      IsDiscounted: false,
    },
    IsDeleted: false,
  };
}
