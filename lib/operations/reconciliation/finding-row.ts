import { z } from "zod";
import type { Prisma } from "@/lib/db/client";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import { type FieldDifference, isTieOutKind, TIE_OUT_FIELDS } from "@/lib/domain/views/tie-out-kind";
import type { TieOutRecordRow } from "@/lib/domain/views/tie-out-view";
import { invariant } from "@/lib/kernel/invariant";
import { amountView } from "./describe-tie-out";
import { acceptanceSchema } from "./finding-store";

export const fieldsSchema: z.ZodType<FieldDifference[]> = z.array(
  z.object({ field: z.enum(TIE_OUT_FIELDS), source: z.string(), ledger: z.string() }),
);

export type FindingRow = Prisma.TieOutFindingGetPayload<object>;

/** A stored finding as it is shown. */
export function recordRow(row: FindingRow): TieOutRecordRow {
  const recordType = RECORD_TYPES.find((type) => type === row.recordType);
  invariant(recordType, `no record type "${row.recordType}"`);
  invariant(isTieOutKind(row.kind), `no kind of finding "${row.kind}"`);
  return {
    findingId: row.id.toString(),
    recordType,
    kind: row.kind,
    number: row.number,
    label: row.label,
    date: row.documentDate,
    amount:
      row.currency === null || row.grossMinor === null ? null : amountView(row.grossMinor, row.currency),
    sentence: row.sentence,
    fields: fieldsSchema.parse(row.fields),
    changedSince: row.changedSince?.toISOString() ?? null,
    accepted: row.accepted === null ? null : acceptanceSchema.parse(row.accepted),
  };
}
