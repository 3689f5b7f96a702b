/** The calls of Xero and Zoho Books that a trial strikes, as the sandbox's call log names them. */
export interface StruckCall {
  readonly service: "xero" | "zoho";
  readonly recordType: string;
  readonly verb: "create" | "update" | "void";
  readonly method: "PUT" | "POST" | "DELETE";
  readonly operation: string;
  /** Whether a company that sells alone comes to it. */
  readonly side: Side;
}

/** What a company sells and receives, or also what it buys, spends and books by hand. */
export type Side = "sales" | "purchases";

const call = (
  side: Side,
  recordType: string,
  verb: StruckCall["verb"],
  method: StruckCall["method"],
  operation: string,
): StruckCall => ({ service: "xero", recordType, verb, method, operation, side });

export const LEDGER_CALLS = [
  call("sales", "contact", "create", "PUT", "/Contacts"),
  call("sales", "item", "create", "PUT", "/Items"),
  call("sales", "invoice", "create", "PUT", "/Invoices"),
  call("sales", "creditNote", "create", "PUT", "/CreditNotes"),
  call("sales", "allocation", "create", "PUT", "/CreditNotes/{id}/Allocations"),
  call("sales", "payment", "create", "PUT", "/Payments"),
  call("sales", "overpayment", "create", "PUT", "/BankTransactions"),
  call("sales", "invoice", "void", "POST", "/Invoices"),
  call("sales", "creditNote", "void", "POST", "/CreditNotes"),
  call("sales", "allocation", "void", "DELETE", "/CreditNotes/{id}/Allocations/{id}"),
  call("sales", "payment", "void", "POST", "/Payments/{id}"),
  call("sales", "overpayment", "void", "POST", "/BankTransactions"),
  call("purchases", "purchaseOrder", "create", "PUT", "/PurchaseOrders"),
  call("purchases", "bill", "create", "PUT", "/Invoices"),
  call("purchases", "supplierCredit", "create", "PUT", "/CreditNotes"),
  call("purchases", "supplierAllocation", "create", "PUT", "/CreditNotes/{id}/Allocations"),
  call("purchases", "billPayment", "create", "PUT", "/Payments"),
  call("purchases", "supplierOverpayment", "create", "PUT", "/BankTransactions"),
  call("purchases", "bankTransaction", "create", "PUT", "/BankTransactions"),
  call("purchases", "manualJournal", "create", "PUT", "/ManualJournals"),
  call("purchases", "purchaseOrder", "void", "POST", "/PurchaseOrders"),
  call("purchases", "bill", "void", "POST", "/Invoices"),
  call("purchases", "supplierCredit", "void", "POST", "/CreditNotes"),
  call("purchases", "supplierAllocation", "void", "DELETE", "/CreditNotes/{id}/Allocations/{id}"),
  call("purchases", "billPayment", "void", "POST", "/Payments/{id}"),
  call("purchases", "supplierOverpayment", "void", "POST", "/BankTransactions"),
  call("purchases", "bankTransaction", "void", "POST", "/BankTransactions"),
  call("purchases", "manualJournal", "void", "POST", "/ManualJournals"),
] as const satisfies readonly StruckCall[];

const callBack = (
  recordType: string,
  verb: StruckCall["verb"],
  method: StruckCall["method"],
  operation: string,
): StruckCall => ({ service: "zoho", recordType, verb, method, operation, side: "sales" });

/** What a run back writes to Zoho Books. */
export const SOURCE_CALLS = [
  callBack("contact", "create", "POST", "/contacts"),
  callBack("contact", "update", "PUT", "/contacts/{id}"),
  callBack("item", "create", "POST", "/items"),
  callBack("item", "update", "PUT", "/items/{id}"),
  callBack("payment", "create", "POST", "/customerpayments"),
  callBack("payment", "void", "DELETE", "/customerpayments/{id}"),
  callBack("invoice", "void", "POST", "/invoices/{id}/status/void"),
] as const satisfies readonly StruckCall[];

/** How many calls of the same address a run makes before the first of this kind: types are posted in a fixed order. */
export const earlierCalls = ({ service, recordType, verb, method, operation }: StruckCall): number => {
  if (service === "zoho" || verb === "void") return 0;
  const same = LEDGER_CALLS.filter((one) => one.method === method && one.operation === operation);
  return same.findIndex((one) => one.recordType === recordType);
};

export const SOURCE_READS: Readonly<Record<Side, readonly [string, ...string[]]>> = {
  sales: [
    "/contacts",
    "/items",
    "/invoices",
    "/invoices/{id}",
    "/creditnotes",
    "/creditnotes/{id}",
    "/customerpayments",
    "/customerpayments/{id}",
  ],
  purchases: [
    "/purchaseorders",
    "/purchaseorders/{id}",
    "/bills",
    "/bills/{id}",
    "/vendorcredits",
    "/vendorcredits/{id}",
    "/vendorpayments",
    "/vendorpayments/{id}",
    "/expenses",
    "/expenses/{id}",
    "/journals",
    "/journals/{id}",
  ],
};
