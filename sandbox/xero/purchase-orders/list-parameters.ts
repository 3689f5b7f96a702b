/** Query parameters of the lists that Xero always pages: page 1 when none is named, and days as filters. */
import type { SandboxRequest } from "@/sandbox/kit/types";
import { queryParse } from "../answer";
import { parseDay } from "../dates";
import { queryText } from "../read/list";

/** The request with page 1 where it names no page. */
export function pagedRequest(request: SandboxRequest): SandboxRequest {
  if (queryText(request, "page") !== null) return request;
  const query = new URLSearchParams(request.query);
  query.set("page", "1");
  return { ...request, query };
}

/** A day in the query as YYYY-MM-DD; null when absent, refused when it is no day. */
export function dayParameter(request: SandboxRequest, name: string): string | null {
  const text = queryText(request, name);
  if (text === null) return null;
  const parsed = parseDay(text);
  if (parsed === null) throw queryParse(`'${text}' is not a valid ${name}`);
  return parsed;
}
