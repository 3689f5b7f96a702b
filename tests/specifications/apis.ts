/**
 * The APIs that the sandbox simulates, each with its address in the sandbox and its description. A description is
 * read when the first call of its API is checked, so that a test of one API waits for no other's.
 */
import { crmDocument } from "./crm-overlay";
import { type Description, openDescription } from "./description";
import { isNode, listAt, type Node, nodeAt } from "./json";
import type { Direction } from "./json-schema";
import { overlaid } from "./overlay";
import { payrollDescription } from "./payroll-description";
import { listDescriptions, readDescription } from "./reference";
import { withXeroEnvelopes, XERO_19_DELTA, XERO_LIVE } from "./xero-overlay";
import { ZOHO_BOOKS_OVERLAYS } from "./zoho-overlay";

export const API_NAMES = [
  "xero-accounting",
  "xero-payroll-au",
  "xero-identity",
  "xero-webhooks",
  "zoho-books",
  "zoho-inventory",
  "zoho-crm",
] as const;
export type ApiName = (typeof API_NAMES)[number];

const memory = new Map<ApiName, Description>();

/** The description of an API; read once a process. */
export function descriptionOf(api: ApiName): Description {
  const known = memory.get(api);
  if (known !== undefined) return known;
  const opened = OPEN[api]();
  memory.set(api, opened);
  return opened;
}

const OPEN: Readonly<Record<ApiName, () => Description>> = {
  "xero-accounting": () =>
    openDescription({
      name: "xero-accounting",
      documents: new Map([["accounting", xeroAccounting()]]),
      replace: xeroDates,
      isPathCaseSensitive: false,
    }),
  "xero-payroll-au": () =>
    openDescription({
      name: "xero-payroll-au",
      documents: new Map([["payroll", payrollDescription()]]),
      replace: xeroDates,
      isPathCaseSensitive: false,
    }),
  "xero-webhooks": () =>
    openDescription({
      name: "xero-webhooks",
      documents: new Map([["webhooks", webhooksAsPaths(documentAt("xero/xero-webhooks.yaml"))]]),
      replace: () => undefined,
      // "2024-06-21T01:15:39.902": events are in UTC and say no zone.
      formats: { "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?$/ },
      isPathCaseSensitive: true,
    }),
  "xero-identity": () =>
    openDescription({
      name: "xero-identity",
      documents: new Map([["identity", documentAt("xero/xero-identity.yaml")]]),
      replace: () => undefined,
      // "2019-07-09T23:40:30.1833130": Xero gives its connections no zone.
      formats: { "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/ },
      isPathCaseSensitive: false,
    }),
  "zoho-books": () => zoho("zoho-books", "zoho/books", ".yml"),
  "zoho-inventory": () => zoho("zoho-inventory", "zoho/inventory", ".yml"),
  "zoho-crm": () => zoho("zoho-crm", "zoho/crm", ".json"),
};

function zoho(name: ApiName, folder: string, ending: string): Description {
  return openDescription({
    name,
    documents: new Map(listDescriptions(folder, ending).map((path) => [fileOf(path), zohoDocument(path)])),
    foreign: crmReference,
    dangling: ["notes.json#/components/parameters/If-Modified-Since"],
    replace: () => undefined,
    isPathCaseSensitive: true,
  });
}

function zohoDocument(path: string): Node {
  if (path.startsWith("zoho/crm/")) return crmDocument(fileOf(path), documentAt(path));
  const overlay = path.startsWith("zoho/books/") ? ZOHO_BOOKS_OVERLAYS[fileOf(path)] : undefined;
  return overlay === undefined ? documentAt(path) : overlaid(documentAt(path), overlay);
}

/** CRM's documents refer to each other where GitHub serves them. */
function crmReference(reference: string): { file: string; pointer: string } | null {
  const match = /\/v8\.0\/([^/#]+\.json)(#\/.+)$/.exec(reference);
  return match === null ? null : { file: match[1] ?? "", pointer: match[2] ?? "" };
}

function fileOf(path: string): string {
  return path.split("/").at(-1) ?? path;
}

function documentAt(path: string): Node {
  const read = readDescription(path);
  if (!isNode(read)) throw new Error(`${path} is no description`);
  return read;
}

/** Xero describes its dates as text and marks them: answers hold /Date(ms+0000)/, requests a day in either form. */
function xeroDates(schema: Node, direction: Direction): Node | undefined {
  const isDay = schema["x-is-msdate"] === true;
  if (!isDay && schema["x-is-msdate-time"] !== true) return undefined;
  if (direction === "answer") return { type: "string", pattern: "^/Date\\(-?\\d+\\+0000\\)/$" };
  return { type: "string", pattern: "^(\\d{4}-\\d{2}-\\d{2}([T ].*)?|/Date\\(-?\\d+([+-]\\d{4})?\\)/)$" };
}

/** Xero Accounting as it is at 19.0.0 and as it answers. */
export function xeroAccounting(): Node {
  return withXeroEnvelopes(
    overlaid(overlaid(documentAt("xero/xero_accounting.yaml"), XERO_19_DELTA), XERO_LIVE),
  );
}

/** Calls that Xero makes and others answer: each is read as an operation at /{name}. */
function webhooksAsPaths(document: Node): Node {
  const calls = Object.entries(nodeAt(document, "webhooks")).map(([name, call]) => [`/${name}`, call]);
  const copy = structuredClone(document);
  const category = nodeAt(
    copy,
    "components",
    "schemas",
    "WebhookEvent",
    "properties",
    "events",
    "items",
    "properties",
  );
  const kinds = listAt(category.eventCategory, "oneOf");
  // Added after 16.1.0: Xero's changelog of 14 August and 3 September 2026.
  if (Array.isArray(kinds)) kinds.push({ const: "PREPAYMENT" }, { const: "OVERPAYMENT" });
  return { ...copy, paths: Object.fromEntries(calls) };
}
