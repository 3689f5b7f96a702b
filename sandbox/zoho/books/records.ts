/**
 * What the simulated Zoho Books keeps of each record, in its own compact form: amounts as decimal text,
 * instants as ISO text to the second, lines apart from their document so that a payment does not rewrite a
 * thousand of them. What a client sees is made from this in the wire files.
 */
import type { TaxRounding } from "./arithmetic";

export interface Stamped {
  /** "2026-07-01T09:30:00Z" */
  readonly created: string;
  readonly modified: string;
}

export interface StoredOrganization extends Stamped {
  readonly name: string;
  readonly contactName: string;
  readonly email: string;
  readonly dataCentre: string;
  readonly currencyCode: string;
  readonly timeZone: string;
  readonly countryCode: string;
  readonly plan: ZohoPlan;
  readonly taxRounding: TaxRounding;
}

export type ZohoPlan = "FREE" | "STANDARD" | "PROFESSIONAL" | "PREMIUM" | "ENTERPRISE";

export interface StoredAccount extends Stamped {
  readonly name: string;
  readonly code: string;
  readonly type: string;
  readonly active: boolean;
  readonly system: boolean;
}

export interface StoredTax extends Stamped {
  readonly name: string;
  readonly percentage: string;
  readonly isDefault: boolean;
}

export interface StoredCurrency extends Stamped {
  readonly code: string;
  readonly name: string;
  readonly symbol: string;
  readonly precision: number;
  readonly isBase: boolean;
  /** Base currency for one unit, newest first; empty for the base currency. */
  readonly rates: readonly { readonly id: string; readonly date: string; readonly rate: string }[];
}

export interface StoredTag extends Stamped {
  readonly name: string;
  readonly options: readonly { readonly id: string; readonly name: string }[];
}

export interface StoredAddress {
  readonly attention?: string;
  readonly address?: string;
  readonly street2?: string;
  readonly city?: string;
  readonly state?: string;
  readonly zip?: string;
  readonly country?: string;
  readonly phone?: string;
}

export interface StoredContact extends Stamped {
  readonly name: string;
  readonly company: string;
  readonly type: "customer" | "vendor";
  readonly active: boolean;
  readonly currencyCode: string;
  readonly paymentTerms: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly mobile: string;
  readonly website: string;
  readonly notes: string;
  readonly billing: StoredAddress;
  readonly shipping: StoredAddress;
}

export interface StoredItem extends Stamped {
  readonly name: string;
  readonly sku: string;
  readonly description: string;
  readonly rate: string;
  readonly unit: string;
  readonly active: boolean;
  readonly taxId: string;
  readonly accountId: string;
  readonly productType: "goods" | "service";
}

export interface AppliedTag {
  readonly tagId: string;
  readonly optionId: string;
}

export interface StoredLine {
  readonly id: string;
  readonly itemId?: string;
  /** Absent: the item's name. */
  readonly name?: string;
  readonly description: string;
  readonly rate: string;
  readonly quantity: string;
  readonly unit?: string;
  readonly discount?: string;
  readonly discountAmount?: string;
  readonly taxId?: string;
  readonly accountId: string;
  readonly itemTotal: string;
  readonly tags?: readonly AppliedTag[];
}

/** What invoices and credit notes have in common. */
export interface StoredDocument extends Stamped {
  readonly number: string;
  readonly reference: string;
  readonly customerId: string;
  readonly date: string;
  readonly currencyCode: string;
  readonly exchangeRate: string;
  readonly taxRounding: TaxRounding;
  readonly inclusive: boolean;
  readonly discount: { readonly value: string; readonly beforeTax: boolean } | null;
  readonly shippingCharge: string;
  readonly adjustment: string;
  readonly adjustmentDescription: string;
  readonly subTotal: string;
  readonly discountTotal: string;
  readonly taxes: readonly { readonly taxId: string; readonly amount: string }[];
  readonly taxTotal: string;
  readonly total: string;
  readonly notes: string;
  readonly terms: string;
  readonly billing: StoredAddress;
  readonly shipping: StoredAddress;
}

export interface StoredInvoice extends StoredDocument {
  readonly dueDate: string;
  readonly paymentTerms: number;
  /** Paid and overdue follow from amounts and dates. */
  readonly state: "draft" | "sent" | "void";
  readonly paid: string;
  readonly credited: string;
  readonly writtenOff: string;
  readonly paymentIds: readonly string[];
  readonly creditNoteIds: readonly string[];
  readonly lastPaymentDate: string;
}

export interface StoredCreditNote extends StoredDocument {
  readonly state: "draft" | "open" | "void";
  readonly credits: readonly {
    readonly id: string;
    readonly invoiceId: string;
    readonly amount: string;
    readonly date: string;
  }[];
}

export interface StoredPayment extends Stamped {
  readonly number: string;
  readonly customerId: string;
  readonly date: string;
  readonly mode: string;
  readonly amount: string;
  readonly bankCharges: string;
  readonly currencyCode: string;
  readonly exchangeRate: string;
  readonly reference: string;
  readonly description: string;
  readonly accountId: string;
  readonly applied: readonly { readonly id: string; readonly invoiceId: string; readonly amount: string }[];
}

export type InvoiceHeader = Pick<
  StoredInvoice,
  | "number"
  | "reference"
  | "customerId"
  | "date"
  | "dueDate"
  | "state"
  | "total"
  | "paid"
  | "credited"
  | "writtenOff"
  | "currencyCode"
  | "exchangeRate"
  | "adjustment"
  | "shippingCharge"
  | "lastPaymentDate"
  | "created"
  | "modified"
>;

export type CreditNoteHeader = Pick<
  StoredCreditNote,
  | "number"
  | "reference"
  | "customerId"
  | "date"
  | "state"
  | "total"
  | "currencyCode"
  | "exchangeRate"
  | "created"
  | "modified"
> & { readonly used: string };
