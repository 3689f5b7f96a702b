/**
 * Whether a record that a client sends may be stored: each field by its type and length, mandatory fields on
 * insert. Fields that the module has not, and read-only ones, are let pass without effect, as Zoho does.
 */
import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type CrmCall, type CrmError, crmError } from "./answers";
import type { FieldDefinition, ModuleDefinition } from "./modules";
import type { FieldValue } from "./open-crm";

const record = z.record(z.string(), z.unknown());

/** The values to store, without those of other fields; or Zoho's refusal. `index` is the place in `data`. */
export function readValues(
  call: CrmCall,
  module: ModuleDefinition,
  sent: unknown,
  index: number,
  previous: Readonly<Record<string, FieldValue>> | null,
): Result<Record<string, FieldValue>, CrmError> {
  const fields = record.safeParse(sent);
  if (!fields.success)
    return err(
      crmError("INVALID_DATA", "invalid data", {
        expected_data_type: "jsonobject",
        json_path: `$.data[${index}]`,
        api_name: "data",
      }),
    );
  const values: Record<string, FieldValue> = { ...previous };
  for (const field of module.fields) {
    const path = `$.data[${index}].${field.name}`;
    const given = fields.data[field.name];
    if (given !== undefined && !field.readOnly) {
      const value = readField(call, field, given, path);
      if (!value.ok) return value;
      if (field.type !== "ownerlookup") values[field.name] = value.value;
    }
    const stored = values[field.name];
    if (field.mandatory && (stored === undefined || stored === null || stored === ""))
      return err(
        crmError("MANDATORY_NOT_FOUND", "required field not found", {
          api_name: field.name,
          json_path: path,
        }),
      );
  }
  return ok(values);
}

function readField(
  call: CrmCall,
  field: FieldDefinition,
  given: unknown,
  path: string,
): Result<FieldValue, CrmError> {
  if (given === null) return ok(null);
  const wrong = (expected: string): Result<FieldValue, CrmError> =>
    err(
      crmError("INVALID_DATA", "invalid data", {
        expected_data_type: expected,
        api_name: field.name,
        json_path: path,
      }),
    );
  switch (field.type) {
    case "boolean":
      return typeof given === "boolean" ? ok(given) : wrong("boolean");
    case "integer":
      return Number.isSafeInteger(given) && typeof given === "number"
        ? withinLength(field, given, path)
        : wrong("integer");
    case "currency":
      return typeof given === "number" && Number.isFinite(given)
        ? withinLength(field, given, path)
        : wrong("double");
    case "lookup":
      return readLookup(call, field, given, path);
    case "ownerlookup":
      return ok(null);
    case "date":
      return typeof given === "string" && isDate(given) ? ok(given) : wrong("date");
    case "datetime":
      return typeof given === "string" && !Number.isNaN(Date.parse(given)) ? ok(given) : wrong("datetime");
    case "email":
      if (typeof given !== "string") return wrong("email");
      return given === "" || /^[^\s@<>]+@[^\s@<>.]+(\.[^\s@<>.]+)+$/.test(given)
        ? withinLength(field, given, path)
        : wrong("email");
    case "website":
      return typeof given === "string" && !/\s/.test(given)
        ? withinLength(field, given, path)
        : wrong("website");
    case "picklist":
      if (typeof given !== "string") return wrong("string");
      return field.name !== "Stage" || (field.values ?? []).includes(given)
        ? withinLength(field, given, path)
        : err(
            crmError("MAPPING_MISMATCH", "Pipeline doesn't contain the Stage", {
              api_name: field.name,
              json_path: path,
            }),
          );
    default:
      return typeof given === "string" ? withinLength(field, given, path) : wrong("string");
  }
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  // The 31st of a short month would roll over into the next one.
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

function withinLength(
  field: FieldDefinition,
  value: string | number,
  path: string,
): Result<FieldValue, CrmError> {
  const length = typeof value === "number" ? String(Math.trunc(Math.abs(value))).length : [...value].length;
  return length <= field.length
    ? ok(value)
    : err(
        crmError("INVALID_DATA", "invalid data", {
          maximum_length: field.length,
          api_name: field.name,
          json_path: path,
        }),
      );
}

const lookup = z.union([z.string(), z.object({ id: z.string() })]);

function readLookup(
  call: CrmCall,
  field: FieldDefinition,
  given: unknown,
  path: string,
): Result<FieldValue, CrmError> {
  const parsed = lookup.safeParse(given);
  const id = !parsed.success ? "" : typeof parsed.data === "string" ? parsed.data : parsed.data.id;
  if (field.lookup !== undefined && call.crm.records[field.lookup].head(id) !== undefined) return ok(id);
  return err(
    crmError("INVALID_DATA", "the id given seems to be invalid", {
      expected_data_type: "lookup",
      api_name: field.name,
      json_path: path,
    }),
  );
}
