import {
  type ConnectorError,
  type ConnectorErrorKind,
  failure,
  retryAfterMs,
} from "@/lib/connectors/contract/connector-error";
import { type HttpAnswer, HttpFailure } from "@/lib/http/send-request";

/**
 * The status of a TimeSolv answer to the kind of a ConnectorError. Nothing about its errors is public but the shape of the
 * Token address's ({error, error_description}), so the usual meaning of each status is taken. Every call is a read.
 */

/** No limit and no Retry-After are known, so the wait is ours. */
const WAIT_MS = 60_000;

const KIND_BY_STATUS: Readonly<Record<number, { kind: ConnectorErrorKind; sentence: string }>> = {
  400: { kind: "validation", sentence: "TimeSolv refused the request" },
  401: { kind: "authExpired", sentence: "TimeSolv no longer accepts this connection. Connect it again" },
  403: { kind: "permission", sentence: "The person who connected TimeSolv may not do this there" },
  404: { kind: "notFound", sentence: "TimeSolv has nothing at this address" },
};

/** The error of an answer that is no success. */
export function errorOfAnswer(answer: HttpAnswer): ConnectorError {
  const suffix = `(status ${answer.status}).`;
  if (answer.status === 429)
    return failure("rateLimited", `TimeSolv allows no more calls for a while ${suffix}`, {
      retryAfterMs: retryAfterMs(answer) ?? WAIT_MS,
    });
  if (answer.status >= 500) return failure("unavailable", `TimeSolv is not available right now ${suffix}`);
  const known = KIND_BY_STATUS[answer.status];
  if (known !== undefined) return failure(known.kind, `${known.sentence} ${suffix}`);
  return failure("wireMismatch", `TimeSolv answered in a way that Tieout does not know ${suffix}`);
}

/** The error of a request without a whole answer. Anything but an HttpFailure is passed on unchanged. */
export function errorOfThrown(thrown: unknown): unknown {
  if (!(thrown instanceof HttpFailure)) return thrown;
  if (thrown.kind === "timeout")
    return failure("timeout", "TimeSolv did not answer in time.", { cause: thrown });
  return failure("unavailable", "TimeSolv could not be reached.", { cause: thrown });
}

export function wireMismatch(what: string, cause?: unknown): ConnectorError {
  return failure("wireMismatch", `TimeSolv answered in a way that Tieout does not know: ${what}.`, { cause });
}

/** For what the manifest does not declare. */
export function unsupported(what: string): ConnectorError {
  return failure("permission", `Tieout cannot ${what} in TimeSolv.`);
}
