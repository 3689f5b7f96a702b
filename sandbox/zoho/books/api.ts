/**
 * The Books API v3: its routes and scopes behind the gateway that the finance products share
 * (../gateway.ts: token, organisation, call limits).
 */
import type { SandboxContext } from "@/sandbox/kit/types";
import type { Grants } from "../accounts/grants";
import { createGateway, type FinanceProduct, type Gateway } from "../gateway";
import type { Books } from "./open-books";
import { findRoute, scopeCovers } from "./routes";
import { refuseByRules } from "./settings/document-rules";
import { answerWithoutOrganization } from "./settings/organizations";

const BOOKS: FinanceProduct = {
  organizationsModule: "settings",
  scopeCovers,
  withoutOrganization: answerWithoutOrganization,
  // An organisation is read and written in its own context when the call names no other.
  organizationIdOf: (request) =>
    request.query.get("organization_id") ?? /\/organizations\/(\d+)$/.exec(request.path)?.[1] ?? "",
  findRoute(method, path) {
    const match = findRoute(method, path);
    return match === null
      ? null
      : {
          module: match.route.module,
          ids: match.ids,
          answer: (call) => refuseByRules(call, method, match.route.operation) ?? match.route.handle(call),
        };
  },
};

/** The Books API of one sandbox. Paths come after /books/v3. */
export const createBooksApi = (context: SandboxContext, books: Books, grants: Grants): Gateway =>
  createGateway(context, books, grants, BOOKS);
