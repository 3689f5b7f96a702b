import { z } from "zod";
import type { QuarantinedRecord } from "@/lib/connectors/contract/connector";
import { RECORD_TYPE_NAMES, type RecordType } from "@/lib/domain/record-type";
import { encode } from "@/lib/kernel/json";
import { digest } from "../digest";
import { timsId } from "./fields";

/** What is wrong with a record, in words a person can act on; never thrown across the connector's edge. */
export class UnreadableRecord extends Error {
  override readonly name = "UnreadableRecord";
}

/** Parses or throws UnreadableRecord with a sentence that names the first field at fault. */
export function readRecord<T>(schema: z.ZodType<T>, what: string, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue === undefined || issue.path.length === 0 ? "record" : issue.path.join(".");
  throw unreadable(field, what, issue?.message ?? "unknown shape");
}

export const unreadable = (field: string, what: string, why: string): UnreadableRecord =>
  new UnreadableRecord(`The field "${field}" of this ${what} cannot be read: ${why}.`);

/** The id that a row names, null where it names none. */
export function idIn(payload: unknown, idField: string): string | null {
  const named = z.looseObject({ [idField]: z.unknown() }).safeParse(payload);
  const id = timsId.safeParse(named.success ? named.data[idField] : null);
  return id.success ? id.data : null;
}

/** A row kept aside. Without an id it is filed under a digest of itself, so that reading it twice makes one entry. */
export function quarantine(
  recordType: RecordType,
  externalId: string | null,
  payload: unknown,
  problem: string,
): QuarantinedRecord {
  return {
    recordType,
    externalId: externalId ?? `unreadable-${digest(payload)}`,
    problem,
    payload: encode(payload),
  };
}

/** "invoice", as sentences need it. */
export const nameOf = (recordType: RecordType): string => RECORD_TYPE_NAMES[recordType].one;
