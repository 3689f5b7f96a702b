/**
 * The invoices, bills, credits, payments received and contact persons of Books as Zoho Inventory answers them: the same
 * records by the same rules, under Inventory's scopes. Only the state of a credit note has other addresses. What
 * Books has beyond Inventory's list (https://www.zoho.com/inventory/api/v1/, checked 2026-11-21) is left out.
 */
import * as creditNotes from "../books/credit-notes";
import { PARTY_ROUTES } from "../books/parties/routes";
import { PURCHASE_ROUTES } from "../books/purchases/purchase-routes";
import type { Route } from "../books/route";
import { SALES_ACTION_ROUTES } from "../books/sales/sales-action-routes";
import { SALES_ROUTES } from "../books/sales-routes";
import { type InventoryRoute, inventoryRoute as route } from "./route";

const AREAS =
  /^\/(invoice|invoices\/\{id\}|bills|vendorcredits|creditnotes|customerpayments|contacts\/contactpersons|contacts\/\{id\}\/contactpersons)(\/|$)/;
/** What Books alone has. */
const BOOKS_ONLY = [
  /^\/invoices\/\{id\}\/(submit|approve|reject|paymentreminder$)/,
  /^\/bills\/editpage/,
  /^\/bills\/\{id\}\/./,
  /^\/creditnotes\/\{id\}\/(status|attachment)/,
  /^\/customerpayments\/\{id\}\/./,
  /^GET \/contacts\/contactpersons/,
  /^DELETE \/customerpayments$/,
];
/** Of what is below one bill, Inventory has the two changes of its state. */
const BILL_STATES = ["/bills/{id}/status/open", "/bills/{id}/status/void"];

const isShared = ({ method, operation }: Route): boolean =>
  BILL_STATES.includes(operation) ||
  (AREAS.test(operation) &&
    !BOOKS_ONLY.some((pattern) => pattern.test(operation) || pattern.test(`${method} ${operation}`)));

export const ACCOUNTING_ROUTES: readonly InventoryRoute[] = [
  ...[...PARTY_ROUTES, ...SALES_ROUTES, ...SALES_ACTION_ROUTES, ...PURCHASE_ROUTES].filter(isShared),
  route("POST", "/creditnotes/{id}/converttoopen", "creditnotes", creditNotes.openCreditNote),
  route("POST", "/creditnotes/{id}/draft", "creditnotes", creditNotes.draftCreditNote),
  route("POST", "/creditnotes/{id}/void", "creditnotes", creditNotes.voidCreditNote),
];
