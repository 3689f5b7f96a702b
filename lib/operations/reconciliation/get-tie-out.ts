import { z } from "zod";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import type { TieOutView } from "@/lib/domain/views/tie-out-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";

const amountSchema = z.object({ amount: z.string(), currency: z.string() });
const sumSchema = z.object({ count: z.number(), total: amountSchema.nullable() });
const sideSchema = z.object({ count: z.number(), net: amountSchema, tax: amountSchema });
const recordTypeSchema = z.enum(RECORD_TYPES);
const rowSchema = z.object({
  recordType: recordTypeSchema,
  kind: z.enum([
    "excluded",
    "exception",
    "missing",
    "doubled",
    "amountDiffers",
    "dateDiffers",
    "taxDiffers",
    "rounding",
    "onlyInLedger",
    "unknownMarker",
  ]),
  number: z.string(),
  label: z.string(),
  amount: amountSchema.nullable(),
  sentence: z.string(),
});

/** The stored form of a report: what describe-tie-out makes. */
const tieOutSchema: z.ZodType<TieOutView> = z.object({
  asOf: z.string(),
  sourceName: z.string(),
  ledgerName: z.string(),
  discrepancies: z.number(),
  headline: z.string(),
  byType: z.array(
    z.object({
      recordType: recordTypeSchema,
      currency: z.string().nullable(),
      source: sumSchema,
      ledger: sumSchema,
      excluded: sumSchema,
      exceptions: sumSchema,
      discrepancies: sumSchema,
    }),
  ),
  byMonth: z.array(
    z.object({
      recordType: recordTypeSchema,
      month: z.string(),
      currency: z.string(),
      taxRate: z.string(),
      source: sideSchema,
      ledger: sideSchema,
      difference: amountSchema,
    }),
  ),
  roundings: z.object({ count: z.number(), totals: z.array(amountSchema) }),
  voided: z.object({ source: z.number(), ledger: z.number() }),
  onlyInLedger: z.object({ count: z.number(), rows: z.array(rowSchema) }),
  named: z.array(rowSchema),
});

/** The newest tie-out of a workspace; null before the first. */
export async function getTieOut(access: WorkspaceAccess): Promise<TieOutView | null> {
  const { database } = await getRuntime();
  const row = await database.withWorkspace(access.workspaceId, (tx) =>
    tx.tieOut.findFirst({ orderBy: { asOf: "desc" } }),
  );
  return row ? tieOutSchema.parse(row.report) : null;
}
