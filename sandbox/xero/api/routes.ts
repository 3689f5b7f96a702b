/**
 * Every address of the accounting API that the simulator answers, by area. Xero takes paths in any case; the
 * call log sees the canonical spelling.
 */
import { LEDGER_ROUTES } from "../ledger/routes";
import { PAPERWORK_ROUTES } from "../paperwork/routes";
import { PURCHASE_ORDER_ROUTES } from "../purchase-orders/routes";
import { QUOTE_ROUTES } from "../quotes/routes";
import { SETTINGS_WRITE_ROUTES } from "../settings/routes";
import { DOCUMENT_ROUTES } from "./document-routes";
import type { Route } from "./route";
import { SETTINGS_ROUTES } from "./settings-routes";

export const ROUTES: readonly Route[] = [
  ...SETTINGS_WRITE_ROUTES,
  ...PURCHASE_ORDER_ROUTES,
  ...QUOTE_ROUTES,
  ...PAPERWORK_ROUTES,
  ...SETTINGS_ROUTES,
  ...DOCUMENT_ROUTES,
  ...LEDGER_ROUTES,
];

export interface MatchedPath {
  /** The canonical spelling, with {id}. */
  readonly operation: string;
  readonly ids: readonly string[];
  readonly routes: readonly Route[];
}

const OPERATIONS: ReadonlyMap<string, readonly Route[]> = byOperation(ROUTES);

function byOperation(routes: readonly Route[]): Map<string, Route[]> {
  const grouped = new Map<string, Route[]>();
  for (const found of routes) grouped.set(found.operation, [...(grouped.get(found.operation) ?? []), found]);
  return grouped;
}

/** The operation of a path below /api.xro/2.0, in any case, or null. */
export function matchPath(path: string): MatchedPath | null {
  return matchOperation(OPERATIONS, path);
}

/** Matches the paths of another of Xero's APIs in the same way. */
export function pathMatcher(routes: readonly Route[]): (path: string) => MatchedPath | null {
  const operations = byOperation(routes);
  return (path) => matchOperation(operations, path);
}

function matchOperation(operations: ReadonlyMap<string, readonly Route[]>, path: string): MatchedPath | null {
  const parts = path.split("/").slice(1);
  if (parts.at(-1) === "") parts.pop();
  for (const [operation, routes] of operations) {
    const pattern = operation.split("/").slice(1);
    if (pattern.length !== parts.length) continue;
    const ids: string[] = [];
    const matches = pattern.every((segment, index) => {
      const part = parts[index] ?? "";
      if (segment !== "{id}") return segment.toLowerCase() === part.toLowerCase();
      ids.push(decoded(part));
      return part !== "";
    });
    if (matches) return { operation, ids, routes };
  }
  return null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
