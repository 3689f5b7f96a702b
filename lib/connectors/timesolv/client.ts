import { z } from "zod";
import type { ConnectorSession } from "@/lib/connectors/contract/connector";
import { parseJsonOrNull } from "@/lib/connectors/contract/exact-json";
import { createSessionToken } from "@/lib/connectors/contract/session-token";
import { type HttpAnswer, sendRequest } from "@/lib/http/send-request";
import { withoutSlash } from "./config";
import { errorOfAnswer, errorOfThrown, wireMismatch } from "./errors";

/**
 * Searches in one firm: base address, token, permit before and observation after every single call. A refused token is
 * renewed once; everything else becomes a ConnectorError. The last page of a search is the one that is not full.
 */
export interface TimesolvClient {
  /** Rows of one page, from 1, in the order of their ids. Throws ConnectorError. */
  search(search: Search, page: number): Promise<readonly unknown[]>;
}

export interface Search {
  readonly operation: string;
  /** Name of the list in the answer. */
  readonly list: string;
  /** Each field must be equal: no other operator is known. */
  readonly where?: Readonly<Record<string, string>>;
}

export const ROWS_A_PAGE = 100;

export function createTimesolvClient(session: ConnectorSession, requestTimeoutMs: number): TimesolvClient {
  const token = createSessionToken(session);

  async function call(operation: string, accessToken: string, body: object): Promise<HttpAnswer> {
    const permit = await session.permit(1);
    let answer: HttpAnswer | null = null;
    try {
      answer = await sendRequest({
        method: "POST",
        url: `${withoutSlash(session.apiBase)}/${operation}`,
        headers: {
          authorization: `Bearer ${accessToken}`,
          accept: "application/json",
          "content-type": "application/json",
        },
        body: JSON.stringify(body),
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
    async search({ operation, list, where = {} }, page) {
      const body = {
        OrderBy: "Id",
        SortOrderAscending: true,
        PageSize: ROWS_A_PAGE,
        PageNumber: page,
        Criteria: Object.entries(where).map(([FieldName, Value]) => ({ FieldName, Operator: "=", Value })),
      };
      const first = await token.current();
      const answer = await call(operation, first, body);
      return readRows(
        answer.status === 401 ? await call(operation, await token.renewed(first), body) : answer,
        list,
      );
    },
  };
}

const envelopeSchema = z.record(z.string(), z.unknown());

/** The rows of a successful answer; throws the ConnectorError of any other. Rows stay unread. */
export function readRows(answer: HttpAnswer, list: string): readonly unknown[] {
  if (answer.status < 200 || answer.status >= 300) throw errorOfAnswer(answer);
  const envelope = envelopeSchema.safeParse(parseJsonOrNull(answer.text));
  if (!envelope.success) throw wireMismatch("the answer is not whole JSON");
  const rows = envelope.data[list];
  if (!Array.isArray(rows)) throw wireMismatch(`it has no list "${list}"`);
  return rows;
}

/** Every row of a search, page after page. */
export async function* searchAll(client: TimesolvClient, search: Search): AsyncGenerator<readonly unknown[]> {
  for (let page = 1; ; page += 1) {
    const rows = await client.search(search, page);
    yield rows;
    if (rows.length < ROWS_A_PAGE) return;
  }
}
