/**
 * The CRM's writes: insert, update, upsert. Up to 100 records a call, each with a result of its own; one's
 * fault never stops another.
 * https://www.zoho.com/crm/developer/docs/api/v8/insert-records.html (checked 2026-11-21)
 */
import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  answerResults,
  type CrmCall,
  type CrmResult,
  crmError,
  crmStamp,
  crmSuccess,
  failed,
  refuseCrm,
} from "./answers";
import { duplicateError, findDuplicate, findUnique } from "./duplicates";
import type { ModuleDefinition } from "./modules";
import { type ChangedRecord, notifyChannels } from "./notify";
import type { FieldValue, StoredCrmRecord } from "./open-crm";
import { crmTime } from "./record-wire";
import { readValues } from "./validate";

const RECORDS_A_CALL = 100;

const writeBody = z.object({
  data: z.array(z.unknown()),
  duplicate_check_fields: z.array(z.string()).optional(),
});
const withId = z.object({ id: z.string() });

function readBody(call: CrmCall): Result<z.infer<typeof writeBody>, SandboxResponse> {
  const body = writeBody.safeParse(call.input);
  if (!body.success) {
    const missing = typeof call.input !== "object" || call.input === null || !("data" in call.input);
    return err(
      refuseCrm(
        400,
        missing
          ? crmError("MANDATORY_NOT_FOUND", "required field not found", {
              api_name: "data",
              json_path: "$.data",
            })
          : crmError("INVALID_DATA", "invalid data", {
              api_name: "data",
              json_path: "$.data",
              expected_data_type: "jsonarray",
            }),
      ),
    );
  }
  if (body.data.data.length === 0)
    return err(
      refuseCrm(
        400,
        crmError("MANDATORY_NOT_FOUND", "required field not found", {
          api_name: "data",
          json_path: "$.data",
        }),
      ),
    );
  if (body.data.data.length > RECORDS_A_CALL)
    return err(
      refuseCrm(
        400,
        crmError("INVALID_DATA", "Record insertion limit has been exceeded.", {
          api_name: "data",
          json_path: "$.data",
          limit: RECORDS_A_CALL,
          maximum_length: RECORDS_A_CALL,
        }),
      ),
    );
  return ok(body.data);
}

export function insertRecords(call: CrmCall, module: ModuleDefinition): SandboxResponse {
  const body = readBody(call);
  if (!body.ok) return body.error;
  const inserted: ChangedRecord[] = [];
  const results = body.value.data.map((sent, index) => insertOne(call, module, sent, index, inserted));
  notifyChannels(call, module.name, "insert", inserted);
  return answerResults(call, "data", results, 201);
}

function insertOne(
  call: CrmCall,
  module: ModuleDefinition,
  sent: unknown,
  index: number,
  inserted: ChangedRecord[],
): CrmResult {
  const values = readValues(call, module, sent, index, null);
  if (!values.ok) return failed(values.error);
  const duplicate = findUnique(call, module, values.value, null);
  if (duplicate !== null) return failed(duplicateError(call, module, duplicate, index));
  const { id, record } = storeNew(call, module, values.value);
  inserted.push(changedRecord(id, Object.keys(values.value), record));
  return crmSuccess("record added", writeDetails(call, id, record));
}

/** Stores a new record whose values were read. */
export function storeNew(
  call: CrmCall,
  module: ModuleDefinition,
  values: Readonly<Record<string, FieldValue>>,
): { readonly id: string; readonly record: StoredCrmRecord } {
  const id = call.crm.books.nextId();
  const now = crmStamp(call);
  const record: StoredCrmRecord = { values, ownerId: call.user.id, created: now, modified: now };
  call.crm.records[module.name].put(id, record);
  return { id, record };
}

const changedRecord = (
  id: string,
  fields: readonly string[],
  { values }: StoredCrmRecord,
): ChangedRecord => ({
  id,
  fields,
  values: Object.fromEntries(fields.map((field) => [field, values[field] ?? null])),
});

function writeDetails(call: CrmCall, id: string, record: StoredCrmRecord) {
  const { id: userId, name } = call.user;
  return {
    Modified_Time: crmTime(record.modified, call.timeZone),
    Modified_By: { name, id: userId },
    Created_Time: crmTime(record.created, call.timeZone),
    id,
    Created_By: { name, id: userId },
  };
}

/** PUT /{module}: each record names its id. */
export function updateRecords(call: CrmCall, module: ModuleDefinition): SandboxResponse {
  const body = readBody(call);
  if (!body.ok) return body.error;
  const updated: ChangedRecord[] = [];
  const results = body.value.data.map((sent, index) => {
    const named = withId.safeParse(sent);
    if (!named.success)
      return failed(
        crmError("MANDATORY_NOT_FOUND", "required field not found", {
          api_name: "id",
          json_path: `$.data[${index}].id`,
        }),
      );
    return updateOne(call, module, named.data.id, sent, index, updated);
  });
  notifyChannels(call, module.name, "update", updated);
  return answerResults(call, "data", results, 200);
}

/** PUT /{module}/{id}: the first record of the body is for it. */
export function updateRecord(call: CrmCall, module: ModuleDefinition, id: string): SandboxResponse {
  const body = readBody(call);
  if (!body.ok) return body.error;
  const updated: ChangedRecord[] = [];
  const result = updateOne(call, module, id, body.value.data[0], 0, updated);
  notifyChannels(call, module.name, "update", updated);
  return answerResults(call, "data", [result], 200);
}

function updateOne(
  call: CrmCall,
  module: ModuleDefinition,
  id: string,
  sent: unknown,
  index: number,
  updated: ChangedRecord[],
): CrmResult {
  const table = call.crm.records[module.name];
  const previous = table.get(id);
  if (previous === undefined)
    return failed(
      crmError("INVALID_DATA", "the id given seems to be invalid", {
        id,
        api_name: "id",
        json_path: `$.data[${index}].id`,
      }),
    );
  if (previous.converted === true)
    return failed(crmError("CONVERTED_RECORD", "can't update the converted record", { id }));
  const values = readValues(call, module, sent, index, previous.values);
  if (!values.ok) return failed(values.error);
  const duplicate = findUnique(call, module, values.value, id);
  if (duplicate !== null) return failed(duplicateError(call, module, duplicate, index));
  const fields = Object.keys(values.value).filter((name) => values.value[name] !== previous.values[name]);
  const record: StoredCrmRecord = { ...previous, values: values.value, modified: crmStamp(call) };
  table.put(id, record);
  updated.push(changedRecord(id, fields, record));
  return crmSuccess("record updated", writeDetails(call, id, record));
}

/** POST /{module}/upsert: the first check field that finds a record makes it an update. */
export function upsertRecords(call: CrmCall, module: ModuleDefinition): SandboxResponse {
  const body = readBody(call);
  if (!body.ok) return body.error;
  const fields = [...new Set([...(body.value.duplicate_check_fields ?? []), module.duplicateCheck])];
  const inserted: ChangedRecord[] = [];
  const updated: ChangedRecord[] = [];
  const results = body.value.data.map((sent, index): CrmResult => {
    const found = findDuplicate(call, module, sent, fields);
    const result =
      found === null
        ? insertOne(call, module, sent, index, inserted)
        : updateOne(call, module, found.id, sent, index, updated);
    return result.status === "error"
      ? result
      : {
          ...result,
          ...{ duplicate_field: found?.field ?? null },
          ...{ action: found === null ? "insert" : "update" },
        };
  });
  notifyChannels(call, module.name, "insert", inserted);
  notifyChannels(call, module.name, "update", updated);
  return answerResults(call, "data", results, 200);
}
