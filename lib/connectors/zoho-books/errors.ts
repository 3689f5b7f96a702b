import {
  ConnectorError,
  type ConnectorErrorKind,
  failure,
  retryAfterMs,
} from "@/lib/connectors/contract/connector-error";
import { type HttpAnswer, HttpFailure } from "@/lib/http/send-request";

/**
 * (status, code) of a Zoho Books answer to the kind of a ConnectorError. Zoho's OpenAPI files describe no error at
 * all; the codes are from its introduction page (checked 2026-11-21). A read changes nothing; what a write without a whole
 * answer did is unknown, and the client says so.
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Zoho's own codes, whatever the status. */
const KIND_BY_CODE: Readonly<Record<number, { kind: ConnectorErrorKind; sentence: string }>> = {
  5: { kind: "wireMismatch", sentence: "Zoho Books does not know an address that Tieout called." },
  14: { kind: "authExpired", sentence: "Zoho Books no longer accepts this connection. Connect it again." },
  57: {
    kind: "permission",
    sentence:
      "The person who connected Zoho Books may not do this there. Connect again as an administrator and accept all permissions.",
  },
  6041: {
    kind: "permission",
    sentence: "The person who connected Zoho Books no longer belongs to this organisation there.",
  },
  1002: { kind: "notFound", sentence: "Zoho Books has no such record." },
};

/** No Retry-After comes with these (truto.one guide, 2026), so the wait is ours. */
const WAIT_BY_CODE: Readonly<Record<number, { retryAfterMs: number; sentence: string }>> = {
  44: { retryAfterMs: MINUTE_MS, sentence: "Zoho Books allows no more calls this minute." },
  45: { retryAfterMs: HOUR_MS, sentence: "The day's calls to Zoho Books are used up." },
  1070: { retryAfterMs: 2_000, sentence: "Zoho Books is busy with too many calls at once." },
};

const KIND_BY_STATUS: Readonly<Record<number, { kind: ConnectorErrorKind; sentence: string }>> = {
  400: { kind: "validation", sentence: "Zoho Books refused the request." },
  401: { kind: "authExpired", sentence: "Zoho Books no longer accepts this connection. Connect it again." },
  403: { kind: "permission", sentence: "The person who connected Zoho Books may not do this there." },
  404: { kind: "notFound", sentence: "Zoho Books has no such record." },
};

/** The error of an answer that is no success; `code` is Zoho's, null when the body named none. */
export function errorOfAnswer(answer: HttpAnswer, code: number | null): ConnectorError {
  const suffix = code === null ? ` (status ${answer.status})` : ` (status ${answer.status}, code ${code})`;
  if (answer.status === 429 || (code !== null && WAIT_BY_CODE[code] !== undefined)) {
    const wait = (code === null ? undefined : WAIT_BY_CODE[code]) ?? WAIT_BY_CODE[44];
    return failure("rateLimited", `${wait?.sentence ?? "Zoho Books asks to wait."}${suffix}`, {
      retryAfterMs: retryAfterMs(answer) ?? wait?.retryAfterMs ?? MINUTE_MS,
    });
  }
  if (answer.status >= 500) return failure("unavailable", `Zoho Books is not available right now${suffix}.`);
  const known = (code === null ? undefined : KIND_BY_CODE[code]) ?? KIND_BY_STATUS[answer.status];
  if (known !== undefined) return failure(known.kind, `${known.sentence}${suffix}`);
  if (code !== null && answer.status < 300)
    return failure("validation", `Zoho Books refused the request${suffix}.`);
  return failure("wireMismatch", `Zoho Books answered in a way that Tieout does not know${suffix}.`);
}

/** The error of a request without a whole answer. Anything but an HttpFailure is passed on unchanged. */
export function errorOfThrown(thrown: unknown): unknown {
  if (!(thrown instanceof HttpFailure)) return thrown;
  if (thrown.kind === "timeout")
    return failure("timeout", "Zoho Books did not answer in time.", { cause: thrown });
  return failure("unavailable", "Zoho Books could not be reached.", { cause: thrown });
}

/** The same of a write: only where no connection was made is it certain that nothing was done. */
export function errorOfThrownWrite(thrown: unknown): unknown {
  if (!(thrown instanceof HttpFailure) || thrown.kind === "refused") return errorOfThrown(thrown);
  const kind = thrown.kind === "timeout" ? "timeout" : "unavailable";
  return new ConnectorError(kind, "Zoho Books did not say whether it saved the record.", {
    cause: thrown,
    mayHaveBeenApplied: true,
  });
}

export function wireMismatch(what: string, cause?: unknown): ConnectorError {
  return failure("wireMismatch", `Zoho Books answered in a way that Tieout does not know: ${what}.`, {
    cause,
  });
}

/** For what the manifest does not declare. */
export function unsupported(what: string): ConnectorError {
  return failure("permission", `Tieout cannot ${what} in Zoho Books.`);
}
