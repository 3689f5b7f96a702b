/**
 * The simulated Zoho: accounts and Books API of every data centre, under /zoho/{data centre}/accounts and
 * /zoho/{data centre}/api/books/v3. It keeps to what Zoho documents or was seen to answer; what is open is
 * in switches.ts. It knows nothing of Xero or of Tieout.
 */
import { jsonAnswer } from "@/sandbox/kit/answers";
import type { CallDescription, SandboxContext, SandboxRequest, SandboxService } from "@/sandbox/kit/types";
import { createGrants } from "./accounts/grants";
import { createAccounts } from "./accounts/oauth";
import { createBooksApi } from "./books/api";
import { openBooksForService } from "./books/open-books";
import { ROUTES } from "./books/routes";
import { type DataCentre, findDataCentre } from "./data-centres";

interface Place {
  readonly dataCentre: DataCentre;
  readonly part: "accounts" | "books";
  readonly path: string;
}

/** A Zoho over the context's store. `machineNow` is the clock of tokens, which sandbox time does not move. */
export function createZohoService(
  context: SandboxContext,
  options: { readonly machineNow?: () => number } = {},
): SandboxService {
  const books = openBooksForService(context);
  const grants = createGrants(context, books, options.machineNow ?? Date.now);
  const accounts = createAccounts(context, grants);
  const api = createBooksApi(context, books, grants);
  return {
    prefix: "zoho",
    describe,
    async handle(request) {
      const place = findPlace(request.path);
      if (place === null) return jsonAnswer(404, { code: 5, message: "Invalid URL Passed" });
      return place.part === "accounts"
        ? accounts.handle(place.dataCentre, place.path, request)
        : api.handle(place.dataCentre, place.path, request);
    },
  };
}

function findPlace(path: string): Place | null {
  const match = /^\/?([^/]+)\/(accounts|api\/books\/v3)(\/.*)$/.exec(path);
  const dataCentre = findDataCentre(match?.[1] ?? "");
  if (match === null || dataCentre === null) return null;
  const rest = match[3] ?? "/";
  return {
    dataCentre,
    part: match[2] === "accounts" ? "accounts" : "books",
    path: rest.length > 1 && rest.endsWith("/") ? rest.slice(0, -1) : rest,
  };
}

function describe(request: SandboxRequest): CallDescription {
  const place = findPlace(request.path);
  if (place === null)
    return { tenant: null, operation: request.path.replaceAll(/\d{6,}/g, "{id}"), kind: "read" };
  if (place.part === "accounts")
    return { tenant: null, operation: place.path, kind: place.path === "/oauth/v2/auth" ? "page" : "auth" };
  const known = ROUTES.find(({ pattern }) => pattern.test(place.path));
  return {
    tenant: request.query.get("organization_id"),
    operation: known?.operation ?? place.path.replaceAll(/\d{6,}/g, "{id}"),
    kind: request.method === "GET" ? "read" : "write",
  };
}
