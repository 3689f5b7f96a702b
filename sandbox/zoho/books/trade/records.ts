/**
 * What the simulated Zoho Books keeps of the documents beside invoices and credit notes. Bills, purchase
 * orders, sales orders, vendor credits and estimates are one kind of record, since Zoho computes and
 * answers them alike; their states differ. Statuses that follow from amounts and dates are not kept.
 */
import type { AppliedTag, Stamped, StoredDocument, StoredLine, StoredRefund } from "../records";

export interface AppliedField {
  readonly id?: string;
  readonly index?: number;
  readonly label?: string;
  readonly apiName?: string;
  readonly value: string;
}

export type TradeState =
  | "draft"
  | "pending_approval"
  | "approved"
  | "rejected"
  | "open"
  | "sent"
  | "accepted"
  | "declined"
  | "billed"
  | "cancelled"
  | "void";

/** How much of an order's quantities later documents have taken over. */
export type Fulfilment = "none" | "some" | "all";

/** `customerId` of a purchase is the vendor. */
export interface StoredTrade extends StoredDocument {
  readonly state: TradeState;
  /** Of bills and purchase orders; the expiry date of an estimate. */
  readonly dueDate: string;
  /** Delivery of a purchase order, shipment of a sales order. */
  readonly deliveryDate: string;
  readonly paymentTerms: number;
  /** Of a bill: what vendor payments settle. */
  readonly paid: string;
  /** Of a bill: what vendor credits settle. Of a vendor credit: what bills have used. */
  readonly credited: string;
  /** Of a vendor credit. */
  readonly refunded: string;
  /** Of a bill: vendor payments and vendor credits that settle it. */
  readonly settlementIds: readonly string[];
  /** Of a vendor credit. */
  readonly credits: readonly AppliedCredit[];
  readonly refunds: readonly StoredRefund[];
  /** Of a bill: purchase orders it came from. Of an order: documents made from it. */
  readonly linkedIds: readonly string[];
  /** Of an order: quantity taken over, by line id. */
  readonly taken: Readonly<Record<string, string>>;
  readonly fulfilment: Fulfilment;
  readonly customFields: readonly AppliedField[];
  readonly tags: readonly AppliedTag[];
  readonly shipVia: string;
  readonly attention: string;
  readonly salespersonName: string;
  readonly emailed: boolean;
}

export interface AppliedCredit {
  readonly id: string;
  readonly billId: string;
  readonly amount: string;
  readonly date: string;
}

export type TradeHeader = Pick<
  StoredTrade,
  | "number"
  | "reference"
  | "customerId"
  | "date"
  | "dueDate"
  | "deliveryDate"
  | "state"
  | "subTotal"
  | "total"
  | "paid"
  | "credited"
  | "refunded"
  | "linkedIds"
  | "fulfilment"
  | "currencyCode"
  | "exchangeRate"
  | "customFields"
  | "emailed"
  | "created"
  | "modified"
>;

export type StoredTradeLine = StoredLine;

export interface StoredVendorPayment extends Stamped {
  readonly number: string;
  readonly vendorId: string;
  readonly date: string;
  readonly mode: string;
  readonly amount: string;
  readonly currencyCode: string;
  readonly exchangeRate: string;
  readonly reference: string;
  readonly description: string;
  readonly accountId: string;
  readonly printedCheck: boolean;
  readonly applied: readonly { readonly id: string; readonly billId: string; readonly amount: string }[];
  readonly refunds: readonly StoredRefund[];
  readonly customFields: readonly AppliedField[];
  readonly tags: readonly AppliedTag[];
}

export interface StoredExpense extends Stamped {
  readonly date: string;
  readonly accountId: string;
  readonly paidThroughAccountId: string;
  readonly vendorId: string;
  readonly customerId: string;
  readonly reference: string;
  readonly description: string;
  readonly currencyCode: string;
  readonly exchangeRate: string;
  readonly inclusive: boolean;
  readonly billable: boolean;
  readonly lines: readonly StoredExpenseLine[];
  readonly itemized: boolean;
  readonly subTotal: string;
  readonly taxTotal: string;
  readonly total: string;
  readonly customFields: readonly AppliedField[];
  readonly tags: readonly AppliedTag[];
}

export interface StoredExpenseLine {
  readonly id: string;
  readonly accountId: string;
  readonly description: string;
  /** As entered: with tax where the expense is inclusive. */
  readonly amount: string;
  readonly taxId: string;
  readonly taxAmount: string;
  readonly tags: readonly AppliedTag[];
}

export interface StoredJournal extends Stamped {
  readonly number: string;
  readonly date: string;
  readonly reference: string;
  readonly notes: string;
  readonly type: string;
  readonly currencyCode: string;
  readonly exchangeRate: string;
  readonly status: "draft" | "published" | "submitted" | "approved" | "rejected";
  readonly lines: readonly StoredJournalLine[];
  readonly lineTotal: string;
  readonly total: string;
  readonly customFields: readonly AppliedField[];
  readonly tags: readonly AppliedTag[];
}

export interface StoredJournalLine {
  readonly id: string;
  readonly accountId: string;
  readonly contactId: string;
  readonly description: string;
  readonly side: "debit" | "credit";
  readonly amount: string;
  readonly taxId: string;
  readonly taxAmount: string;
  readonly tags: readonly AppliedTag[];
}

export interface StoredComment {
  readonly id: string;
  readonly description: string;
  /** "2026-07-01T09:30:00Z" */
  readonly time: string;
}

export interface StoredAttachment {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly base64: string;
}
