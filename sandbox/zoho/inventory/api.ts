/**
 * The Inventory API v1: its routes and scopes behind the gateway that the finance products share. It works on
 * the organisations, items, contacts and invoices of Books, as a real organisation with both products does.
 */
import type { SandboxContext, SandboxResponse } from "@/sandbox/kit/types";
import type { Grants } from "../accounts/grants";
import { scopeCovers } from "../accounts/scopes";
import type { Books } from "../books/open-books";
import { refuseByRules } from "../books/settings/document-rules";
import { createGateway, type FinanceProduct, type Gateway, SCOPE_VERBS } from "../gateway";
import { asDescribed } from "./described";
import { openInventory } from "./open-inventory";
import type { InventoryRoute } from "./route";
import { INVENTORY_ROUTES, isInventoryOwn } from "./routes";

/** The Inventory API of one sandbox. Paths come after /inventory/v1. */
export function createInventoryApi(context: SandboxContext, books: Books, grants: Grants): Gateway {
  const product: FinanceProduct = {
    organizationsModule: "settings",
    scopeCovers: (scopes, method, module) =>
      scopeCovers("ZohoInventory", scopes, SCOPE_VERBS[method] ?? "", module),
    organizationIdOf: (request) => request.query.get("organization_id") ?? "",
    findRoute(method, path) {
      const match = findInventoryRoute(path, method);
      return match === null
        ? null
        : {
            module: match.route.module,
            ids: match.ids,
            answer(call) {
              const refused = refuseByRules(call, method, match.route.operation);
              if (refused !== null) return refused;
              const inventory = openInventory(context, call.organizationId);
              return inPosition(context, match.route, match.route.handle({ ...call, inventory }));
            },
          };
    },
  };
  return createGateway(context, books, grants, product);
}

function inPosition(
  context: SandboxContext,
  route: InventoryRoute,
  response: SandboxResponse,
): SandboxResponse {
  if (context.switches.get("zoho.inventory-answers") === "live" || !isInventoryOwn(route.operation))
    return response;
  return asDescribed(route.method, route.operation, response);
}

/** The route of a path; any method when none is given. */
export function findInventoryRoute(
  path: string,
  method?: string,
): { readonly route: InventoryRoute; readonly ids: readonly string[] } | null {
  for (const route of INVENTORY_ROUTES) {
    if (method !== undefined && route.method !== method) continue;
    const match = route.pattern.exec(path);
    if (match !== null) return { route, ids: match.slice(1) };
  }
  return null;
}
