/**
 * Every address of Zoho CRM v8 that the simulator answers, with the scopes that open it. Scopes are those of
 * specs common.json: ZohoCRM.modules.leads.READ, ZohoCRM.settings.fields.READ, and wider ones.
 */
import type { SandboxResponse } from "@/sandbox/kit/types";
import type { CrmCall } from "./answers";
import { convertLead } from "./convert";
import { runQuery } from "./coql";
import type { ModuleDefinition } from "./modules";
import * as read from "./read";
import { deleteRecord, deleteRecords } from "./remove";
import * as search from "./search";
import * as settings from "./settings";
import * as watch from "./watch";
import * as write from "./write";

/** An address that names no module. */
interface FixedRoute {
  readonly method: string;
  readonly operation: string;
  readonly pattern: RegExp;
  /** Module and verb of the scope. */
  readonly scope: readonly [module: string, verb: string];
  readonly handle: (call: CrmCall, id: string) => SandboxResponse;
}

/** An address below a module; the module's scope opens it. */
interface ModuleRoute {
  readonly method: string;
  readonly operation: string;
  readonly pattern: RegExp;
  readonly verb: string;
  /** Works on Leads alone. */
  readonly leadsOnly?: boolean;
  readonly handle: (call: CrmCall, module: ModuleDefinition, id: string) => SandboxResponse;
}

const pattern = (operation: string): RegExp =>
  new RegExp(`^${operation.replaceAll("{id}", "(\\d+)").replaceAll("{name}", "([^/]+)")}$`);

const fixed = (
  method: string,
  operation: string,
  scope: readonly [string, string],
  handle: FixedRoute["handle"],
): FixedRoute => ({
  method,
  operation: operation.replace("{name}", "{id}"),
  pattern: pattern(operation),
  scope,
  handle,
});

const below = (
  method: string,
  operation: string,
  verb: string,
  handle: ModuleRoute["handle"],
  leadsOnly = false,
): ModuleRoute => ({ method, operation, pattern: pattern(operation), verb, handle, leadsOnly });

export const FIXED_ROUTES: readonly FixedRoute[] = [
  fixed("GET", "/org", ["org", "READ"], settings.getOrg),
  fixed("GET", "/users", ["users", "READ"], settings.listUsers),
  fixed("GET", "/users/{id}", ["users", "READ"], settings.getUser),
  fixed("GET", "/settings/modules", ["settings.modules", "READ"], settings.listModules),
  fixed("GET", "/settings/modules/{name}", ["settings.modules", "READ"], settings.getModule),
  fixed("GET", "/settings/fields", ["settings.fields", "READ"], settings.listFields),
  fixed("POST", "/coql", ["coql", "READ"], runQuery),
  fixed("GET", "/actions/watch", ["notifications", "READ"], watch.listChannels),
  fixed("POST", "/actions/watch", ["notifications", "CREATE"], (call) => watch.writeChannels(call, "POST")),
  fixed("PUT", "/actions/watch", ["notifications", "UPDATE"], (call) => watch.writeChannels(call, "PUT")),
  fixed("PATCH", "/actions/watch", ["notifications", "UPDATE"], (call) => watch.writeChannels(call, "PATCH")),
  fixed("DELETE", "/actions/watch", ["notifications", "DELETE"], watch.deleteChannels),
];

export const MODULE_ROUTES: readonly ModuleRoute[] = [
  below("GET", "", "READ", read.listRecords),
  below("POST", "", "CREATE", write.insertRecords),
  below("PUT", "", "UPDATE", write.updateRecords),
  below("DELETE", "", "DELETE", deleteRecords),
  below("POST", "/upsert", "CREATE", write.upsertRecords),
  below("GET", "/search", "READ", search.searchRecords),
  below("GET", "/deleted", "READ", read.listDeleted),
  below("GET", "/actions/count", "READ", search.countRecords),
  below("GET", "/{id}", "READ", read.getRecord),
  below("PUT", "/{id}", "UPDATE", write.updateRecord),
  below("DELETE", "/{id}", "DELETE", deleteRecord),
  below("POST", "/{id}/actions/convert", "CREATE", (call, _module, id) => convertLead(call, id), true),
];

/** The path as the call log shows it: "/Leads/{id}", "/actions/watch". */
export function crmOperation(path: string): string {
  const known = FIXED_ROUTES.find((route) => route.pattern.test(path));
  return known?.operation ?? path.replaceAll(/\/\d+(?=\/|$)/g, "/{id}");
}
