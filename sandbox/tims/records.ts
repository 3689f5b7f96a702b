/**
 * The kinds of record of the simulated TIMS and where each is found. TIMS publishes no description of its API: three
 * addresses are known, and the rest is this project's assumption in their manner (README.md has the list). Rows are
 * kept as they are answered.
 */
export type Row = Readonly<Record<string, unknown>> & { readonly modifiedOn: string };

export interface Resource {
  /** Below /api/v1. */
  readonly path: string;
  readonly idField: string;
}

export const RESOURCES = {
  companies: { path: "/companies", idField: "companyId" },
  customers: { path: "/customers", idField: "customerId" },
  vendors: { path: "/vendors", idField: "vendorId" },
  items: { path: "/inventory/items", idField: "sku" },
  adjustments: { path: "/inventory/adjustments", idField: "adjustmentId" },
  salesOrders: { path: "/salesorders", idField: "salesOrderId" },
  invoices: { path: "/accounts/receivable/invoices", idField: "invoiceId" },
  creditMemos: { path: "/accounts/receivable/creditmemos", idField: "creditMemoId" },
  receipts: { path: "/accounts/receivable/payments", idField: "paymentId" },
  purchaseOrders: { path: "/purchaseorders", idField: "purchaseOrderId" },
  bills: { path: "/accounts/payable/bills", idField: "billId" },
  vendorCredits: { path: "/accounts/payable/credits", idField: "vendorCreditId" },
  disbursements: { path: "/accounts/payable/payments", idField: "paymentId" },
  entries: { path: "/generalledger/entries", idField: "entryId" },
  accounts: { path: "/generalledger/accounts", idField: "accountCode" },
  taxCodes: { path: "/generalledger/taxcodes", idField: "taxCode" },
  dimensions: { path: "/generalledger/dimensions", idField: "dimensionCode" },
} as const satisfies Readonly<Record<string, Resource>>;

export type ResourceName = keyof typeof RESOURCES;

/** Longer paths first, so that "/inventory/items" is not taken for a record of another resource. */
export const RESOURCE_NAMES = (Object.keys(RESOURCES) as ResourceName[]).sort(
  (first, second) => RESOURCES[second].path.length - RESOURCES[first].path.length,
);

/** The resource of a path below /api/v1 and what follows its name. */
export function findResource(path: string): { name: ResourceName; rest: readonly string[] } | null {
  for (const name of RESOURCE_NAMES) {
    const { path: own } = RESOURCES[name];
    if (path === own) return { name, rest: [] };
    if (path.startsWith(`${own}/`))
      return {
        name,
        rest: path
          .slice(own.length + 1)
          .split("/")
          .map(decodeURIComponent),
      };
  }
  return null;
}
