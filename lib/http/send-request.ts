/**
 * The one place that makes outgoing HTTP requests by fetch. It knows deadlines and nothing of vendors. Errors say
 * whether the request can have reached the other side; they never carry headers or bodies.
 */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly timeoutMs: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Length of the body, unpacked. */
  readonly bytes: number;
}

export class HttpFailure extends Error {
  override readonly name = "HttpFailure";
  /** `refused`: no connection was made, so nothing can have happened there. */
  readonly kind: "timeout" | "refused" | "broken";

  constructor(kind: "timeout" | "refused" | "broken", cause: unknown) {
    super(`no answer: ${kind}`, { cause });
    this.kind = kind;
  }
}

const NOTHING_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/** Sends a request and reads the whole answer. Never follows redirects; throws HttpFailure without an answer. */
export async function sendRequest(request: HttpRequest): Promise<HttpAnswer> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body as BodyInit }),
      redirect: "manual",
      signal: AbortSignal.timeout(request.timeoutMs),
    });
    const body = Buffer.from(await response.arrayBuffer());
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      text: body.toString("utf8"),
      bytes: body.length,
    };
  } catch (thrown) {
    throw new HttpFailure(failureKind(thrown), thrown);
  }
}

function failureKind(thrown: unknown): "timeout" | "refused" | "broken" {
  if (thrown instanceof Error && thrown.name === "TimeoutError") return "timeout";
  const cause = thrown instanceof Error ? thrown.cause : null;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return NOTHING_SENT.has(code) ? "refused" : "broken";
}
