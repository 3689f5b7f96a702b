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
  /** Its records stand in collections of its own; absent for the first organisation of a sandbox. */
  readonly apart?: boolean;
  readonly portalName?: string;
  /** Absent: active. */
  readonly active?: boolean;
  readonly fiscalYearStartMonth?: number;
  readonly dateFormat?: string;
  readonly fieldSeparator?: string;
  readonly languageCode?: string;
  readonly industryType?: string;
  readonly industrySize?: string;
  readonly phone?: string;
  readonly fax?: string;
  readonly website?: string;
  readonly orgAddress?: string;
  readonly remitToAddress?: string;
  readonly address?: Readonly<Record<string, string>>;
}

export type ZohoPlan = "FREE" | "STANDARD" | "PROFESSIONAL" | "PREMIUM" | "ENTERPRISE";

export interface StoredAccount extends Stamped {
  readonly name: string;
  readonly code: string;
  readonly type: string;
  readonly active: boolean;
  readonly system: boolean;
  readonly description?: string;
  readonly parentId?: string;
  /** Absent: the base currency. */
  readonly currencyCode?: string;
  readonly customFields?: CustomValues;
  /** Of a bank, credit card or cash account. */
  readonly bankName?: string;
  readonly accountNumber?: string;
  readonly routingNumber?: string;
  readonly primary?: boolean;
}

/** Values of custom fields by the id of the field. */
export type CustomValues = Readonly<Record<string, string>>;

/** A custom field that an administrator made; Zoho has no API call for making one. */
export interface StoredCustomField extends Stamped {
  readonly module: "contact" | "item" | "account" | "invoice" | "creditnote" | "customerpayment";
  readonly label: string;
  /** "cf_external_id" */
  readonly apiName: string;
  /** From 1, by module. */
  readonly index: number;
  readonly unique: boolean;
  readonly mandatory: boolean;
}

export interface StoredUser extends Stamped {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly status: "active" | "inactive" | "invited";
  readonly roleId?: string;
  readonly costRate?: string;
  /** The login that this user is; absent for invited people. */
  readonly loginId?: string;
}

export interface StoredLocation extends Stamped {
  readonly name: string;
  readonly type: string;
  readonly email: string;
  readonly phone: string;
  readonly address: Readonly<Record<string, string>>;
  readonly taxSettingsId: string;
  readonly parentId: string;
  readonly primary: boolean;
  readonly active: boolean;
}

export type LockModule = "sales" | "purchase" | "accountant" | "banking" | "inventory_adjustments";

/** Transactions of a module dated on or before `date` cannot change. */
export interface StoredLock extends Stamped {
  /** "all" locks every module. */
  readonly module: LockModule | "all";
  readonly date: string;
  readonly reason: string;
  readonly status: "enabled" | "enabled_with_logging" | "disabled";
  readonly userIds: readonly string[];
  readonly accountIds: readonly string[];
  /** Dates that are open in spite of the lock. */
  readonly opening?: { readonly module: LockModule | "all"; readonly start: string; readonly end: string };
}

export interface StoredTax extends Stamped {
  readonly name: string;
  readonly percentage: string;
  readonly isDefault: boolean;
  /** "compound_tax" is computed on the price with the other taxes; absent: "tax". */
  readonly type?: "tax" | "compound_tax" | "tax_group";
  /** Of a group: its taxes; its percentage is their sum. */
  readonly memberIds?: readonly string[];
  readonly countryCode?: string;
  readonly valueAdded?: boolean;
  readonly editable?: boolean;
}

export interface StoredCurrency extends Stamped {
  readonly code: string;
  readonly name: string;
  readonly symbol: string;
  readonly precision: number;
  readonly isBase: boolean;
  /** "1,234,567.89"; absent: by the precision. */
  readonly format?: string;
  /** Base currency for one unit, newest first; empty for the base currency. */
  readonly rates: readonly { readonly id: string; readonly date: string; readonly rate: string }[];
}

export interface StoredTag extends Stamped {
  readonly name: string;
  readonly options: readonly StoredTagOption[];
  readonly description?: string;
  /** Absent: active. */
  readonly active?: boolean;
  readonly mandatory?: boolean;
  /** Place in the list; absent: by age, before those that have one. */
  readonly order?: number;
  readonly entities?: readonly { readonly entity_name: string; readonly is_enabled: boolean }[];
  readonly multiPreference?: {
    readonly preference: string;
    readonly entities: readonly { readonly entity_name: string; readonly is_enabled: boolean }[];
  };
}

export interface StoredTagOption {
  readonly id: string;
  readonly name: string;
  /** The option that it stands under. */
  readonly parentId?: string;
  /** Absent: active. */
  readonly active?: boolean;
  readonly isDefault?: boolean;
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
  readonly fax?: string;
  readonly stateCode?: string;
}

export interface StoredPerson {
  readonly id: string;
  readonly salutation?: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly mobile: string;
  readonly designation?: string;
  readonly department?: string;
  readonly skype?: string;
  readonly portal?: boolean;
  readonly primary: boolean;
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
  /** Absent: one primary person of the names above, when there are any. The primary one is also above. */
  readonly persons?: readonly StoredPerson[];
  /** Besides billing and shipping. */
  readonly addresses?: readonly (StoredAddress & { readonly id: string })[];
  readonly customFields?: CustomValues;
  readonly tags?: readonly AppliedTag[];
  /** Fields that are kept and given back as they came, by Zoho's name. */
  readonly kept?: Readonly<Record<string, string | number | boolean>>;
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
  /** Absent: "sales". */
  readonly itemType?: "sales" | "purchases" | "sales_and_purchases" | "inventory";
  readonly purchaseRate?: string;
  readonly purchaseDescription?: string;
  readonly purchaseAccountId?: string;
  readonly inventoryAccountId?: string;
  readonly vendorId?: string;
  readonly reorderLevel?: string;
  /** Opening stock of a tracked item, and what one cost. */
  readonly initialStock?: string;
  readonly initialStockRate?: string;
  readonly taxable?: boolean;
  readonly customFields?: CustomValues;
  readonly kept?: Readonly<Record<string, string | number | boolean>>;
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
  /** Line of the order that this line takes over. */
  readonly sourceLineId?: string;
  /** Customer to whom a purchase will be charged. */
  readonly customerId?: string;
  readonly billable?: boolean;
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

/** What an invoice or a credit note has besides its figures; what is absent was never given. */
export interface DocumentExtras {
  readonly customFields?: CustomValues;
  /** People of the customer. */
  readonly personIds?: readonly string[];
  readonly salespersonName?: string;
}

/** Money given back of a credit or of an excess payment. */
export interface StoredRefund {
  readonly id: string;
  readonly date: string;
  readonly mode: string;
  readonly reference: string;
  readonly amount: string;
  readonly exchangeRate: string;
  readonly accountId: string;
  readonly description: string;
  readonly modified: string;
}

export interface StoredInvoice extends StoredDocument, DocumentExtras {
  readonly dueDate: string;
  readonly paymentTerms: number;
  /** Paid and overdue follow from amounts and dates. */
  readonly state: "draft" | "pending_approval" | "approved" | "sent" | "void";
  readonly paid: string;
  readonly credited: string;
  readonly writtenOff: string;
  readonly paymentIds: readonly string[];
  readonly creditNoteIds: readonly string[];
  readonly lastPaymentDate: string;
}

export interface StoredCreditNote extends StoredDocument, DocumentExtras {
  readonly state: "draft" | "pending_approval" | "open" | "void";
  readonly refunds?: readonly StoredRefund[];
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
  readonly refunds?: readonly StoredRefund[];
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
  | "customFields"
  | "salespersonName"
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
  | "customFields"
  | "created"
  | "modified"
> & { readonly used: string };
