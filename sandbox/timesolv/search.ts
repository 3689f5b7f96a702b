/**
 * The searches: POST with OrderBy, SortOrderAscending, PageSize, PageNumber and Criteria. A page shorter than PageSize is
 * the last one, and nothing else says so. The one operator that anybody was seen to use is "="; the others are refused.
 */
import { z } from "zod";
import { jsonAnswer, readJson } from "@/sandbox/kit/answers";
import type { SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import { OBJECTS, type ObjectName, type StoredRow, type TimesolvRecords } from "./records";

const PAGE_SIZE_MAX = 100;

const searchSchema = z.object({
  OrderBy: z.string().default("Id"),
  SortOrderAscending: z.boolean().default(true),
  PageSize: z.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_MAX),
  PageNumber: z.number().int().min(1).default(1),
  Criteria: z
    .array(z.object({ FieldName: z.string(), Operator: z.literal("="), Value: z.coerce.string() }))
    .default([]),
});

export function search(
  records: TimesolvRecords,
  object: ObjectName,
  firmId: string,
  request: SandboxRequest,
): SandboxResponse {
  const asked = searchSchema.safeParse(readJson(request));
  if (!asked.success) return refuseSearch(z.prettifyError(asked.error));
  const { OrderBy, SortOrderAscending, PageSize, PageNumber, Criteria } = asked.data;
  const collection = records.rows(object);
  const rows: StoredRow["fields"][] = [];
  for (const [id] of collection.heads()) {
    const row = collection.get(id);
    if (row === undefined || row.firmId !== firmId) continue;
    const isMeant = Criteria.every(({ FieldName, Value }) => String(row.fields[FieldName] ?? "") === Value);
    if (isMeant) rows.push(row.fields);
  }
  const sign = SortOrderAscending ? 1 : -1;
  rows.sort((one, other) => sign * compare(one[OrderBy], other[OrderBy]) || compare(one.Id, other.Id));
  const start = (PageNumber - 1) * PageSize;
  return jsonAnswer(200, { [OBJECTS[object]]: rows.slice(start, start + PageSize) });
}

/** Whole numbers by their size, other text by its letters. */
function compare(one: unknown, other: unknown): number {
  const [first, second] = [String(one ?? ""), String(other ?? "")];
  const areNumbers = /^\d+$/.test(first) && /^\d+$/.test(second);
  if (areNumbers && first.length !== second.length) return first.length - second.length;
  return first < second ? -1 : first > second ? 1 : 0;
}

export const refuseSearch = (description: string): SandboxResponse =>
  jsonAnswer(400, { error: "invalid_request", error_description: description });
