import { z } from "zod";
import type { ConnectorSession } from "@/lib/connectors/contract/connector";
import { ConnectorError, failure } from "@/lib/connectors/contract/connector-error";
import { createSessionToken } from "@/lib/connectors/contract/session-token";
import type { GuardedRequest } from "@/lib/http/guarded-request";
import type { HttpAnswer } from "@/lib/http/send-request";
import { errorOfAnswer, errorOfThrown, errorOfThrownWrite, wireMismatch } from "./errors";
import { API_PATH, type Resource } from "./resources";
import { readSettings, type TimsSettings, toOurNames, toTheirNames } from "./settings";
import { companyOf } from "./tenant";

/**
 * Calls to one company of a TIMS: base address, company, token, permit before and observation after every single call, and
 * the connection's own names of fields. A refused token is renewed once; everything else becomes a ConnectorError.
 */
export interface TimsClient {
  readonly settings: TimsSettings;
  /** A page of a resource. Throws ConnectorError. */
  list(resource: Resource, query: ListQuery): Promise<TimsList>;
  /** One row, or null without one. */
  get(resource: Resource, id: string, part?: string): Promise<unknown>;
  /**
   * A call that writes one record. Throws only where TIMS has certainly done nothing; without a whole answer the outcome is
   * unknown.
   */
  write(
    method: "POST" | "PUT",
    resource: Resource,
    path: readonly string[],
    fields: Readonly<Record<string, unknown>>,
  ): Promise<WriteAnswer>;
}

export interface ListQuery {
  /** From 1. */
  readonly page: number;
  readonly filters: Readonly<Record<string, string>>;
}

export interface TimsList {
  readonly rows: readonly unknown[];
  readonly hasMore: boolean;
  readonly total: number | null;
}

export type WriteAnswer =
  | { readonly kind: "answered"; readonly row: unknown }
  | { readonly kind: "refused"; readonly code: string; readonly message: string }
  | { readonly kind: "unknown"; readonly why: string };

const listSchema = z.looseObject({
  data: z.array(z.unknown()),
  hasMore: z.boolean().optional(),
  totalRecords: z.number().int().optional(),
});
const oneSchema = z.looseObject({ data: z.unknown() });
const errorSchema = z.looseObject({
  error: z.looseObject({ code: z.string(), message: z.string().default("") }),
});

export function createTimsClient(
  session: ConnectorSession,
  send: GuardedRequest,
  timeoutMs: number,
): TimsClient {
  const settings = readSettings(session.settings ?? {});
  if (typeof settings === "string") throw failure("validation", settings);
  const { fieldMap } = settings;
  const token = createSessionToken(session);

  async function callOnce(order: Order, accessToken: string): Promise<HttpAnswer> {
    const permit = await session.permit(1);
    let answer: HttpAnswer | null = null;
    try {
      answer = await send({
        method: order.method,
        url: `${session.apiBase}${API_PATH}${order.path}`,
        headers: {
          authorization: `Bearer ${accessToken}`,
          accept: "application/json",
          "x-company-id": companyOf(session.tenantId),
          ...(order.body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(order.body === undefined ? {} : { body: order.body }),
        timeoutMs,
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
  async function call(order: Order): Promise<HttpAnswer> {
    const first = await token.current();
    const answer = await callOnce(order, first);
    return answer.status === 401 ? callOnce(order, await token.renewed(first)) : answer;
  }

  return {
    settings,
    async list(resource, { page, filters }) {
      const place: Readonly<Record<string, string>> =
        settings.paging === "page"
          ? { page: String(page) }
          : { offset: String((page - 1) * settings.pageSize) };
      const query = new URLSearchParams({ ...filters, ...place, pageSize: String(settings.pageSize) });
      const answer = await call({ method: "GET", path: `${resource.path}?${query}` });
      if (resource.isOptional && answer.status === 404) return { rows: [], hasMore: false, total: 0 };
      const parsed = listSchema.safeParse(readBody(answer));
      if (!parsed.success) throw wireMismatch(`"${resource.name}" is no list`);
      const { data, hasMore, totalRecords } = parsed.data;
      return {
        rows: data.map((row) => toOurNames(fieldMap, resource.name, row)),
        hasMore: hasMore ?? data.length >= settings.pageSize,
        total: totalRecords ?? null,
      };
    },
    async get(resource, id, part) {
      const path = [resource.path, encodeURIComponent(id), ...(part === undefined ? [] : [part])].join("/");
      const answer = await call({ method: "GET", path });
      if (answer.status === 404) return null;
      const parsed = oneSchema.safeParse(readBody(answer));
      if (!parsed.success) throw wireMismatch(`a record of "${resource.name}" cannot be read`);
      return toOurNames(fieldMap, resource.name, parsed.data.data);
    },
    async write(method, resource, path, fields) {
      const body = JSON.stringify(toTheirNames(fieldMap, resource.name, fields));
      const whole = [resource.path, ...path.map(encodeURIComponent)].join("/");
      try {
        const answer = readWriteAnswer(await call({ method, path: whole, body }));
        return answer.kind === "answered"
          ? { kind: "answered", row: toOurNames(fieldMap, resource.name, answer.row) }
          : answer;
      } catch (thrown) {
        if (thrown instanceof ConnectorError && thrown.mayHaveBeenApplied)
          return { kind: "unknown", why: thrown.message };
        throw thrown;
      }
    },
  };
}

interface Order {
  readonly method: "GET" | "POST" | "PUT";
  /** Below the API's path. */
  readonly path: string;
  readonly body?: string;
}

function readBody(answer: HttpAnswer): unknown {
  if (answer.status >= 300) throw errorOfAnswer(answer);
  try {
    return JSON.parse(answer.text);
  } catch (thrown) {
    throw wireMismatch("the answer is not whole JSON", thrown instanceof SyntaxError ? undefined : thrown);
  }
}

/** These speak of the connection, not of the record. */
const THROWN: ReadonlySet<ConnectorError["kind"]> = new Set(["rateLimited", "authExpired", "permission"]);

/** A server error may have come after the work was done, and so may an answer that cannot be read. */
function readWriteAnswer(answer: HttpAnswer): WriteAnswer {
  if (answer.status >= 500) return { kind: "unknown", why: `TIMS answered with status ${answer.status}.` };
  if (answer.status < 300) {
    try {
      const parsed = oneSchema.safeParse(JSON.parse(answer.text));
      if (parsed.success) return { kind: "answered", row: parsed.data.data };
    } catch (thrown) {
      if (!(thrown instanceof SyntaxError)) throw thrown;
    }
    return { kind: "unknown", why: "The answer of TIMS cannot be read." };
  }
  const error = errorOfAnswer(answer);
  if (THROWN.has(error.kind)) throw error;
  return { kind: "refused", ...refusalIn(answer.text) };
}

function refusalIn(text: string): { code: string; message: string } {
  try {
    const parsed = errorSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.error : { code: "", message: "" };
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return { code: "", message: "" };
    throw thrown;
  }
}
