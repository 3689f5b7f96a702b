/**
 * Every call of Zoho Books API v3 that the simulator answers, with the scope that Zoho asks for it
 * (https://www.zoho.com/books/api/v3/, checked 2026-11-21). What is not here does not exist.
 */
import type { Route } from "./route";
import { SALES_ROUTES } from "./sales-routes";
import { SETTINGS_ROUTES } from "./settings-routes";

export const ROUTES: readonly Route[] = [...SETTINGS_ROUTES, ...SALES_ROUTES];

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

/** Whether what the user granted covers this call. */
export function scopeCovers(scopes: readonly string[], method: string, module: string): boolean {
  return [
    `ZohoBooks.${module}.${SCOPE_VERBS[method] ?? ""}`,
    `ZohoBooks.${module}.ALL`,
    "ZohoBooks.fullaccess.all",
  ].some((scope) => scopes.includes(scope));
}
