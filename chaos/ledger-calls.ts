/** The calls of Xero and Zoho Books that a trial strikes, as the sandbox's call log names them. */
export interface LedgerCall {
  readonly recordType: string;
  readonly verb: "create" | "void";
  readonly method: "PUT" | "POST" | "DELETE";
  readonly operation: string;
}

const call = (
  recordType: string,
  verb: LedgerCall["verb"],
  method: LedgerCall["method"],
  operation: string,
): LedgerCall => ({ recordType, verb, method, operation });

export const LEDGER_CALLS = [
  call("contact", "create", "PUT", "/Contacts"),
  call("item", "create", "PUT", "/Items"),
  call("invoice", "create", "PUT", "/Invoices"),
  call("creditNote", "create", "PUT", "/CreditNotes"),
  call("allocation", "create", "PUT", "/CreditNotes/{id}/Allocations"),
  call("payment", "create", "PUT", "/Payments"),
  call("overpayment", "create", "PUT", "/BankTransactions"),
  call("invoice", "void", "POST", "/Invoices"),
  call("creditNote", "void", "POST", "/CreditNotes"),
  call("allocation", "void", "DELETE", "/CreditNotes/{id}/Allocations/{id}"),
  call("payment", "void", "POST", "/Payments/{id}"),
  call("overpayment", "void", "POST", "/BankTransactions"),
] as const satisfies readonly LedgerCall[];

export const SOURCE_READS = [
  "/contacts",
  "/items",
  "/invoices",
  "/invoices/{id}",
  "/creditnotes",
  "/creditnotes/{id}",
  "/customerpayments",
  "/customerpayments/{id}",
] as const;
