/**
 * GET /{module}/search and /actions/count: by criteria, e-mail address, phone number or word, in that order of
 * precedence. The index may lag behind the records (a switch); converted leads are found only when asked for.
 * https://www.zoho.com/crm/developer/docs/api/v8/search-records.html (checked 2026-11-21)
 */
import { jsonAnswer } from "@/sandbox/kit/answers";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { sorted } from "../books/answers";
import { type CrmCall, crmError, NO_CONTENT, refuseCrm } from "./answers";
import { type Comparable, type Condition, countTests, fieldsOf, meets } from "./conditions";
import { parseCriteria } from "./criteria";
import type { FieldDefinition, ModuleDefinition } from "./modules";
import { displayName, type StoredCrmRecord } from "./open-crm";
import { readFields, readPage } from "./read";
import { recordWire } from "./record-wire";

const CRITERIA_MAX = 15;
const RECORDS_MAX = 2_000;

type Test = (id: string, record: StoredCrmRecord) => boolean;

export function searchRecords(call: CrmCall, module: ModuleDefinition): SandboxResponse {
  const asked = readFields(call, false);
  if ("refused" in asked) return asked.refused;
  const paging = readPage(call.query);
  if ("refused" in paging) return paging.refused;
  const { page, perPage } = paging;
  if (page * perPage > RECORDS_MAX)
    return refuseCrm(
      400,
      crmError("LIMIT_REACHED", "maximum response iteration limit reached", { limit: String(RECORDS_MAX) }),
    );
  const test = readTest(call, module);
  if (test === null)
    return refuseCrm(
      400,
      crmError("EXPECTED_PARAM_MISSING", "One of the expected parameter is missing", {
        param_names: ["criteria", "email", "phone", "word"],
      }),
    );
  if ("status" in test) return test;
  const found = [...matchingRecords(call, module, test)];
  const rows = found.slice((page - 1) * perPage, page * perPage);
  if (rows.length === 0) return NO_CONTENT;
  return jsonAnswer(200, {
    data: rows.map(([id, record]) => recordWire(call, module.name, id, record, asked.fields)),
    info: { per_page: perPage, count: rows.length, page, more_records: found.length > page * perPage },
  });
}

/** GET /{module}/actions/count */
export function countRecords(call: CrmCall, module: ModuleDefinition): SandboxResponse {
  const test = readTest(call, module) ?? (() => true);
  if ("status" in test) return test;
  return jsonAnswer(200, { count: [...matchingRecords(call, module, test)].length });
}

function* matchingRecords(
  call: CrmCall,
  module: ModuleDefinition,
  test: Test,
): Generator<readonly [string, StoredCrmRecord]> {
  const lagMs = Number(call.context.switches.get("zoho.crm-search-lag")) * 1000;
  const indexedUntil = call.context.clock.now().getTime() - lagMs;
  const converted = call.query.get("converted") ?? "false";
  const table = call.crm.records[module.name];
  for (const entry of sorted(table, "id", "D", () => "")) {
    const [id, record] = entry;
    if (lagMs > 0 && Date.parse(record.modified) > indexedUntil) continue;
    if (converted !== "both" && (record.converted === true) !== (converted === "true")) continue;
    if (test(id, record)) yield entry;
  }
}

/** What the parameters ask; null without any. */
function readTest(call: CrmCall, module: ModuleDefinition): Test | SandboxResponse | null {
  const { query } = call;
  const criteria = query.get("criteria");
  if (criteria !== null) return criteriaTest(call, module, criteria);
  const email = query.get("email")?.toLowerCase();
  if (email !== undefined) return anyField(module, "email", (text) => text.toLowerCase() === email);
  const phone = query.get("phone")?.replaceAll(/\D/g, "");
  if (phone !== undefined)
    return anyField(module, "phone", (text) => phone !== "" && text.replaceAll(/\D/g, "").includes(phone));
  const word = query.get("word")?.toLowerCase();
  if (word === undefined) return null;
  return (_id, record) =>
    [displayName(module.name, record), ...Object.values(record.values)].some(
      (value) =>
        typeof value === "string" &&
        (value.toLowerCase() === word ||
          value
            .toLowerCase()
            .split(/[^\p{L}\p{N}@.]+/u)
            .some((part) => part.startsWith(word))),
    );
}

const anyField =
  (module: ModuleDefinition, type: FieldDefinition["type"], matches: (text: string) => boolean): Test =>
  (_id, { values }) =>
    module.fields.some((field) => {
      const value = values[field.name];
      return field.type === type && typeof value === "string" && matches(value);
    });

function criteriaTest(call: CrmCall, module: ModuleDefinition, text: string): Test | SandboxResponse {
  const condition = parseCriteria(text);
  if (condition === null)
    return refuseCrm(
      400,
      crmError("INVALID_QUERY", "Invalid query formed", { reason: "invalid criteria", api_name: "criteria" }),
    );
  if (countTests(condition) > CRITERIA_MAX)
    return refuseCrm(
      400,
      crmError("CRITERIA_LIMIT_EXCEEDED", "no of criterium that can be given exceed the limit 15"),
    );
  const unknown = unknownField(module, condition);
  if (unknown !== null)
    return refuseCrm(
      400,
      crmError("INVALID_QUERY", "Invalid query formed", {
        reason: "the field is not available for search",
        api_name: unknown,
      }),
    );
  return (id, record) => meets(condition, (field) => comparable(call, module, id, record, field));
}

/** A field of a condition that the module has not; "Account_Name.id" names a lookup's record. */
export function unknownField(module: ModuleDefinition, condition: Condition): string | null {
  const known = new Set(["id", ...module.fields.map(({ name }) => name)]);
  return fieldsOf(condition).find((name) => !known.has(name.split(".")[0] ?? "")) ?? null;
}

/** A field of a record as conditions compare it. */
export function comparable(
  call: CrmCall,
  module: ModuleDefinition,
  id: string,
  record: StoredCrmRecord,
  name: string,
): Comparable {
  const [own = "", part] = name.split(".");
  switch (own) {
    case "id":
      return id;
    case "Created_Time":
      return record.created;
    case "Modified_Time":
    case "Last_Activity_Time":
      return record.modified;
    case "Owner":
    case "Created_By":
    case "Modified_By":
      return record.ownerId;
    case "Full_Name":
      return displayName(module.name, record);
  }
  const value = record.values[own] ?? null;
  const field = module.fields.find((known) => known.name === own);
  if (field?.lookup === undefined || part === "id" || value === null) return value;
  const target = call.crm.records[field.lookup].head(String(value));
  return target === undefined ? null : displayName(field.lookup, target);
}
