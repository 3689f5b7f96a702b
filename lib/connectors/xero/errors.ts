import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { type Problem, type ProblemCause, problem } from "@/lib/domain/problem";
import type { HttpAnswer, HttpFailure } from "@/lib/http/send-request";
import { refusalBody } from "./wire/envelope";

/**
 * Xero's refusals in the contract's words. The kind of an error comes from the status, and for a 401 or 403 from
 * the exact value of the body's Detail. Validation faults carry no code at Xero, only a sentence, so the cause of
 * a Problem is read from whole known sentences; an unknown one is "refused" with Xero's own words below.
 */

const MINUTE_MS = 60_000;
const CONCURRENT_WAIT_MS = 1_000;

/** The tenant is not (or no longer) connected; Xero has been seen to say so with 403. */
const TENANT_NOT_CONNECTED = "AuthenticationUnsuccessful";
/** The token is good but lacks the scope; a new token would lack it too. */
const SCOPE_MISSING = "AuthorizationUnsuccessful";

/** True for a 401 that a new access token may cure. */
export function isTokenRefused(answer: HttpAnswer): boolean {
  return answer.status === 401 && refusalBody(answer.text).detail !== SCOPE_MISSING;
}

/** Whether the call could have changed anything at Xero. */
export type CallKind = "read" | "write";

/** The error for an answer that is no success. */
export function errorOfAnswer(answer: HttpAnswer, call: CallKind): ConnectorError {
  const vendorRequestId = answer.headers["xero-correlation-id"] ?? null;
  const certain = { vendorRequestId, mayHaveBeenApplied: false };
  const { type, detail } = refusalBody(answer.text);
  switch (answer.status) {
    case 401:
      return detail === SCOPE_MISSING
        ? new ConnectorError("permission", "Xero says that this connection lacks the permission.", certain)
        : new ConnectorError("authExpired", "Xero no longer accepts this connection.", certain);
    case 403:
      return detail === TENANT_NOT_CONNECTED
        ? new ConnectorError("authExpired", "The organisation is no longer connected in Xero.", certain)
        : new ConnectorError("permission", "Xero says that this connection lacks the permission.", certain);
    case 404:
      return new ConnectorError("notFound", "Xero has no such record.", certain);
    case 409:
    case 412:
      return new ConnectorError("conflict", "The record was changed in Xero in the meantime.", certain);
    case 429:
      return rateLimited(answer, vendorRequestId);
  }
  if (answer.status >= 500 || answer.status < 400) {
    return new ConnectorError("unavailable", `Xero answered with status ${answer.status}.`, {
      vendorRequestId,
      mayHaveBeenApplied: call === "write",
    });
  }
  const kind = type === "" ? "" : ` (${type})`;
  return new ConnectorError(
    "validation",
    `Xero refused the call with status ${answer.status}${kind}.`,
    certain,
  );
}

function rateLimited(answer: HttpAnswer, vendorRequestId: string | null): ConnectorError {
  const which = (answer.headers["x-rate-limit-problem"] ?? "").toLowerCase();
  const seconds = Number(answer.headers["retry-after"] ?? "");
  const fallbackMs = which === "concurrent" ? CONCURRENT_WAIT_MS : MINUTE_MS;
  const stated = Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds * 1000) : fallbackMs;
  const limit = /^[a-z]{1,20}$/.test(which) ? ` (${which} limit)` : "";
  return new ConnectorError("rateLimited", `Xero has had too many calls${limit}.`, {
    retryAfterMs: stated,
    vendorRequestId,
    mayHaveBeenApplied: false,
  });
}

/** The error for a call that got no answer. */
export function errorOfFailure(failure: HttpFailure, call: CallKind): ConnectorError {
  const more = { mayHaveBeenApplied: call === "write", cause: failure };
  switch (failure.kind) {
    case "refused":
      return new ConnectorError("unavailable", "Xero could not be reached.", {
        ...more,
        mayHaveBeenApplied: false,
      });
    case "timeout":
      return new ConnectorError("timeout", "Xero did not answer in time.", more);
    case "broken":
      return new ConnectorError("unavailable", "The connection to Xero broke off.", more);
  }
}

/** A success whose body is not what Xero documents. */
export function wireMismatch(what: string, cause?: unknown): ConnectorError {
  return new ConnectorError("wireMismatch", `Xero's answer could not be read: ${what}.`, {
    mayHaveBeenApplied: false,
    cause,
  });
}

/** Whole sentences of Xero; the groups, where there are any, are what the problem is about. */
const SENTENCES: readonly (readonly [RegExp, ProblemCause])[] = [
  [/^The contact name (.+) is already assigned to another contact\b/s, "nameTaken"],
  [/^The contact number (.+) is already assigned to another contact\b/s, "numberTaken"],
  [/^(?:Invoice|Credit ?note|Purchase ?order) # must be unique\.?$/i, "numberTaken"],
  [/^Price List Item with Code '(.+)' already exists\.?$/s, "itemCodeUnusable"],
  [/^Item Code must be .+$/, "itemCodeUnusable"],
  [/^Item code '(.+)' is not valid\.?$/, "itemCodeUnusable"],
  [/^Organisation is not subscribed to currency ([A-Z]{3})\.?$/, "currencyNotEnabled"],
  [/^The TaxType code '(.+)' cannot be used with account code '(.+)'/, "taxNotAllowedForAccount"],
  [/^The TaxType code '(.+)' does not exist\b/, "taxNotMapped"],
  [/^Account code '(.+)' (?:is not a valid code|has been archived)\b/, "accountNotUsable"],
  [/^(?:Bank account|The account to be paid into or from) could not be found\b/, "accountNotUsable"],
  [/^Payments can only be made to a bank account\b/, "accountNotUsable"],
  [/^The specified contact details matched an archived contact\b/, "contactArchived"],
  [/^The document date cannot be before the (?:period|end of year) lock date\b/, "periodLocked"],
  [/^The document total cannot be negative\.?$/, "negativeTotal"],
  [/^You have reached the limit of (?:invoices|bills) you can approve\b/i, "planLimit"],
  [/^The organisation's plan allows \d+ approved (?:invoices|bills) a month\b/, "planLimit"],
  [/^Payments can only be made against Authorised documents\.?$/i, "documentNotOpen"],
  [/^Credit can only be allocated to an authorised invoice\b/, "documentNotOpen"],
  [/^Only an authorised credit\b/, "documentNotOpen"],
  [
    /^(?:Invoice|Credit note|Purchase order|Manual journal) not of valid status for modification\.?$/i,
    "documentNotOpen",
  ],
  [/^Purchase order status cannot be changed\b/i, "documentNotOpen"],
  [/^The total debits \(.+\) must equal total credits \(.+\)/, "totalsDiffer"],
  [/^This document cannot be (?:voided|edited)\b/, "documentNotOpen"],
  [/^Payment amount exceeds the amount outstanding\b/, "amountTooLarge"],
  [/^The amount to allocate exceeds\b/, "amountTooLarge"],
];

/** What Xero's sentences about one element mean. `subject` stands where the sentence names nothing itself. */
export function problemOfMessages(messages: readonly string[], subject: string): Problem {
  const words = messages.join(" ");
  for (const message of messages) {
    for (const [sentence, cause] of SENTENCES) {
      const found = sentence.exec(message.trim());
      if (found) return problem(cause, found.slice(1).join(" / ") || subject, words);
    }
  }
  return problem("refused", subject, words === "" ? null : words);
}
