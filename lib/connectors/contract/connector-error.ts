/**
 * The closed set of ways in which a vendor call fails. The kind comes from status and body, never from a
 * substring, and decides whether a retry can help. Messages carry no token, header or payload.
 */
export type ConnectorErrorKind =
  | "rateLimited"
  | "authExpired"
  | "permission"
  | "notFound"
  | "validation"
  | "conflict"
  | "periodLocked"
  | "unavailable"
  | "timeout"
  | "wireMismatch";

/** Whether the same call can succeed later without anyone doing anything. */
const RETRY: Readonly<Record<ConnectorErrorKind, "after" | "backoff" | "never">> = {
  rateLimited: "after",
  authExpired: "never",
  permission: "never",
  notFound: "never",
  validation: "never",
  conflict: "never",
  periodLocked: "never",
  unavailable: "backoff",
  timeout: "backoff",
  wireMismatch: "never",
};

/** Every kind there is. */
export const CONNECTOR_ERROR_KINDS: readonly ConnectorErrorKind[] = Object.keys(RETRY).filter(isKind);

function isKind(text: string): text is ConnectorErrorKind {
  return Object.hasOwn(RETRY, text);
}

export class ConnectorError extends Error {
  override readonly name = "ConnectorError";
  readonly kind: ConnectorErrorKind;
  readonly retry: "after" | "backoff" | "never";
  readonly retryAfterMs: number | null;
  readonly vendorRequestId: string | null;
  /** False where the vendor certainly did nothing; a write is then free to be sent again. */
  readonly mayHaveBeenApplied: boolean;

  constructor(
    kind: ConnectorErrorKind,
    message: string,
    more: {
      retryAfterMs?: number | null;
      vendorRequestId?: string | null;
      mayHaveBeenApplied?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.kind = kind;
    this.retry = RETRY[kind];
    this.retryAfterMs = more.retryAfterMs ?? null;
    this.vendorRequestId = more.vendorRequestId ?? null;
    this.mayHaveBeenApplied = more.mayHaveBeenApplied ?? (kind === "timeout" || kind === "unavailable");
  }
}

/** An error of a call that certainly did nothing. */
export const failure = (
  kind: ConnectorErrorKind,
  message: string,
  more: { retryAfterMs?: number; cause?: unknown } = {},
): ConnectorError => new ConnectorError(kind, message, { ...more, mayHaveBeenApplied: false });

/** The wait that an answer asks for in whole seconds (`retry-after`); null where it asks for none. */
export function retryAfterMs({
  headers,
}: {
  readonly headers: Readonly<Record<string, string>>;
}): number | null {
  const text = headers["retry-after"] ?? "";
  return /^\d{1,6}$/.test(text) ? Math.max(1, Number(text)) * 1000 : null;
}
