/**
 * Which record of the CRM a written one is the same as: by an e-mail address that the organisation made unique,
 * and by the fields that an upsert checks.
 */
import { z } from "zod";
import { type CrmCall, type CrmError, crmError } from "./answers";
import type { ModuleDefinition } from "./modules";
import type { FieldValue, StoredCrmRecord } from "./open-crm";

/** A record that bears the same e-mail address, where the organisation made that unique. */
export function findUnique(
  call: CrmCall,
  module: ModuleDefinition,
  values: Readonly<Record<string, FieldValue>>,
  own: string | null,
): string | null {
  if (call.context.switches.get("zoho.crm-unique-email") === "no" || module.duplicateCheck !== "Email")
    return null;
  const email = values.Email;
  if (typeof email !== "string" || email === "") return null;
  const found = call.crm.natural[module.name].find(email);
  return found === own ? null : found;
}

/** How the second record of such an address is refused. */
export function duplicateError(call: CrmCall, module: ModuleDefinition, id: string, index: number): CrmError {
  return crmError("DUPLICATE_DATA", "duplicate data", {
    api_name: "Email",
    json_path: `$.data[${index}].Email`,
    id,
    duplicate_record: {
      id,
      Owner: { name: call.user.name, id: call.user.id },
      module: { api_name: module.name, id: module.id },
    },
  });
}

const anyRecord = z.record(z.string(), z.unknown());

/** The record that an upsert would change, and the field that found it. */
export function findDuplicate(
  call: CrmCall,
  module: ModuleDefinition,
  sent: unknown,
  fields: readonly string[],
): { readonly id: string; readonly field: string } | null {
  const record = anyRecord.safeParse(sent);
  if (!record.success) return null;
  const table = call.crm.records[module.name];
  if (typeof record.data.id === "string" && table.head(record.data.id) !== undefined)
    return { id: record.data.id, field: "id" };
  for (const field of fields) {
    const value = record.data[field];
    if (typeof value !== "string" || value === "") continue;
    const id =
      field === module.duplicateCheck
        ? call.crm.natural[module.name].find(value)
        : scanFor(table.heads(), field, value);
    if (id !== null) return { id, field };
  }
  return null;
}

/** For check fields without an index; the simulator pays with a look at all records. */
function scanFor(
  records: Iterable<readonly [string, StoredCrmRecord]>,
  field: string,
  value: string,
): string | null {
  for (const [id, { values }] of records)
    if (String(values[field] ?? "").toLowerCase() === value.toLowerCase()) return id;
  return null;
}
