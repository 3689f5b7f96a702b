import { AccountingApi } from "xero-node/dist/gen/api/accountingApi.js";
import type { ConnectorSession, VendorExchange } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { type HttpAnswer, HttpFailure, sendRequest } from "@/lib/http/send-request";
import { errorOfAnswer, errorOfFailure, isTokenRefused, wireMismatch } from "./errors";
import { parseJson, refusalBody } from "./wire/envelope";

/**
 * One tenant's calls through xero-node. The SDK makes path, query, headers and body; lib/http carries them, so that
 * deadline, permit and redaction stand in one place and no token lives in anything shared (each call has its own SDK
 * object). The SDK's own reading of answers is switched off: it turns dates into Date objects and failures into
 * strings. A write that may have been applied comes back as "unknown", never as an error.
 */

/** Calls one method of the SDK for the tenant. */
export type SdkCall = (api: AccountingApi, tenantId: string) => Promise<unknown>;

/** What a read counts as on the meter of calls that one record a call would take. */
const ONE_CALL = 1;

export type WriteAnswer = (
  | { readonly kind: "answered"; readonly body: unknown }
  /** Nothing was saved. `elements` are the ones that Xero complains of, where it names them. */
  | { readonly kind: "refused"; readonly message: string; readonly elements: readonly unknown[] }
  | { readonly kind: "unknown"; readonly why: string }
) & { readonly exchange: VendorExchange };

export interface XeroClient {
  /** The JSON of a read; null where Xero says that nothing was modified. Throws ConnectorError. */
  read(call: SdkCall): Promise<unknown>;
  /** `records` is how many the call writes. Throws ConnectorError only where Xero certainly saved nothing. */
  write(call: SdkCall, records: number): Promise<WriteAnswer>;
}

export function createXeroClient(session: ConnectorSession, requestTimeoutMs: number): XeroClient {
  const basePath = `${session.apiBase}/api.xro/2.0`;

  async function attempt(
    call: SdkCall,
    records: number,
    force: boolean,
    onRequest?: OnRequest,
  ): Promise<HttpAnswer> {
    const token = await session.accessToken(force ? { force } : undefined);
    const permit = await session.permit(1);
    let answer: HttpAnswer | null = null;
    try {
      const { tenantId } = session;
      answer = await throughSdk(call, { basePath, token, tenantId, requestTimeoutMs, onRequest });
      return answer;
    } finally {
      await permit.observe(
        answer && { status: answer.status, headers: answer.headers, bytesReceived: answer.bytes, records },
      );
    }
  }

  async function send(call: SdkCall, records: number, onRequest?: OnRequest): Promise<HttpAnswer> {
    const answer = await attempt(call, records, false, onRequest);
    return isTokenRefused(answer) ? attempt(call, records, true, onRequest) : answer;
  }

  return {
    async read(call) {
      const answer = await send(call, ONE_CALL).catch((thrown: unknown) => {
        throw thrown instanceof HttpFailure ? errorOfFailure(thrown, "read") : thrown;
      });
      if (answer.status === 304) return null;
      if (answer.status < 200 || answer.status > 299) throw errorOfAnswer(answer, "read");
      const body = parseJson(answer.text);
      if (body === undefined) throw wireMismatch("it is no complete JSON");
      return body;
    },

    async write(call, records) {
      let request: SentRequest = { method: "", path: "", body: undefined };
      let answer: HttpAnswer;
      try {
        answer = await send(call, records, (sent) => {
          request = sent;
        });
      } catch (thrown) {
        if (!(thrown instanceof HttpFailure)) throw thrown;
        const error = errorOfFailure(thrown, "write");
        if (!error.mayHaveBeenApplied) throw error;
        return { kind: "unknown", why: error.message, exchange: exchangeOf(request, null) };
      }
      return writeAnswerOf(answer, exchangeOf(request, answer));
    },
  };
}

function writeAnswerOf(answer: HttpAnswer, exchange: VendorExchange): WriteAnswer {
  if (answer.status >= 200 && answer.status <= 299) {
    const body = parseJson(answer.text);
    if (body === undefined) return { kind: "unknown", why: "Xero's answer is no complete JSON.", exchange };
    return { kind: "answered", body, exchange };
  }
  const error = errorOfAnswer(answer, "write");
  if (error.mayHaveBeenApplied) return { kind: "unknown", why: error.message, exchange };
  if (error.kind !== "validation" && error.kind !== "notFound" && error.kind !== "conflict") throw error;
  const { message, elements } = refusalBody(answer.text);
  return { kind: "refused", message: message || error.message, elements, exchange };
}

/** What goes out, without its headers: the token stands there. */
interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
}

type OnRequest = (request: SentRequest) => void;

/** Bodies are read when somebody asks: of a call that went well nobody does. */
function exchangeOf(request: SentRequest, answer: HttpAnswer | null): VendorExchange {
  return {
    method: request.method,
    path: request.path,
    get sent() {
      return request.body === undefined ? null : (parseJson(request.body) ?? request.body);
    },
    status: answer?.status ?? null,
    get answered() {
      return answer === null ? null : (parseJson(answer.text) ?? answer.text);
    },
    vendorRequestId: answer?.headers["xero-correlation-id"] ?? null,
  };
}

interface Transmission {
  readonly basePath: string;
  readonly token: string;
  readonly tenantId: string;
  readonly requestTimeoutMs: number;
  readonly onRequest: OnRequest | undefined;
}

/** The answer that the SDK would have read; throws HttpFailure without one. */
async function throughSdk(call: SdkCall, transmission: Transmission): Promise<HttpAnswer> {
  const transport: { answer: HttpAnswer | null; thrown: unknown } = { answer: null, thrown: null };
  const api = new AccountingApi(transmission.basePath);
  api.accessToken = transmission.token;
  // The last hook that the SDK calls before it hands the request to axios.
  api.setDefaultAuthentication({
    applyToRequest(request) {
      request.adapter = async (config) => {
        const method = methodOf(config.method);
        const url = addressOf(config.url, config.params);
        const body = typeof config.data === "string" && method !== "GET" ? config.data : undefined;
        transmission.onRequest?.({ method, path: url.slice(transmission.basePath.length), body });
        try {
          transport.answer = await sendRequest({
            method,
            url,
            headers: textHeaders(config.headers.toJSON()),
            ...(body === undefined ? {} : { body }),
            timeoutMs: transmission.requestTimeoutMs,
          });
        } catch (thrown) {
          transport.thrown = thrown;
          throw thrown;
        }
        return { data: undefined, status: 200, statusText: "", headers: {}, config };
      };
    },
  });
  try {
    await call(api, transmission.tenantId);
  } catch (thrown) {
    throw transport.thrown ?? thrown;
  }
  if (transport.answer === null) throw new ConnectorError("wireMismatch", "The SDK made no call.");
  return transport.answer;
}

function methodOf(method: string | undefined): "GET" | "POST" | "PUT" | "DELETE" {
  switch (method?.toLowerCase()) {
    case "post":
      return "POST";
    case "put":
      return "PUT";
    case "delete":
      return "DELETE";
    default:
      return "GET";
  }
}

function addressOf(url: string | undefined, parameters: object | undefined): string {
  const address = new URL(url ?? "");
  for (const [name, value] of Object.entries(parameters ?? {})) {
    if (value !== undefined && value !== null) address.searchParams.set(name, String(value));
  }
  return address.toString();
}

function textHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, String(value)] as const],
    ),
  );
}
