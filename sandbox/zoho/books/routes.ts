/**
 * Every call of Zoho Books API v3 that the simulator answers, with the scope that Zoho asks for it
 * (https://www.zoho.com/books/api/v3/, checked 2026-11-21). What is not here does not exist.
 */
import { scopeCovers as grantCovers } from "../accounts/scopes";
import { JOURNAL_ROUTES } from "./journals/journal-routes";
import { ORDER_ROUTES } from "./orders/order-routes";
import { PARTY_ROUTES } from "./parties/routes";
import { PURCHASE_ROUTES } from "./purchases/purchase-routes";
import type { Route } from "./route";
import { SALES_ACTION_ROUTES } from "./sales/sales-action-routes";
import { SALES_ROUTES } from "./sales-routes";
import { SETTINGS_ROUTES } from "./settings/routes";

export const ROUTES: readonly Route[] = [
  ...SETTINGS_ROUTES,
  ...PARTY_ROUTES,
  ...SALES_ROUTES,
  ...PURCHASE_ROUTES,
  ...ORDER_ROUTES,
  ...JOURNAL_ROUTES,
  ...SALES_ACTION_ROUTES,
];

export interface RouteMatch {
  readonly route: Route;
  readonly ids: readonly string[];
}

/** The route of a call; null when Zoho has no such address. */
export function findRoute(method: string, path: string): RouteMatch | null {
  for (const candidate of ROUTES) {
    if (candidate.method !== method) continue;
    const match = candidate.pattern.exec(path);
    if (match !== null) return { route: candidate, ids: match.slice(1) };
  }
  return null;
}

const SCOPE_VERBS: Readonly<Record<string, string>> = {
  GET: "READ",
  POST: "CREATE",
  PUT: "UPDATE",
  DELETE: "DELETE",
};

/**
 * Whether what the user granted covers this call. A module such as "settings.UPDATE" names the verb as well,
 * where Zoho asks for another one than the method suggests.
 */
export function scopeCovers(scopes: readonly string[], method: string, module: string): boolean {
  const [name = "", verb = SCOPE_VERBS[method] ?? ""] = module.split(".");
  return grantCovers("ZohoBooks", scopes, verb, name);
}
