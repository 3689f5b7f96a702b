import {
  ConnectorError,
  type ConnectorErrorKind,
  failure,
  retryAfterMs,
} from "@/lib/connectors/contract/connector-error";
import { GuardFailure } from "@/lib/http/guarded-request";
import { type HttpAnswer, HttpFailure } from "@/lib/http/send-request";

/**
 * (status, code) of an answer of TIMS to the kind of a ConnectorError. Its codes are assumed; where there is none, the
 * status of HTTP decides. Messages hold nothing that was sent.
 */

const WAIT_MS = 60_000;

const KIND_BY_STATUS: Readonly<Record<number, { kind: ConnectorErrorKind; sentence: string }>> = {
  400: { kind: "validation", sentence: "TIMS refused the request." },
  401: { kind: "authExpired", sentence: "TIMS no longer accepts this connection. Connect it again." },
  403: { kind: "permission", sentence: "The OAuth client of this connection may not do that in TIMS." },
  404: { kind: "notFound", sentence: "TIMS has no such record or address." },
  405: { kind: "permission", sentence: "This TIMS does not take that kind of call." },
  409: { kind: "conflict", sentence: "TIMS has another state of this record." },
  422: { kind: "validation", sentence: "TIMS refused the record." },
};

/** The error of an answer that is no success. */
export function errorOfAnswer(answer: HttpAnswer): ConnectorError {
  const suffix = ` (status ${answer.status})`;
  if (answer.status === 429)
    return failure("rateLimited", `TIMS asks to wait${suffix}.`, {
      retryAfterMs: retryAfterMs(answer) ?? WAIT_MS,
    });
  if (answer.status >= 500) return failure("unavailable", `TIMS is not available right now${suffix}.`);
  const known = KIND_BY_STATUS[answer.status];
  return known === undefined
    ? failure("wireMismatch", `TIMS answered in a way that Tieout does not know${suffix}.`)
    : failure(known.kind, `${known.sentence.replace(/\.$/, "")}${suffix}.`);
}

const NOT_PUBLIC = "The address of this TIMS leads into a private network, which Tieout does not call.";
const REDIRECTED =
  "TIMS sent Tieout on to another address, which is not followed. Enter the address where its API answers.";

/** The error of a request without a whole answer. Anything but an HttpFailure is passed on unchanged. */
export function errorOfThrown(thrown: unknown): unknown {
  if (!(thrown instanceof HttpFailure)) return thrown;
  if (thrown instanceof GuardFailure)
    return thrown.why === "notPublic"
      ? failure("permission", NOT_PUBLIC, { cause: thrown })
      : failure("wireMismatch", REDIRECTED, { cause: thrown });
  if (thrown.kind === "timeout") return failure("timeout", "TIMS did not answer in time.", { cause: thrown });
  return failure("unavailable", "TIMS could not be reached.", { cause: thrown });
}

/** The same of a write: only where nothing was sent is it certain that nothing was done. */
export function errorOfThrownWrite(thrown: unknown): unknown {
  if (!(thrown instanceof HttpFailure) || thrown.kind === "refused") return errorOfThrown(thrown);
  const kind = thrown.kind === "timeout" ? "timeout" : "unavailable";
  return new ConnectorError(kind, "TIMS did not say whether it saved the record.", {
    cause: thrown,
    mayHaveBeenApplied: true,
  });
}

export const wireMismatch = (what: string, cause?: unknown): ConnectorError =>
  failure("wireMismatch", `TIMS answered in a way that Tieout does not know: ${what}.`, { cause });

/** For what the manifest does not declare. */
export const unsupported = (what: string): ConnectorError =>
  failure("permission", `Tieout cannot ${what} in TIMS.`);
