/**
 * Faults in Zoho's own manner: the 429 of each kind with its code, a token that has expired or whose grant is
 * gone, and what a person does in Zoho Books between two calls of a client, by the rules that calls obey too.
 * https://www.zoho.com/books/api/v3/introduction/ (checked 2026-11-21)
 */
import { createHash } from "node:crypto";
import { invariant } from "@/lib/kernel/invariant";
import { jsonAnswer, readBasicAuth, readForm } from "@/sandbox/kit/answers";
import { newestOf, type PersonEdit, personEdit, recordMeant } from "@/sandbox/kit/person-edit";
import type {
  EditOutcome,
  SandboxContext,
  SandboxRequest,
  SandboxResponse,
  ServiceFaults,
} from "@/sandbox/kit/types";
import { type Books, openBooksOf } from "./books/open-books";
import { findRoute } from "./books/routes";

const LIMITS: Readonly<Record<string, object>> = {
  "44": {
    code: 44,
    message:
      "For security reasons you have been blocked for some time as you have exceeded the maximum number of requests per minute.",
  },
  "45": {
    code: 45,
    message: "The API call for this organization has exceeded the maximum call rate limit of 5,000",
  },
  "1070": {
    code: 1070,
    message:
      "You have reached the maximum number of in process requests allowed. Kindly try again after some time.",
  },
  crm: {
    code: "TOO_MANY_REQUESTS",
    details: {},
    message: "You have exceeded the number of API requests allowed. Please try again later.",
    status: "error",
  },
};
const BOOKS_PATH = /\/books\/v3(\/.*)$/;

export function zohoFaults(context: SandboxContext, books: Books): ServiceFaults {
  return {
    limits: Object.keys(LIMITS),
    rateLimit(problem): SandboxResponse {
      const body = LIMITS[problem];
      invariant(body !== undefined, `Zoho has no limit "${problem}"`);
      return jsonAnswer(429, body);
    },
    expireToken(request) {
      const key = tokenKeyOf(request);
      const token = books.accessTokens.get(key);
      if (token !== undefined) books.accessTokens.put(key, { ...token, expiresMs: 0 });
    },
    revokeToken(request) {
      const key = tokenKeyOf(request);
      const grant = books.accessTokens.get(key)?.refreshToken ?? "";
      books.accessTokens.delete(key);
      if (grant === "") return;
      books.grants.delete(grant);
      for (const [other, token] of [...books.accessTokens.heads()])
        if (token.refreshToken === grant) books.accessTokens.delete(other);
    },
    edit(asked, request) {
      const edit = personEdit.safeParse(asked);
      if (!edit.success) return { ok: false, text: "the edit is none that the sandbox knows" };
      const organizationId = request.query.get("organization_id") ?? "";
      const organization = books.organizations.get(organizationId);
      if (organization === undefined) return { ok: false, text: "the call names no organisation" };
      const own = openBooksOf(context, organizationId);
      const path = BOOKS_PATH.exec(request.path)?.[1] ?? "";
      const callIds = findRoute(request.method, path)?.ids ?? [];
      const sent = callOf(own, edit.data, callIds);
      if ("ok" in sent) return sent;
      const match = findRoute(sent.method, sent.path);
      if (match === null) return { ok: false, text: `no address ${sent.method} ${sent.path}` };
      const text = JSON.stringify(sent.body ?? {});
      const answer = match.route.handle({
        context,
        books: own,
        organizationId,
        organization,
        ids: match.ids,
        query: new URLSearchParams(),
        input: sent.body,
        request: { ...request, method: sent.method, query: new URLSearchParams(), body: Buffer.from(text) },
      });
      const isDone = answer.status < 400;
      return { ok: isDone, text: isDone ? sent.path : String(answer.body) };
    },
  };
}

/** The client that a call names: at the token endpoint, or the one that its access token was given to. */
export function zohoCallerOf(books: Books, request: SandboxRequest): string | null {
  if (request.path.includes("/accounts/"))
    return (
      readBasicAuth(request)?.user ??
      request.query.get("client_id") ??
      readForm(request).get("client_id") ??
      null
    );
  const grant = books.accessTokens.head(tokenKeyOf(request))?.refreshToken ?? "";
  return books.grants.head(grant)?.clientId ?? null;
}

/** Tokens are stored by their hash only. */
function tokenKeyOf(request: SandboxRequest): string {
  const token = /^(?:Zoho-oauthtoken|Bearer)\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
  return createHash("sha256").update(token).digest("hex");
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** The edit as a call of the Books API. */
function callOf(books: Books, edit: PersonEdit, callIds: readonly string[]): Sent | EditOutcome {
  const ofContacts = "act" in edit && edit.act === "rename-contact";
  const heads = ofContacts ? books.contacts.heads() : books.invoices.heads();
  const asked = edit.record ?? "call";
  const id = recordMeant(asked, { callIds, newest: () => newestOf(heads) });
  if (id === null) return { ok: false, text: "there is no such record" };
  if (!("act" in edit))
    return { method: edit.method, path: edit.path.replaceAll("{record}", id), body: edit.body };
  switch (edit.act) {
    case "due-date":
      return { method: "PUT", path: `/invoices/${id}`, body: { due_date: edit.date } };
    case "void":
      return { method: "POST", path: `/invoices/${id}/status/void` };
    case "rename-contact":
      return { method: "PUT", path: `/contacts/${id}`, body: { contact_name: edit.name } };
    case "pay":
      return payment(books, id, edit);
  }
}

function payment(books: Books, id: string, edit: Extract<PersonEdit, { act: "pay" }>): Sent | EditOutcome {
  const invoice = books.invoices.head(id);
  if (invoice === undefined) return { ok: false, text: "there is no such record" };
  const amount = Number(edit.amount ?? invoice.total);
  return {
    method: "POST",
    path: "/customerpayments",
    body: {
      customer_id: invoice.customerId,
      payment_mode: "cash",
      date: edit.date ?? invoice.date,
      amount,
      invoices: [{ invoice_id: id, amount_applied: amount }],
    },
  };
}
