/**
 * Calls of the accounting API as a person in Xero makes them: through the same addresses and rules as a client's,
 * without token, limits or call log, and with the person's name in the history of what they change.
 */
import type { SandboxContext, SandboxRequest } from "@/sandbox/kit/types";
import { type XeroAnswer, XeroRefusal } from "@/sandbox/xero/answer";
import { matchPath } from "@/sandbox/xero/api/routes";
import type { Books } from "@/sandbox/xero/books";
import { actAs } from "@/sandbox/xero/paperwork/history";
import type { Answered, Ask } from "../kinds";
import { rowsAt, textAt, valueAt, type Wire } from "../wire";

/** The calls of one organisation's person. */
export function createXeroAsk(context: SandboxContext, books: Books, person: string): Ask {
  return (method, path, { query = {}, body } = {}) => {
    const matched = matchPath(path);
    const route = matched?.routes.find((candidate) => candidate.method === method);
    if (matched === null || route === undefined)
      return { ok: false, status: 404, problem: `Xero has no ${method} ${path}.` };
    const request: SandboxRequest = {
      method,
      path,
      query: new URLSearchParams({ unitdp: "4", summarizeErrors: "true", ...query }),
      headers: { accept: "application/json", "content-type": "application/json" },
      body: Buffer.from(body === undefined ? "" : JSON.stringify(body)),
    };
    const caller = { clientId: "", userId: "", scopes: [], authEventId: "" };
    return actAs(books, person, () => {
      try {
        return answered(route.handle({ context, books, request, caller, ids: matched.ids }));
      } catch (error) {
        if (error instanceof XeroRefusal) return answered(error.answer);
        throw error;
      }
    });
  };
}

function answered(answer: XeroAnswer): Answered {
  const body: Wire = typeof answer.body === "object" && answer.body !== null ? answer.body : {};
  if (answer.status >= 400) return { ok: false, status: answer.status, problem: problemIn(answer) };
  // Records are made while they are read, so they must be read before the person has gone.
  const records = answer.records === undefined ? {} : { [answer.records.plural]: [...answer.records.each] };
  return { ok: true, body: { ...body, ...records } };
}

function problemIn({ body, status }: XeroAnswer): string {
  if (typeof body === "string") return body;
  const messages = rowsAt(body, "Elements").flatMap(messagesOf);
  if (messages.length > 0) return [...new Set(messages)].join(" ");
  return textAt(body, "Message") || textAt(body, "Detail") || `Xero answered ${status}.`;
}

/** Validation errors of an element and of what lies in it, such as its contact or its lines. */
function messagesOf(element: Wire): string[] {
  const own = rowsAt(element, "ValidationErrors").map((error) => textAt(error, "Message"));
  const parts = Object.keys(element).flatMap((name) => {
    const part = valueAt(element, name);
    if (name === "ValidationErrors" || typeof part !== "object" || part === null) return [];
    const within = Array.isArray(part) ? rowsAt(element, name) : [{ ...part }];
    return within.flatMap(messagesOf);
  });
  return [...own, ...parts];
}
