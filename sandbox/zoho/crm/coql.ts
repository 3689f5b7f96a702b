/**
 * POST /coql: select fields from one module by conditions, with order and limit. No joins beyond a lookup's
 * name and id, no aggregates, no aliases.
 * https://www.zoho.com/crm/developer/docs/api/v8/COQL-Overview.html (checked 2026-11-21)
 */
import { z } from "zod";
import { jsonAnswer } from "@/sandbox/kit/answers";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { type CrmCall, crmError, NO_CONTENT, refuseCrm } from "./answers";
import { type Comparable, type Condition, meets, type Operator } from "./conditions";
import { findModule, type ModuleDefinition } from "./modules";
import type { StoredCrmRecord } from "./open-crm";
import { recordWire } from "./record-wire";
import { comparable, unknownField } from "./search";

const LIMIT_DEFAULT = 200;
const LIMIT_MAX = 2_000;

interface Query {
  readonly fields: readonly string[];
  readonly module: string;
  readonly where: Condition | null;
  readonly orderBy: readonly { readonly field: string; readonly descending: boolean }[];
  readonly offset: number;
  readonly limit: number;
}

const body = z.object({ select_query: z.string() });

export function runQuery(call: CrmCall): SandboxResponse {
  const parsed = body.safeParse(call.input);
  if (!parsed.success)
    return refuseCrm(
      400,
      crmError("MANDATORY_NOT_FOUND", "required field not found", {
        api_name: "select_query",
        json_path: "$.select_query",
      }),
    );
  const query = parseQuery(parsed.data.select_query);
  if ("clause" in query)
    return refuseCrm(400, crmError("SYNTAX_ERROR", "invalid query formed", { clause: query.clause }));
  if (query.limit > LIMIT_MAX)
    return refuseCrm(400, crmError("LIMIT_EXCEEDED", "invalid query formed", { limit: LIMIT_MAX }));
  const module = findModule(query.module);
  if (module === null)
    return refuseCrm(400, crmError("INVALID_QUERY", "invalid query formed", { module: query.module }));
  if (!call.granted(`modules.${module.name.toLowerCase()}`, "READ"))
    return refuseCrm(401, crmError("OAUTH_SCOPE_MISMATCH", "invalid oauth scope to access this URL"));
  const unknown = firstUnknown(module, query);
  if (unknown !== null)
    return refuseCrm(
      400,
      crmError("INVALID_QUERY", "column given seems to be invalid", { column_name: unknown }),
    );
  return answer(call, module, query);
}

function firstUnknown(module: ModuleDefinition, { fields, where, orderBy }: Query): string | null {
  const named = [...fields, ...orderBy.map(({ field }) => field)].map(
    (field): Condition => ({
      kind: "test",
      operator: "is_null",
      values: [],
      field,
    }),
  );
  return unknownField(module, { kind: "and", parts: where === null ? named : [...named, where] });
}

function answer(call: CrmCall, module: ModuleDefinition, query: Query): SandboxResponse {
  const { where, orderBy, offset, limit } = query;
  const read = (id: string, record: StoredCrmRecord, field: string): Comparable =>
    comparable(call, module, id, record, field);
  const found = [...call.crm.records[module.name].heads()].filter(
    ([id, record]) => where === null || meets(where, (field) => read(id, record, field)),
  );
  found.sort(([firstId, first], [secondId, second]) => {
    for (const { field, descending } of orderBy) {
      const order = compareValues(read(firstId, first, field), read(secondId, second, field));
      if (order !== 0) return descending ? -order : order;
    }
    return firstId < secondId ? -1 : 1;
  });
  const rows = found.slice(offset, offset + limit);
  if (rows.length === 0) return NO_CONTENT;
  return jsonAnswer(200, {
    data: rows.map(([id, record]) => {
      const whole = recordWire(call, module.name, id, record, null);
      const row: Record<string, unknown> = { id };
      for (const field of query.fields) {
        const [own = ""] = field.split(".");
        row[field] = field.includes(".") ? read(id, record, field) : lookupById(whole[own]);
      }
      return row;
    }),
    info: { count: rows.length, more_records: found.length > offset + limit },
  });
}

/** COQL gives a lookup as its id alone. */
function lookupById(value: unknown): unknown {
  return typeof value === "object" && value !== null && "id" in value ? { id: value.id } : value;
}

function compareValues(first: Comparable, second: Comparable): number {
  if (first === second) return 0;
  if (first === null) return -1;
  if (second === null) return 1;
  return first < second ? -1 : 1;
}

interface Tokens {
  readonly list: readonly string[];
  at: number;
}

/** The parsed query, or the clause that is wrong. */
export function parseQuery(text: string): Query | { readonly clause: string } {
  const tokens: Tokens = {
    list: text.match(/'(?:[^'\\]|\\.)*'|[\w$.:+-]+|<=|>=|!=|<>|[=<>(),]/g) ?? [],
    at: 0,
  };
  if (!takeWord(tokens, "select")) return { clause: "select" };
  const fields: string[] = [];
  do fields.push(take(tokens));
  while (takeWord(tokens, ","));
  if (fields.some((field) => !/^[A-Za-z_$][\w$.]*$/.test(field))) return { clause: "select" };
  if (!takeWord(tokens, "from")) return { clause: "from" };
  const module = take(tokens);
  if (!takeWord(tokens, "where")) return { clause: "where" };
  const where = readCondition(tokens);
  if (where === null) return { clause: "where" };
  const orderBy = readOrder(tokens);
  if (orderBy === null) return { clause: "order by" };
  const range = readRange(tokens);
  if (range === null) return { clause: "limit" };
  if (tokens.at < tokens.list.length) return { clause: tokens.list[tokens.at] ?? "" };
  return { fields, module, where, orderBy, ...range };
}

const take = (tokens: Tokens): string => tokens.list[tokens.at++] ?? "";

function takeWord(tokens: Tokens, word: string): boolean {
  if (tokens.list[tokens.at]?.toLowerCase() !== word) return false;
  tokens.at += 1;
  return true;
}

function readCondition(tokens: Tokens): Condition | null {
  const alternatives: Condition[] = [];
  do {
    const parts: Condition[] = [];
    do {
      const term = readTerm(tokens);
      if (term === null) return null;
      parts.push(term);
    } while (takeWord(tokens, "and"));
    alternatives.push({ kind: "and", parts });
  } while (takeWord(tokens, "or"));
  return { kind: "or", parts: alternatives };
}

function readTerm(tokens: Tokens): Condition | null {
  if (takeWord(tokens, "(")) {
    const inner = readCondition(tokens);
    return inner !== null && takeWord(tokens, ")") ? inner : null;
  }
  const field = take(tokens);
  if (takeWord(tokens, "is")) {
    const negated = takeWord(tokens, "not");
    return takeWord(tokens, "null")
      ? { kind: "test", field, operator: negated ? "is_not_null" : "is_null", values: [] }
      : null;
  }
  const negated = takeWord(tokens, "not");
  const word = take(tokens).toLowerCase();
  if (word === "in") {
    const values = readList(tokens);
    return values === null ? null : { kind: "test", field, operator: negated ? "not_in" : "in", values };
  }
  if (word === "between") {
    const first = readValue(tokens);
    return takeWord(tokens, "and")
      ? { kind: "test", field, operator: "between", values: [first, readValue(tokens)] }
      : null;
  }
  if (word === "like") return readLike(field, readValue(tokens));
  const operator = COMPARISONS[word];
  return operator === undefined ? null : { kind: "test", field, operator, values: [readValue(tokens)] };
}

const COMPARISONS: Readonly<Record<string, Operator>> = {
  ...{ "=": "equals", "!=": "not_equal", "<>": "not_equal" },
  ...{ ">": "greater_than", ">=": "greater_equal", "<": "less_than", "<=": "less_equal" },
};

function readLike(field: string, pattern: string): Condition {
  const values = [pattern.replaceAll(/^%|%$/g, "")];
  const [starts, ends] = [pattern.endsWith("%"), pattern.startsWith("%")];
  const operator = starts && ends ? "contains" : starts ? "starts_with" : ends ? "ends_with" : "equals";
  return { kind: "test", field, operator, values };
}

const readValue = (tokens: Tokens): string => {
  const token = take(tokens);
  return token.startsWith("'") ? token.slice(1, -1).replaceAll(/\\(.)/g, "$1") : token;
};

function readList(tokens: Tokens): readonly string[] | null {
  if (!takeWord(tokens, "(")) return null;
  const values: string[] = [];
  do values.push(readValue(tokens));
  while (takeWord(tokens, ","));
  return takeWord(tokens, ")") ? values : null;
}

function readOrder(tokens: Tokens): Query["orderBy"] | null {
  if (!takeWord(tokens, "order")) return [];
  if (!takeWord(tokens, "by")) return null;
  const order: { field: string; descending: boolean }[] = [];
  do {
    const field = take(tokens);
    const descending = takeWord(tokens, "desc");
    if (!descending) takeWord(tokens, "asc");
    order.push({ field, descending });
  } while (takeWord(tokens, ","));
  return order;
}

/** "limit 10", "limit 20, 10" (offset first) or "limit 10 offset 20". */
function readRange(tokens: Tokens): { readonly offset: number; readonly limit: number } | null {
  if (!takeWord(tokens, "limit")) return { offset: 0, limit: LIMIT_DEFAULT };
  const first = Number(take(tokens));
  if (!Number.isSafeInteger(first)) return null;
  if (takeWord(tokens, ",")) return range(first, Number(take(tokens)));
  return takeWord(tokens, "offset") ? range(Number(take(tokens)), first) : range(0, first);
}

const range = (offset: number, limit: number): { offset: number; limit: number } | null =>
  Number.isSafeInteger(offset) && Number.isSafeInteger(limit) && limit > 0 ? { offset, limit } : null;
