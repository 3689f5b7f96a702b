/**
 * The simulated Stripe of a sandbox. Its API stands at /v1 of the sandbox's own origin, because the vendor's package
 * can be given a host, a port and a protocol but no path; the pages that Stripe hosts stand below /stripe.
 */
import type { SandboxContext, SandboxRequest, SandboxService } from "@/sandbox/kit/types";
import { answerApi, operationOf } from "./api";
import { openStripeBooks, type StripeBooks } from "./books";
import { answerPage } from "./pages";

export interface StripeService {
  readonly books: StripeBooks;
  /** At /v1. */
  readonly api: SandboxService;
  /** At /stripe. */
  readonly pages: SandboxService;
}

/** First segment of the API's addresses. */
export const STRIPE_API_SEGMENT = "v1";

export function createStripeService(
  context: SandboxContext,
  { key }: { readonly key: string },
): StripeService {
  const books = openStripeBooks(context);
  return {
    books,
    api: {
      prefix: "stripe",
      describe: (request) => ({
        tenant: null,
        operation: operationOf(request.method, request.path),
        kind: request.method === "GET" ? "read" : "write",
      }),
      handle: async (request: SandboxRequest) => answerApi(books, key, request),
    },
    pages: {
      prefix: "stripe",
      describe: (request) => ({
        tenant: null,
        operation: request.path.replace(/^\/(\w+)\/.*$/, "/$1/{id}"),
        kind: "page",
      }),
      handle: async (request: SandboxRequest) => answerPage(books, request),
    },
  };
}
