/** One address of Xero's API as the simulator lists it, and the scopes that open it. */
import type { Handler } from "./call";

export interface Route {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** The canonical spelling, with {id} for whatever stands in its place. */
  readonly operation: string;
  /** Without ".read"; either form opens a read, the full one a write. */
  readonly scope: string;
  readonly handle: Handler;
}

export const SETTINGS = "accounting.settings";
export const CONTACTS = "accounting.contacts";
export const INVOICES = "accounting.invoices";
export const PAYMENTS = "accounting.payments";
export const BANK = "accounting.banktransactions";
export const MANUAL_JOURNALS = "accounting.manualjournals";
export const ATTACHMENTS = "accounting.attachments";
export const EMPLOYEES = "payroll.employees";

export function route(method: Route["method"], operation: string, scope: string, handle: Handler): Route {
  return { method, operation, scope, handle };
}
