/**
 * Custom fields: what an administrator defined for a module, the values on a record, and finding a record by a
 * field that allows no value twice (headers X-Unique-Identifier-Key, -Value and X-Upsert). Zoho has no API call
 * that defines a field, so definitions come from seeds.
 * https://www.zoho.com/books/api/v3/contacts/ (checked 2026-11-21)
 */
import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { type BooksCall, refuse, refuseNotAllowed, refuseValue } from "../answers";
import { type HeadedTable, idsBy, isTaken } from "../indexes";
import { id, text } from "../input";
import type { Books } from "../open-books";
import type { CustomValues, StoredCustomField } from "../records";

export const customFieldsBody = z.array(
  z.object({
    customfield_id: id.optional(),
    custom_field_id: id.optional(),
    index: z.number().int().optional(),
    label: text.optional(),
    api_name: text.optional(),
    value: z.union([text, z.number(), z.boolean(), z.null()]).transform((value) => String(value ?? "")),
  }),
);
export type CustomFieldsBody = z.infer<typeof customFieldsBody>;

type Module = StoredCustomField["module"];

interface Customized {
  readonly customFields?: CustomValues;
}

/** The fields of a module, in their order. */
export function fieldsOf(books: Books, module: Module): readonly (readonly [string, StoredCustomField])[] {
  return [...books.customFields.heads()]
    .filter(([, field]) => field.module === module)
    .sort(([, a], [, b]) => a.index - b.index);
}

/**
 * The values of a record after a write: those sent over those it had. Refuses a field that the module lacks,
 * a mandatory one without value on a new record, and a value that another record has in a unique one.
 */
export function writeCustomFields(
  books: Books,
  module: Module,
  table: HeadedTable<Customized>,
  recordId: string | null,
  sent: CustomFieldsBody | undefined,
  previous: CustomValues | undefined,
): Result<CustomValues | undefined, SandboxResponse> {
  const fields = fieldsOf(books, module);
  if (fields.length === 0 && sent === undefined) return ok(previous);
  const values: Record<string, string> = { ...previous };
  for (const body of sent ?? []) {
    const found = fields.find(
      ([fieldId, { index, label, apiName }]) =>
        fieldId === (body.customfield_id ?? body.custom_field_id) ||
        index === body.index ||
        label === body.label ||
        apiName === body.api_name,
    );
    if (found === undefined) return err(refuseValue("custom_fields"));
    values[found[0]] = body.value;
  }
  for (const [fieldId, { label, unique, mandatory }] of fields) {
    const value = values[fieldId] ?? "";
    if (mandatory && recordId === null && value === "")
      return err(refuse(400, CODE_MANDATORY, `${label} is mandatory.`));
    if (unique && value !== "" && isTaken(idsByValue(table, fieldId, value), recordId))
      return err(refuseNotAllowed(`Another record has the same value for the field ${label}.`));
  }
  return ok(values);
}

const CODE_MANDATORY = 1009;

function idsByValue(table: HeadedTable<Customized>, fieldId: string, value: string): ReadonlySet<string> {
  return idsBy(table, `custom ${fieldId}`, (record) => record.customFields?.[fieldId] ?? "", value);
}

export interface Identified {
  /** null: none has the value, and X-Upsert asks to make one that has. */
  readonly recordId: string | null;
  readonly field: { readonly api_name: string; readonly value: string };
}

/** The record that a PUT without an id means. */
export function identifyByField(
  call: BooksCall,
  module: Module,
  table: HeadedTable<Customized>,
): Result<Identified, SandboxResponse> {
  const { headers } = call.request;
  const key = headers["x-unique-identifier-key"] ?? "";
  const value = headers["x-unique-identifier-value"] ?? "";
  const field = fieldsOf(call.books, module).find(([, { apiName, unique }]) => unique && apiName === key);
  if (field === undefined) return err(refuseValue("X-Unique-Identifier-Key"));
  if (value === "") return err(refuseValue("X-Unique-Identifier-Value"));
  const [recordId = null] = idsByValue(table, field[0], value);
  if (recordId === null && headers["x-upsert"]?.toLowerCase() !== "true")
    return err(refuseValue("X-Unique-Identifier-Value"));
  return ok({ recordId, field: { api_name: key, value } });
}

/** As contacts and documents have them. */
export function customFieldsWire(books: Books, module: Module, values: CustomValues | undefined) {
  return fieldsOf(books, module)
    .filter(([fieldId]) => (values?.[fieldId] ?? "") !== "")
    .map(([fieldId, { index, label }]) => ({ index, label, value: values?.[fieldId] ?? "" }));
}

/** As items and accounts have them. */
export function customFieldIdsWire(books: Books, module: Module, values: CustomValues | undefined) {
  return fieldsOf(books, module)
    .filter(([fieldId]) => (values?.[fieldId] ?? "") !== "")
    .map(([fieldId]) => ({ customfield_id: fieldId, value: values?.[fieldId] ?? "" }));
}
