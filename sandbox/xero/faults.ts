/**
 * Faults in Xero's own manner: its 429 of each kind, a token that has expired or whose grant is gone, and what
 * a person does in Xero between two calls of a client, by the rules that calls obey too.
 * https://developer.xero.com/documentation/guides/oauth2/limits/ (checked 2026-11-21)
 */
import { decodeJwt } from "jose";
import { invariant } from "@/lib/kernel/invariant";
import type { Result } from "@/lib/kernel/result";
import { readBasicAuth } from "@/sandbox/kit/answers";
import { newestOf, type PersonEdit, personEdit, recordMeant } from "@/sandbox/kit/person-edit";
import type { EditOutcome, SandboxRequest, SandboxResponse, ServiceFaults } from "@/sandbox/kit/types";
import { XeroRefusal } from "./answer";
import type { ApiParts } from "./api/api";
import { matchPath } from "./api/routes";
import type { Books } from "./books";
import { dayOf } from "./dates";
import { writeContact } from "./write/contacts";
import { contactInput, invoiceInput, paymentInput, readElement } from "./write/input";
import { writeInvoice } from "./write/invoices";
import { writePayment } from "./write/payments";

const LIMITS = ["minute", "day", "concurrent", "appminute"] as const;
const RETRY_AFTER_SECONDS = { minute: 30, day: 3_600, concurrent: null, appminute: 30 } as const;
const UPDATING = { mayUpdate: true, unitDecimals: 4 };
/** Seeded in every organisation. */
const PAYING_ACCOUNT_CODE = "090";

export function xeroFaults(parts: ApiParts, accountingPrefix: string): ServiceFaults {
  return {
    limits: LIMITS,
    rateLimit: (problem) => refuseLimit(problem, parts.context.limitSpeed()),
    expireToken: (request) => parts.grants.expireAccess(bearerOf(request)),
    revokeToken: (request) => parts.grants.revokeAccess(bearerOf(request)),
    edit(asked, request) {
      const edit = personEdit.safeParse(asked);
      const tenantId = request.headers["xero-tenant-id"]?.toLowerCase() ?? "";
      const books = parts.records.books(tenantId);
      if (!edit.success) return { ok: false, text: "the edit is none that the sandbox knows" };
      if (books === undefined) return { ok: false, text: "the call names no organisation" };
      const ids = matchPath(request.path.slice(accountingPrefix.length))?.ids ?? [];
      const callIds = ids.map((id) => id.toLowerCase());
      return "act" in edit.data
        ? act(books, edit.data, callIds)
        : callAsPerson(parts, books, edit.data, callIds, request);
    },
  };
}

/** The client that a call names: in its token, or in the Basic header of the token endpoint. */
export function xeroCallerOf(request: SandboxRequest): string | null {
  const basic = readBasicAuth(request);
  if (basic !== null) return basic.user;
  try {
    const { client_id: clientId } = decodeJwt(bearerOf(request));
    return typeof clientId === "string" ? clientId : null;
  } catch {
    return null;
  }
}

function bearerOf(request: SandboxRequest): string {
  return /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
}

function refuseLimit(problem: string, limitSpeed: number): SandboxResponse {
  const known = LIMITS.find((name) => name === problem);
  invariant(known !== undefined, `Xero has no limit "${problem}"`);
  const seconds = RETRY_AFTER_SECONDS[known];
  return {
    status: 429,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "x-daylimit-remaining": known === "day" ? "0" : "4000",
      "x-minlimit-remaining": known === "minute" ? "0" : "30",
      "x-appminlimit-remaining": known === "appminute" ? "0" : "9000",
      "x-rate-limit-problem": known,
      ...(seconds === null ? {} : { "retry-after": String(Math.max(1, Math.ceil(seconds / limitSpeed))) }),
    },
    body: `Rate limit exceeded: ${known}`,
  };
}

type Act = Extract<PersonEdit, { act: string }>;

function act(books: Books, edit: Act, callIds: readonly string[]): EditOutcome {
  const table = edit.act === "rename-contact" ? books.contacts : books.invoices;
  const id = recordMeant(edit.record, { callIds, newest: () => newestOf(table.writtenHeads()) });
  if (id === null || table.head(id) === undefined) return { ok: false, text: "there is no such record" };
  const outcome = applyAct(books, edit, id);
  return outcome.ok ? { ok: true, text: id } : { ok: false, text: outcome.error.join(" ") };
}

function applyAct(books: Books, edit: Act, id: string): Result<string, readonly string[]> {
  switch (edit.act) {
    case "due-date":
      return writeInvoice(books, readElement({ InvoiceID: id, DueDate: edit.date }, invoiceInput), UPDATING);
    case "void":
      return writeInvoice(books, readElement({ InvoiceID: id, Status: "VOIDED" }, invoiceInput), UPDATING);
    case "rename-contact":
      return writeContact(books, readElement({ ContactID: id, Name: edit.name }, contactInput), UPDATING);
    case "pay":
      return writePayment(
        books,
        readElement(
          {
            Invoice: { InvoiceID: id },
            Account: { Code: PAYING_ACCOUNT_CODE },
            Date: edit.date ?? dayOf(books.now()),
            Amount: edit.amount ?? books.invoices.head(id)?.amountDue ?? "0",
          },
          paymentInput,
        ),
      );
  }
}

/** Any call of the accounting API, without token, limits or call log. */
function callAsPerson(
  { context }: ApiParts,
  books: Books,
  edit: Exclude<PersonEdit, Act>,
  callIds: readonly string[],
  struck: SandboxRequest,
): EditOutcome {
  const id = recordMeant(edit.record ?? "call", {
    callIds,
    newest: () => newestOf(books.invoices.writtenHeads()),
  });
  const path = edit.path.replaceAll("{record}", encodeURIComponent(id ?? ""));
  const matched = matchPath(path);
  const route = matched?.routes.find(({ method }) => method === edit.method);
  if (matched === null || route === undefined)
    return { ok: false, text: `no address ${edit.method} ${path}` };
  const request: SandboxRequest = {
    method: edit.method,
    path: struck.path,
    query: new URLSearchParams({ summarizeErrors: "true" }),
    headers: { accept: "application/json", "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(edit.body ?? {})),
  };
  const caller = { clientId: "", userId: "", scopes: [], authEventId: "" };
  try {
    const answer = route.handle({ context, books, request, caller, ids: matched.ids });
    return { ok: answer.status < 400, text: answer.status < 400 ? path : JSON.stringify(answer.body) };
  } catch (error) {
    if (!(error instanceof XeroRefusal)) throw error;
    return { ok: false, text: JSON.stringify(error.answer.body) };
  }
}
