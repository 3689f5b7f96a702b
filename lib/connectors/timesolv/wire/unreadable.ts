import { z } from "zod";
import type { QuarantinedRecord } from "@/lib/connectors/contract/connector";
import type { RecordType } from "@/lib/domain/record-type";
import { encode } from "@/lib/kernel/json";
import { digest } from "../digest";
import { wireId } from "./fields";

/** What is wrong with a record, in words a person can act on; never thrown across the connector's edge. */
export class UnreadableRecord extends Error {
  override readonly name = "UnreadableRecord";
}

/** Throws UnreadableRecord with the field's name. */
export function unreadable(field: string, what: string, why: string): never {
  throw new UnreadableRecord(`The field "${field}" of this ${what} cannot be read: ${why}.`);
}

/** Parses or throws UnreadableRecord with a sentence that names the first field at fault. */
export function readRecord<T>(schema: z.ZodType<T>, what: string, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue === undefined || issue.path.length === 0 ? "record" : issue.path.join(".");
  return unreadable(field, what, issue?.message ?? "unknown shape");
}

const rowSchema = z.looseObject({ Id: wireId });

/** The id that a row names, null where it names none. */
export function idIn(payload: unknown): string | null {
  const row = rowSchema.safeParse(payload);
  return row.success ? row.data.Id : null;
}

/** A row kept aside. Without an id it is filed under a digest of itself, so that reading it twice makes one entry. */
export function quarantine(recordType: RecordType, payload: unknown, problem: string): QuarantinedRecord {
  const externalId = idIn(payload) ?? `unreadable-${digest(payload)}`;
  return { recordType, externalId, problem, payload: encode(payload) };
}
