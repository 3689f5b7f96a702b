/**
 * The CRM's reads: lists, one record, deleted records, the number of records. A list gives 2,000 records by page
 * and goes on by page_token; the token names the last record, so nothing is given twice. Converted leads are
 * left out unless asked for. https://www.zoho.com/crm/developer/docs/api/v8/get-records.html (checked 2026-11-21)
 */
import { jsonAnswer } from "@/sandbox/kit/answers";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { sorted } from "../books/answers";
import {
  type CrmCall,
  crmError,
  missingParameter,
  NO_CONTENT,
  NOT_MODIFIED,
  refuseCrm,
  wrongParameter,
} from "./answers";
import type { ModuleDefinition } from "./modules";
import type { StoredCrmRecord } from "./open-crm";
import { readPageToken, writePageToken } from "./page-token";
import { crmTime, recordWire } from "./record-wire";

export const PER_PAGE_MAX = 200;
const BY_PAGE_MAX = 2_000;
const BY_TOKEN_MAX = 100_000;
const FIELDS_MAX = 50;
const IDS_MAX = 100;
const RECYCLE_BIN_DAYS = 60;
const TOKEN_HOURS = 24;

const SORT_FIELDS = {
  id: () => "",
  Created_Time: ({ created }: StoredCrmRecord) => created,
  Modified_Time: ({ modified }: StoredCrmRecord) => modified,
} as const;

/** The asked fields; null for all, or a refusal. */
export function readFields(
  call: CrmCall,
  required: boolean,
): { readonly fields: readonly string[] | null } | { readonly refused: SandboxResponse } {
  const fields = (call.query.get("fields") ?? "").split(",").filter((name) => name !== "");
  if (fields.length > FIELDS_MAX)
    return {
      refused: refuseCrm(
        400,
        crmError("LIMIT_EXCEEDED", "Max field limit exceeded", { param_name: "fields", limit: FIELDS_MAX }),
      ),
    };
  if (fields.length > 0) return { fields };
  return required && call.context.switches.get("zoho.crm-fields-parameter") === "required"
    ? { refused: missingParameter("fields") }
    : { fields: null };
}

/** page and per_page; null where one of them is no such number. */
export function readPage(
  query: URLSearchParams,
): { readonly page: number; readonly perPage: number } | { readonly refused: SandboxResponse } {
  const read = (name: string, fallback: number, max: number): number | null => {
    const text = query.get(name);
    if (text === null) return fallback;
    return /^[1-9]\d{0,6}$/.test(text) && Number(text) <= max ? Number(text) : null;
  };
  const page = read("page", 1, 9_999_999);
  const perPage = read("per_page", PER_PAGE_MAX, PER_PAGE_MAX);
  if (page === null) return { refused: wrongParameter("page") };
  return perPage === null ? { refused: wrongParameter("per_page") } : { page, perPage };
}

/** The instant of If-Modified-Since as a stamp; null for none, undefined for an unreadable one. */
function modifiedSince(call: CrmCall): string | null | undefined {
  const header = call.request.headers["if-modified-since"];
  if (header === undefined) return null;
  const instant = Date.parse(header);
  return Number.isNaN(instant) ? undefined : `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

const wrongHeader = (): SandboxResponse =>
  refuseCrm(
    400,
    crmError("INVALID_DATA", "invalid data", {
      param_name: "If-Modified-Since",
      expected_data_type: "datetime",
    }),
  );

export function listRecords(call: CrmCall, module: ModuleDefinition): SandboxResponse {
  const asked = readFields(call, true);
  if ("refused" in asked) return asked.refused;
  const paging = readPage(call.query);
  if ("refused" in paging) return paging.refused;
  const since = modifiedSince(call);
  if (since === undefined) return wrongHeader();
  const sortBy = call.query.get("sort_by") ?? "id";
  if (sortBy !== "id" && sortBy !== "Created_Time" && sortBy !== "Modified_Time")
    return wrongParameter("sort_by");
  const sortOrder = call.query.get("sort_order") ?? "desc";
  if (sortOrder !== "asc" && sortOrder !== "desc") return wrongParameter("sort_order");
  const ids = call.query.get("ids")?.split(",");
  if (ids !== undefined && ids.length > IDS_MAX)
    return refuseCrm(
      400,
      crmError("LIMIT_EXCEEDED", "Record count exceeded", { param_name: "ids", limit: IDS_MAX }),
    );
  const token = call.query.get("page_token");
  if (token !== null && call.query.has("page"))
    return refuseCrm(
      400,
      crmError(
        "AMBIGUITY_DURING_PROCESSING",
        "You cannot use both cvid and sort_by, and page and page_token.",
        {
          ambiguity_due_to: [{ param_name: "page" }, { param_name: "page_token" }],
        },
      ),
    );
  if (token === null && paging.page * paging.perPage > BY_PAGE_MAX)
    return refuseCrm(
      400,
      crmError(
        "DISCRETE_PAGINATION_LIMIT_EXCEEDED",
        "You can only get the first 2000 records without using page_token param.",
        { limit: BY_PAGE_MAX },
      ),
    );
  const place = token === null ? null : readPageToken(call, module.name, token);
  if (token !== null && place === null) return wrongParameter("page_token");
  return givePage(call, module, {
    ...paging,
    ...{ fields: asked.fields, since, ids, place },
    ...(place === null ? { sortBy, sortOrder } : { sortBy: place.sortBy, sortOrder: place.sortOrder }),
  });
}

interface ListOrder {
  readonly page: number;
  readonly perPage: number;
  readonly fields: readonly string[] | null;
  readonly since: string | null;
  readonly ids: readonly string[] | undefined;
  readonly place: ReturnType<typeof readPageToken>;
  readonly sortBy: keyof typeof SORT_FIELDS;
  readonly sortOrder: "asc" | "desc";
}

function givePage(call: CrmCall, module: ModuleDefinition, order: ListOrder): SandboxResponse {
  const { page, perPage, place, sortBy, sortOrder } = order;
  const first = place === null ? (page - 1) * perPage : 0;
  const rows: (readonly [string, StoredCrmRecord])[] = [];
  let index = 0;
  let more = false;
  for (const entry of recordsInOrder(call, module, order)) {
    if (place !== null && !isPast(entry, place, sortBy, sortOrder)) continue;
    if (rows.length === perPage) {
      more = true;
      break;
    }
    if (index >= first) rows.push(entry);
    index += 1;
  }
  const given = (place?.given ?? first) + rows.length;
  const last = rows.at(-1);
  if (last === undefined) return order.since === null ? NO_CONTENT : NOT_MODIFIED;
  const next =
    more && given < BY_TOKEN_MAX
      ? writePageToken(call, module.name, {
          ...{ sortBy, sortOrder, given },
          ...{ lastValue: SORT_FIELDS[sortBy](last[1]), lastId: last[0] },
        })
      : null;
  return jsonAnswer(200, {
    data: rows.map(([id, record]) => recordWire(call, module.name, id, record, order.fields)),
    info: {
      per_page: perPage,
      next_page_token: next,
      count: rows.length,
      sort_by: sortBy,
      page: place === null ? page : Math.floor((given - 1) / perPage) + 1,
      previous_page_token: null,
      page_token_expiry: next === null ? null : tokenExpiry(call),
      sort_order: sortOrder,
      more_records: more,
    },
  });
}

function tokenExpiry(call: CrmCall): string {
  const expires = new Date(call.context.clock.now().getTime() + TOKEN_HOURS * 3_600_000);
  return crmTime(`${expires.toISOString().slice(0, 19)}Z`, call.timeZone);
}

function* recordsInOrder(
  call: CrmCall,
  module: ModuleDefinition,
  { sortBy, sortOrder, since, ids }: ListOrder,
): Generator<readonly [string, StoredCrmRecord]> {
  const table = call.crm.records[module.name];
  const converted = call.query.get("converted") ?? "false";
  const asked = ids === undefined ? null : new Set(ids);
  for (const entry of sorted(table, sortBy, sortOrder === "asc" ? "A" : "D", SORT_FIELDS[sortBy])) {
    const [id, record] = entry;
    if (asked !== null && !asked.has(id)) continue;
    if (since !== null && record.modified <= since) continue;
    if (asked === null && converted !== "both" && (record.converted === true) !== (converted === "true"))
      continue;
    yield entry;
  }
}

function isPast(
  [id, record]: readonly [string, StoredCrmRecord],
  place: { readonly lastValue: string; readonly lastId: string },
  sortBy: keyof typeof SORT_FIELDS,
  sortOrder: "asc" | "desc",
): boolean {
  const value = SORT_FIELDS[sortBy](record);
  const [own, other] = [`${value} ${id}`, `${place.lastValue} ${place.lastId}`];
  return sortOrder === "asc" ? own > other : own < other;
}

export function getRecord(call: CrmCall, module: ModuleDefinition, id: string): SandboxResponse {
  const asked = readFields(call, false);
  if ("refused" in asked) return asked.refused;
  const record = call.crm.records[module.name].get(id);
  if (record === undefined) return NO_CONTENT;
  const since = modifiedSince(call);
  if (since === undefined) return wrongHeader();
  if (since !== null && record.modified <= since) return NOT_MODIFIED;
  return jsonAnswer(200, { data: [recordWire(call, module.name, id, record, asked.fields)] });
}

/** GET /{module}/deleted?type=all|recycle|permanent: what lies 60 days in the bin is gone for good. */
export function listDeleted(call: CrmCall, module: ModuleDefinition): SandboxResponse {
  const type = call.query.get("type") ?? "all";
  if (type !== "all" && type !== "recycle" && type !== "permanent") return wrongParameter("type");
  const paging = readPage(call.query);
  if ("refused" in paging) return paging.refused;
  const since = modifiedSince(call);
  if (since === undefined) return wrongHeader();
  const { page, perPage } = paging;
  const now = call.context.clock.now().getTime();
  const { id: userId, name } = call.user;
  const rows = [...sorted(call.crm.deleted[module.name], "time", "D", ({ time }) => time)].flatMap(
    ([id, { displayName, time }]) => {
      const age = (now - Date.parse(time)) / 86_400_000;
      const found = age > RECYCLE_BIN_DAYS ? "permanent" : "recycle";
      if ((type !== "all" && type !== found) || (since !== null && time <= since)) return [];
      const deletedBy = { name, id: userId };
      return [
        {
          deleted_by: deletedBy,
          id,
          display_name: displayName,
          type: found,
          created_by: deletedBy,
          deleted_time: crmTime(time, call.timeZone),
        },
      ];
    },
  );
  const shown = rows.slice((page - 1) * perPage, page * perPage);
  if (shown.length === 0) return since === null ? NO_CONTENT : NOT_MODIFIED;
  const info = { per_page: perPage, count: shown.length, page, more_records: rows.length > page * perPage };
  return jsonAnswer(200, { data: shown, info });
}
