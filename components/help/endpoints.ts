/**
 * The calls that Tieout makes, for those who review an integration: which path, what for, and how often. A test holds the
 * list to the connectors' code, both ways.
 */
export interface Endpoint {
  readonly path: string;
  readonly reads: boolean;
  readonly writes: boolean;
  readonly purpose: string;
}

export interface EndpointTable {
  readonly system: string;
  readonly base: string;
  readonly notes: string;
  readonly endpoints: readonly Endpoint[];
}

const row = (path: string, access: "read" | "write" | "both", purpose: string): Endpoint => ({
  path,
  reads: access !== "write",
  writes: access !== "read",
  purpose,
});

export const XERO_ENDPOINTS: EndpointTable = {
  system: "Xero",
  base: "https://api.xero.com/api.xro/2.0",
  notes:
    "Read by If-Modified-Since in pages; written in batches of up to 50 with an idempotency key and a mark of ours. Limits: 60 calls a minute, 5 at once, and the plan's day. Bills are /Invoices of type ACCPAY. Notices arrive for contacts, invoices and credit notes.",
  endpoints: [
    row("/Accounts", "read", "Chart of accounts, to map and to check"),
    row("/BankTransactions", "both", "Money spent and received, overpayments"),
    row("/Contacts", "both", "Customers and suppliers"),
    row("/CreditNotes", "both", "Credit notes and supplier credits, with what they are set against"),
    row("/Currencies", "read", "Currencies that are switched on"),
    row("/Invoices", "both", "Sales invoices and bills"),
    row("/Items", "both", "Products and services"),
    row("/ManualJournals", "both", "Journals without a bank account"),
    row("/Organisation", "read", "Name, base currency, lock dates and plan"),
    row("/Payments", "both", "Payments of invoices and bills"),
    row("/PurchaseOrders", "both", "Purchase orders"),
    row("/TaxRates", "read", "Tax rates, to map and to check"),
    row("/TrackingCategories", "read", "Tracking categories and their options"),
  ],
};

export const ZOHO_BOOKS_ENDPOINTS: EndpointTable = {
  system: "Zoho Books",
  base: "https://www.zohoapis.{region}/books/v3",
  notes:
    "Read by last_modified_time where Zoho has it, in pages of 200; items and customer payments are listed whole. Limits: 100 calls a minute and the plan's day. Written to only where you switched that on.",
  endpoints: [
    row("/bills", "read", "Suppliers' bills"),
    row("/chartofaccounts", "read", "Accounts, to map"),
    row("/contacts", "both", "Customers and vendors"),
    row("/creditnotes", "both", "Credit notes, and the invoices they are set against"),
    row("/customerpayments", "both", "Payments received"),
    row("/expenses", "read", "Expenses"),
    row("/invoices", "both", "Sales invoices; voided there where you switched that on"),
    row("/items", "both", "Products and services"),
    row("/journals", "read", "Manual journals"),
    row("/organizations", "read", "Name, base currency and time zone"),
    row("/purchaseorders", "read", "Purchase orders"),
    row("/reportingtags", "read", "Reporting tags, to map to tracking"),
    row("/settings", "read", "Tax rates and currencies"),
    row("/transactionlocks", "read", "Closed periods"),
    row("/vendorcredits", "read", "Supplier credits"),
    row("/vendorpayments", "read", "Payments made"),
  ],
};

export const ENDPOINT_TABLES: readonly EndpointTable[] = [XERO_ENDPOINTS, ZOHO_BOOKS_ENDPOINTS];
