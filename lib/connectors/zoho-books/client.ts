import { z } from "zod";
import type { ConnectorSession } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { type HttpAnswer, sendRequest } from "@/lib/http/send-request";
import { errorOfAnswer, errorOfThrown, wireMismatch } from "./errors";
import { parseExactJson } from "./exact-json";

/**
 * Calls to one organisation of Zoho Books: base address, organization_id, token, permit before and observation after
 * every single call. A refused token is renewed once; everything else becomes a ConnectorError.
 */
export interface ZohoClient {
  /** GET of a path under /books/v3. Throws ConnectorError. */
  get(path: string, query?: Readonly<Record<string, string>>): Promise<ZohoAnswer>;
}

export interface ZohoAnswer {
  readonly body: Readonly<Record<string, unknown>>;
  /** The server's own clock (Date header), null where it sent none. */
  readonly serverTime: Date | null;
}

export const API_PATH = "/books/v3";

const envelopeSchema = z.looseObject({ code: z.coerce.number().int().optional() });

export function createZohoClient(session: ConnectorSession, requestTimeoutMs: number): ZohoClient {
  let token: Promise<string> | null = null;
  /** Code 57 right after a renewal is a missing permission: renewing again would only use up token requests. */
  let renewalIsNoHelp = false;

  function fetchToken(force: boolean): Promise<string> {
    const asked = session.accessToken(force ? { force } : {});
    token = asked;
    asked.catch(() => {
      if (token === asked) token = null;
    });
    return asked;
  }

  async function renewedToken(refused: string): Promise<string> {
    const current = await token;
    // Another call of this client has renewed it meanwhile.
    return current !== null && current !== refused ? current : fetchToken(true);
  }

  async function call(url: string, accessToken: string): Promise<HttpAnswer> {
    const permit = await session.permit(1);
    let answer: HttpAnswer | null = null;
    try {
      answer = await sendRequest({
        method: "GET",
        url,
        headers: { authorization: `Zoho-oauthtoken ${accessToken}`, accept: "application/json" },
        timeoutMs: requestTimeoutMs,
      });
      return answer;
    } catch (thrown) {
      throw errorOfThrown(thrown);
    } finally {
      await permit.observe(
        answer && { status: answer.status, headers: answer.headers, bytesReceived: answer.bytes, records: 1 },
      );
    }
  }

  return {
    async get(path, query = {}) {
      const parameters = new URLSearchParams({ organization_id: session.tenantId, ...query });
      const url = `${session.apiBase.replace(/\/$/, "")}${API_PATH}${path}?${parameters}`;
      const first = await (token ?? fetchToken(false));
      const answer = await call(url, first);
      if (answer.status !== 401 || renewalIsNoHelp) return readAnswer(answer);
      const second = await call(url, await renewedToken(first));
      if (second.status === 401) renewalIsNoHelp = true;
      return readAnswer(second);
    },
  };
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
