import { z } from "zod";
import type { ConnectorSession } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { parseExactJson } from "@/lib/connectors/contract/exact-json";
import { createSessionToken } from "@/lib/connectors/contract/session-token";
import { type HttpAnswer, sendRequest } from "@/lib/http/send-request";
import { errorOfAnswer, errorOfThrown, errorOfThrownWrite, wireMismatch } from "./errors";

/**
 * Calls to one organisation of Zoho Books: base address, organization_id, token, permit before and observation after
 * every single call. A refused token is renewed once; everything else becomes a ConnectorError.
 */
export interface ZohoClient {
  /** GET of a path under /books/v3. Throws ConnectorError. */
  get(path: string, query?: Readonly<Record<string, string>>): Promise<ZohoAnswer>;
  /**
   * A call that writes one record. Throws only where Zoho has certainly done nothing (no permit, limit, token, no
   * connection); without a whole answer the outcome is unknown.
   */
  write(method: "POST" | "PUT" | "DELETE", path: string, body?: object): Promise<WriteAnswer>;
}

export type WriteAnswer =
  | { readonly kind: "answered"; readonly body: Readonly<Record<string, unknown>> }
  /** `code` is Zoho's own, null where the answer named none. */
  | { readonly kind: "refused"; readonly code: number | null; readonly message: string }
  | { readonly kind: "unknown"; readonly why: string };

export interface ZohoAnswer {
  readonly body: Readonly<Record<string, unknown>>;
  /** The server's own clock (Date header), null where it sent none. */
  readonly serverTime: Date | null;
}

export const API_PATH = "/books/v3";

const envelopeSchema = z.looseObject({ code: z.coerce.number().int().optional() });

export function createZohoClient(session: ConnectorSession, requestTimeoutMs: number): ZohoClient {
  const token = createSessionToken(session);
  /** Code 57 right after a renewal is a missing permission: renewing again would only use up token requests. */
  let renewalIsNoHelp = false;

  async function call(url: string, accessToken: string, order: Order): Promise<HttpAnswer> {
    const permit = await session.permit(1);
    let answer: HttpAnswer | null = null;
    try {
      answer = await sendRequest({
        method: order.method,
        url,
        headers: {
          authorization: `Zoho-oauthtoken ${accessToken}`,
          accept: "application/json",
          ...(order.body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(order.body === undefined ? {} : { body: JSON.stringify(order.body) }),
        timeoutMs: requestTimeoutMs,
      });
      return answer;
    } catch (thrown) {
      throw order.method === "GET" ? errorOfThrown(thrown) : errorOfThrownWrite(thrown);
    } finally {
      await permit.observe(
        answer && { status: answer.status, headers: answer.headers, bytesReceived: answer.bytes, records: 1 },
      );
    }
  }

  /** A refused token means that nothing was done, so a write is repeated with a new one like a read. */
  async function callRenewing(
    path: string,
    query: Readonly<Record<string, string>>,
    order: Order,
  ): Promise<HttpAnswer> {
    const parameters = new URLSearchParams({ organization_id: session.tenantId, ...query });
    const url = `${session.apiBase.replace(/\/$/, "")}${API_PATH}${path}?${parameters}`;
    const first = await token.current();
    const answer = await call(url, first, order);
    if (answer.status !== 401 || renewalIsNoHelp) return answer;
    const second = await call(url, await token.renewed(first), order);
    if (second.status === 401) renewalIsNoHelp = true;
    return second;
  }

  return {
    get: async (path, query = {}) => readAnswer(await callRenewing(path, query, { method: "GET" })),
    async write(method, path, body) {
      try {
        return readWriteAnswer(
          await callRenewing(path, {}, { method, ...(body === undefined ? {} : { body }) }),
        );
      } catch (thrown) {
        if (thrown instanceof ConnectorError && thrown.mayHaveBeenApplied)
          return { kind: "unknown", why: thrown.message };
        throw thrown;
      }
    },
  };
}

interface Order {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly body?: object;
}

const refusalSchema = z.looseObject({ message: z.string().default("") });

/**
 * What became of a write. A server error may have come after the work was done, and so may an answer that cannot be read;
 * a refusal by status 400 or 404 has done nothing. Throws ConnectorError for what a person or time has to mend first.
 */
function readWriteAnswer(answer: HttpAnswer): WriteAnswer {
  const unread = (why: string): WriteAnswer => ({ kind: "unknown", why });
  if (answer.status >= 500) return unread(`Zoho Books answered with status ${answer.status}.`);
  try {
    return { kind: "answered", body: readAnswer(answer).body };
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    if (answer.status >= 200 && answer.status < 300 && !hasCode(answer.text)) return unread(thrown.message);
    if (THROWN.has(thrown.kind)) throw thrown;
    return { kind: "refused", ...refusalIn(answer.text) };
  }
}

/** These speak of the connection, not of the record. */
const THROWN: ReadonlySet<ConnectorError["kind"]> = new Set(["rateLimited", "authExpired", "permission"]);

/** Whether an answer is whole and names a code: with status 200 that is a refusal too. */
function hasCode(text: string): boolean {
  return refusalIn(text).code !== null;
}

function refusalIn(text: string): { code: number | null; message: string } {
  try {
    const json = parseExactJson(text);
    const envelope = envelopeSchema.safeParse(json);
    const refusal = refusalSchema.safeParse(json);
    return {
      code: envelope.success ? (envelope.data.code ?? null) : null,
      message: refusal.success ? refusal.data.message : "",
    };
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return { code: null, message: "" };
    throw thrown;
  }
}

/** Body of a successful answer; throws the ConnectorError of any other. */
export function readAnswer(answer: HttpAnswer): ZohoAnswer {
  const success = answer.status >= 200 && answer.status < 300;
  let json: unknown;
  try {
    json = parseExactJson(answer.text);
  } catch (thrown) {
    if (!success) throw errorOfAnswer(answer, null);
    throw wireMismatch("the answer is not whole JSON", thrown instanceof SyntaxError ? undefined : thrown);
  }
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) {
    if (!success) throw errorOfAnswer(answer, null);
    throw wireMismatch("the answer has no envelope");
  }
  const code = envelope.data.code ?? 0;
  if (!success || code !== 0) throw errorOfAnswer(answer, code === 0 ? null : code);
  const serverTime = new Date(answer.headers.date ?? "");
  return { body: envelope.data, serverTime: Number.isNaN(serverTime.getTime()) ? null : serverTime };
}

/** The answer's body, or null when the record does not exist. */
export async function getOrNull(
  client: ZohoClient,
  path: string,
): Promise<Readonly<Record<string, unknown>> | null> {
  try {
    return (await client.get(path)).body;
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.kind === "notFound") return null;
    throw thrown;
  }
}
