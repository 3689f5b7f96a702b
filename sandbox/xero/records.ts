/**
 * What the simulated Xero keeps, in its own words: amounts, rates and quantities as decimal text, days as
 * YYYY-MM-DD, instants in milliseconds. Nothing here is Xero's wire format; present/ and write/ translate.
 */

/** Every record: its GUID and when it was made and last changed (sandbox time, milliseconds). */
export interface Kept {
  readonly id: string;
  readonly createdMs: number;
  readonly updatedMs: number;
}

export interface XeroUser {
  readonly id: string;
  readonly email: string;
  readonly givenName: string;
  readonly familyName: string;
  /** Shown on the sign-in page, for example "Owner". */
  readonly role: string;
  readonly tenantIds: readonly string[];
}

export interface Organisation extends Kept {
  readonly name: string;
  readonly legalName: string;
  readonly shortCode: string;
  readonly countryCode: string;
  readonly baseCurrency: string;
  readonly timezone: string;
  readonly taxNumber: string | null;
  readonly registrationNumber: string | null;
  readonly financialYearEndDay: number;
  readonly financialYearEndMonth: number;
  readonly periodLockDate: string | null;
  readonly endOfYearLockDate: string | null;
  readonly currencies: readonly string[];
  /** Units of the foreign currency for one of the base currency, used when a document names no rate. */
  readonly dayRates: Readonly<Record<string, string>>;
  readonly nextInvoiceNumber: number;
  readonly nextCreditNoteNumber: number;
  readonly profile?: OrganisationProfile;
}

/** What an organisation says of itself; shown by GET /Organisation and read by nothing else. */
export interface OrganisationProfile {
  readonly apiKey: string;
  readonly organisationType: string;
  readonly salesTaxBasis: string;
  readonly salesTaxPeriod: string;
  readonly lineOfBusiness: string;
  /** Xero's spelling. */
  readonly addresses: readonly Passed[];
  readonly phones: readonly Passed[];
  readonly externalLinks: readonly Passed[];
  readonly paymentTerms: Passed;
}

export type AccountClass = "ASSET" | "EQUITY" | "EXPENSE" | "LIABILITY" | "REVENUE";

export interface Account extends Kept {
  readonly code: string;
  readonly name: string;
  readonly type: string;
  readonly class: AccountClass;
  readonly status: "ACTIVE" | "ARCHIVED";
  readonly taxType: string;
  readonly description: string | null;
  readonly enablePaymentsToAccount: boolean;
  readonly systemAccount: string | null;
  /** Bank accounts only. */
  readonly currency: string | null;
  readonly bankAccountNumber: string | null;
  readonly bankAccountType?: "BANK" | "CREDITCARD";
  readonly showInExpenseClaims?: boolean;
  readonly addToWatchlist?: boolean;
}

export interface TaxRate extends Kept {
  readonly name: string;
  readonly taxType: string;
  readonly reportTaxType: string;
  /** Percent, for example "20". */
  readonly rate: string;
  readonly status: "ACTIVE" | "ARCHIVED" | "DELETED";
  readonly appliesTo: readonly AccountClass[];
  /** What the rate is made of; without it, one component of the country's usual name. */
  readonly components?: readonly TaxComponent[];
}

export interface TaxComponent {
  readonly name: string;
  /** Percent. */
  readonly rate: string;
  readonly isCompound: boolean;
  readonly isNonRecoverable: boolean;
}

export interface TrackingOption {
  readonly id: string;
  readonly name: string;
  readonly status: "ACTIVE" | "ARCHIVED";
}

export interface TrackingCategory extends Kept {
  readonly name: string;
  readonly status: "ACTIVE" | "ARCHIVED";
  readonly options: readonly TrackingOption[];
}

/** Contact details that the simulator keeps and gives back without reading them. */
export type Passed = Readonly<Record<string, unknown>>;

export interface Contact extends Kept {
  readonly name: string;
  readonly contactNumber: string | null;
  readonly accountNumber: string | null;
  readonly status: "ACTIVE" | "ARCHIVED" | "GDPRREQUEST";
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly companyNumber: string | null;
  readonly taxNumber: string | null;
  readonly defaultCurrency: string | null;
  readonly other: Passed;
}

export interface Item extends Kept {
  readonly code: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly purchaseDescription: string | null;
  readonly isSold: boolean;
  readonly isPurchased: boolean;
  readonly sales: ItemPrice | null;
  readonly purchase: ItemPrice | null;
  /** Of items whose stock Xero counts. */
  readonly inventory?: ItemInventory | undefined;
}

export interface ItemInventory {
  readonly assetAccountCode: string;
  readonly cogsAccountCode: string;
}

export interface ItemPrice {
  readonly unitPrice: string | null;
  readonly accountCode: string | null;
  readonly taxType: string | null;
}

export interface Line {
  readonly id: string;
  readonly description: string | null;
  readonly quantity: string | null;
  readonly unitAmount: string | null;
  readonly itemCode: string | null;
  readonly accountCode: string | null;
  readonly taxType: string | null;
  readonly taxAmount: string;
  readonly lineAmount: string;
  readonly discountRate: string | null;
  readonly discountAmount: string | null;
  /** Option ids, one a category. */
  readonly tracking: readonly string[];
}

/** What one document did to the stock of a tracked item, at the cost of that moment. */
export interface StockMove {
  readonly itemId: string;
  /** Above zero into stock, below zero out of it. */
  readonly quantity: string;
  /** In the base currency, of the same sign. */
  readonly cost: string;
  readonly assetAccountCode: string;
  /** Null where the document's own line is posted to the inventory account. */
  readonly cogsAccountCode: string | null;
}

export type LineAmountTypes = "Exclusive" | "Inclusive" | "NoTax";

export interface Totals {
  readonly subTotal: string;
  readonly totalTax: string;
  readonly total: string;
}

/** What invoices, bills, credit notes and bank transactions have in common. */
export interface DocumentCore extends Kept, Totals {
  readonly contactId: string;
  readonly date: string;
  readonly lineAmountTypes: LineAmountTypes;
  readonly currency: string;
  /** Units of the document's currency for one of the base currency. */
  readonly currencyRate: string;
  readonly reference: string | null;
  readonly url: string | null;
  readonly lines: readonly Line[];
  /** False for what a person typed in Xero. */
  readonly byApp: boolean;
  /** Of approved documents with tracked items only. */
  readonly stock?: readonly StockMove[] | undefined;
}

export type DocumentStatus = "DRAFT" | "SUBMITTED" | "AUTHORISED" | "PAID" | "VOIDED" | "DELETED";

export interface Invoice extends DocumentCore {
  readonly type: "ACCREC" | "ACCPAY";
  readonly status: DocumentStatus;
  /** Empty text for a bill without one. */
  readonly number: string;
  readonly dueDate: string | null;
  readonly plannedPaymentDate: string | null;
  readonly expectedPaymentDate: string | null;
  readonly sentToContact: boolean;
  readonly totalDiscount: string;
  /** Added to the lines' sum in an organisation that has opted in; absent when there is none. */
  readonly roundingAmount?: string | undefined;
  /** Of drafts in an organisation that has opted in. */
  readonly enteredTotal?: string | undefined;
  readonly brandingThemeId?: string | undefined;
  readonly amountDue: string;
  readonly amountPaid: string;
  readonly amountCredited: string;
  readonly fullyPaidOn: string | null;
}

export interface CreditNote extends DocumentCore {
  readonly type: "ACCRECCREDIT" | "ACCPAYCREDIT";
  readonly status: DocumentStatus;
  readonly number: string;
  readonly remainingCredit: string;
  readonly fullyPaidOn: string | null;
  readonly brandingThemeId?: string | undefined;
}

export interface BankTransaction extends DocumentCore {
  readonly type:
    | "RECEIVE"
    | "SPEND"
    | "RECEIVE-OVERPAYMENT"
    | "SPEND-OVERPAYMENT"
    | "RECEIVE-PREPAYMENT"
    | "SPEND-PREPAYMENT";
  readonly status: "AUTHORISED" | "DELETED";
  readonly bankAccountId: string;
  readonly isReconciled: boolean;
  /** The overpayment or prepayment that it made. */
  readonly creditId: string | null;
}

/** An overpayment or prepayment: money of a contact that waits to be allocated. */
export interface UnappliedCredit extends DocumentCore {
  readonly type: "RECEIVE-OVERPAYMENT" | "SPEND-OVERPAYMENT" | "RECEIVE-PREPAYMENT" | "SPEND-PREPAYMENT";
  readonly status: "AUTHORISED" | "PAID" | "VOIDED";
  readonly bankTransactionId: string;
  readonly remainingCredit: string;
}

export interface Payment extends Kept {
  readonly target: PaymentTarget;
  readonly accountId: string;
  readonly date: string;
  readonly amount: string;
  readonly bankAmount: string;
  readonly currencyRate: string;
  readonly reference: string | null;
  readonly status: "AUTHORISED" | "DELETED";
  readonly isReconciled: boolean;
  /** Of a payment made in a batch. */
  readonly batchId?: string;
}

export interface PaymentTarget {
  readonly kind: "invoice" | "creditNote" | "overpayment" | "prepayment";
  readonly id: string;
}

export interface Allocation extends Kept {
  readonly source: { readonly kind: "creditNote" | "overpayment" | "prepayment"; readonly id: string };
  readonly invoiceId: string;
  readonly amount: string;
  readonly date: string;
}

/** One consented link of this app to an organisation, as GET /connections lists it. */
export interface Connection extends Kept {
  readonly clientId: string;
  readonly userId: string;
  readonly tenantId: string;
  readonly authEventId: string;
}
