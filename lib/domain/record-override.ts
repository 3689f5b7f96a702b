import { z } from "zod";
import type { CanonicalRecord } from "./canonical-record";

/**
 * What a person chose for one field of one record alone, in the place of what the source and the set-up say. It stands
 * only as long as the source says in that field what it said then: a later word of the source counts more than a choice
 * that was made about an earlier one.
 */
export const OVERRIDE_FIELDS = ["account", "tax", "paymentAccount", "contact", "number", "date"] as const;
export type OverrideField = (typeof OVERRIDE_FIELDS)[number];

export const recordOverrideSchema = z.object({
  field: z.enum(OVERRIDE_FIELDS),
  /** Which of its accounts or taxes, by the source's key; empty for what a record has once. */
  sourceKey: z.string(),
  /** The ledger's key of an account, tax or contact; a number or an ISO date as it is to be posted. */
  value: z.string(),
  /** The value in words a person knows. */
  label: z.string(),
  sourceValue: z.string(),
  /** `firstOpenDay`: the date was moved out of a locked period. */
  origin: z.enum(["person", "firstOpenDay"]),
  madeByName: z.string(),
});
export type RecordOverride = z.output<typeof recordOverrideSchema>;

/** What the source says in a field, as far as the record has it; null where it has no such field or key. */
export function sourceValueOf(
  record: CanonicalRecord,
  field: OverrideField,
  sourceKey: string,
): string | null {
  switch (field) {
    case "account":
      return linesOf(record).some((line) => (line.accountKey ?? "") === sourceKey) ? sourceKey : null;
    case "tax": {
      const taxKey = sourceKey.slice(0, Math.max(0, sourceKey.lastIndexOf("@")));
      return linesOf(record).some((line) => (line.taxKey ?? "") === taxKey) ? sourceKey : null;
    }
    case "paymentAccount":
      if ("bankAccountKey" in record) return record.bankAccountKey ?? "";
      return "accountKey" in record ? (record.accountKey ?? "") : null;
    case "contact":
      return "contactId" in record ? record.contactId : null;
    case "number":
      return "number" in record ? record.number : null;
    case "date":
      return "date" in record ? record.date : null;
  }
}

interface Line {
  readonly accountKey: string | null;
  readonly taxKey: string | null;
}

const linesOf = (record: CanonicalRecord): readonly Line[] => ("lines" in record ? record.lines : []);

/** True where the source record itself changed in that field since the choice was made. */
export const isOverrideStale = (record: CanonicalRecord, override: RecordOverride): boolean =>
  sourceValueOf(record, override.field, override.sourceKey) !== override.sourceValue;

/** How a form names a field: one of its kind, or one for each account or tax. */
export const overrideKey = (field: OverrideField, sourceKey: string): string => `${field}:${sourceKey}`;
