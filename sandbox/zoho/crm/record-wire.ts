/** Records of the CRM as Zoho answers them: lookups with name and id, instants in the organisation's zone. */
import { zonedTime } from "../wire/formats";
import type { CrmCall } from "./answers";
import { type FieldDefinition, MODULES, type ModuleName, STAGES } from "./modules";
import { displayName, type StoredCrmRecord } from "./open-crm";

/** "2026-07-01T10:30:00+01:00" */
export function crmTime(instant: string, timeZone: string): string {
  const zoned = zonedTime(instant, timeZone);
  return `${zoned.slice(0, -2)}:${zoned.slice(-2)}`;
}

/** All fields of a record, or those asked for; `id` is always there, unknown names never. */
export function recordWire(
  call: CrmCall,
  module: ModuleName,
  id: string,
  record: StoredCrmRecord,
  fields: readonly string[] | null,
): Record<string, unknown> {
  const wire: Record<string, unknown> = {};
  for (const field of MODULES[module].fields)
    if (fields === null || fields.includes(field.name))
      wire[field.name] = fieldWire(call, module, record, field);
  wire.id = id;
  if (fields === null || fields.includes("Tag")) wire.Tag = [];
  if (fields === null) {
    wire.$currency_symbol = "£";
    wire.$editable = record.converted !== true;
    wire.$approved = true;
    wire.$state = "save";
    if (module === "Leads") wire.$converted = record.converted === true;
  }
  return wire;
}

/** What a field shows. */
export function fieldWire(
  call: CrmCall,
  module: ModuleName,
  record: StoredCrmRecord,
  field: FieldDefinition,
): unknown {
  switch (field.name) {
    case "Full_Name":
      return displayName(module, record);
    case "Created_Time":
      return crmTime(record.created, call.timeZone);
    case "Modified_Time":
      return crmTime(record.modified, call.timeZone);
    case "Last_Activity_Time":
      return crmTime(record.modified, call.timeZone);
    case "Expected_Revenue":
      return expectedRevenue(record);
    case "Probability":
      return record.values.Probability ?? probabilityOf(record);
  }
  if (field.type === "ownerlookup")
    return { name: call.user.name, id: record.ownerId, email: call.user.email };
  const value = record.values[field.name];
  if (field.type === "boolean") return value ?? false;
  if (value === undefined || value === null) return null;
  if (field.type !== "lookup" || field.lookup === undefined) return value;
  const target = call.crm.records[field.lookup].head(String(value));
  return target === undefined ? null : { name: displayName(field.lookup, target), id: String(value) };
}

const probabilityOf = ({ values }: StoredCrmRecord): number | null =>
  STAGES.find(({ name }) => name === values.Stage)?.probability ?? null;

function expectedRevenue(record: StoredCrmRecord): number | null {
  const { Amount: amount, Probability: own } = record.values;
  const probability = typeof own === "number" ? own : probabilityOf(record);
  return typeof amount === "number" && probability !== null ? Math.round(amount * probability) / 100 : null;
}
