/** The lists of TIMS below its path. Three addresses are known, the others are assumed in their manner (README.md). */
export const API_PATH = "/api/v1";

export interface Resource {
  /** As a field map names it. */
  readonly name: string;
  readonly path: string;
  readonly idField: string;
  /** A TIMS without this list has no such records; without any other one it cannot be read. */
  readonly isOptional?: true;
}

const resource = (name: string, path: string, idField: string): Resource => ({ name, path, idField });
const optional = (name: string, path: string, idField: string): Resource => ({
  ...resource(name, path, idField),
  isOptional: true,
});

/** Known. */
export const SALES_ORDERS = resource("salesorders", "/salesorders", "salesOrderId");
/** Known by /inventory/items/{sku}/quantity. */
export const ITEMS = resource("items", "/inventory/items", "sku");
/** Known. */
export const RECEIVABLES = resource("invoices", "/accounts/receivable/invoices", "invoiceId");

export const CREDIT_MEMOS = optional("creditmemos", "/accounts/receivable/creditmemos", "creditMemoId");
export const RECEIPTS = resource("receipts", "/accounts/receivable/payments", "paymentId");
export const CUSTOMERS = resource("customers", "/customers", "customerId");
export const VENDORS = resource("vendors", "/vendors", "vendorId");
export const PURCHASE_ORDERS = resource("purchaseorders", "/purchaseorders", "purchaseOrderId");
export const BILLS = resource("bills", "/accounts/payable/bills", "billId");
export const VENDOR_CREDITS = optional("vendorcredits", "/accounts/payable/credits", "vendorCreditId");
export const DISBURSEMENTS = resource("disbursements", "/accounts/payable/payments", "paymentId");
export const ADJUSTMENTS = resource("adjustments", "/inventory/adjustments", "adjustmentId");
export const ENTRIES = resource("entries", "/generalledger/entries", "entryId");
export const ACCOUNTS = resource("accounts", "/generalledger/accounts", "accountCode");
export const TAX_CODES = resource("taxcodes", "/generalledger/taxcodes", "taxCode");
export const DIMENSIONS = resource("dimensions", "/generalledger/dimensions", "dimensionCode");
export const COMPANIES = resource("companies", "/companies", "companyId");
