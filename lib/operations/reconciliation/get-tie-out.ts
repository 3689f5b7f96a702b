import { z } from "zod";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import { TIE_OUT_KIND_NAMES, type TieOutKind } from "@/lib/domain/views/tie-out-kind";
import type { TieOutRecordRow, TieOutView } from "@/lib/domain/views/tie-out-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";
import type { TieOutReport } from "./describe-tie-out";
import { recordRow } from "./finding-row";

/** The weightiest rows come with the report; the page lists the others by key. */
const NAMED_MAX = 1_000;

const amountSchema = z.object({ amount: z.string(), currency: z.string() });
const sumSchema = z.object({ count: z.number(), total: amountSchema.nullable() });

const countedSchema = z.object({ count: z.number(), totals: z.array(amountSchema) });

/** The stored form of a report: what describe-tie-out makes. */
const reportSchema: z.ZodType<TieOutReport> = z.object({
  tieOutId: z.string(),
  asOf: z.string(),
  scope: z.enum(["whole", "changed"]),
  wholeAsOf: z.string(),
  sourceName: z.string(),
  ledgerName: z.string(),
  discrepancies: z.number(),
  headline: z.string(),
  score: z.object({ agreeing: z.number(), expected: z.number(), percent: z.string().nullable() }),
  byType: z.array(
    z.object({
      recordType: z.enum(RECORD_TYPES),
      currency: z.string().nullable(),
      source: sumSchema,
      ledger: sumSchema,
      excluded: sumSchema,
      exceptions: sumSchema,
      waiting: sumSchema,
      accepted: sumSchema,
      discrepancies: sumSchema,
    }),
  ),
  roundings: countedSchema,
  voided: z.object({ source: z.number(), ledger: z.number() }),
  beforeCutOver: z
    .object({ date: z.string(), leftOut: countedSchema, settledOfBroughtIn: countedSchema })
    .nullish(),
  counts: z.partialRecord(z.enum(TIE_OUT_KIND_NAMES), z.number()),
});

/**
 * The newest tie-out of a workspace; null before the first. A report of an older version of Tieout, which has other parts,
 * counts as none: the next tie-out takes its place. Of the rows come as many of each kind as are asked for; pages list
 * them by key and ask for none.
 */
export async function getTieOut(access: WorkspaceAccess, rowsMax = NAMED_MAX): Promise<TieOutView | null> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const row = await tx.tieOut.findFirst({ orderBy: { asOf: "desc" } });
    const report = row ? reportSchema.safeParse(row.report).data : undefined;
    if (!row || !report) return null;
    const rowsOf = async (only: boolean): Promise<TieOutRecordRow[]> => {
      if (rowsMax === 0) return [];
      const found = await tx.tieOutFinding.findMany({
        where: { tieOutId: row.id, kind: only ? ONLY_IN_LEDGER : { not: ONLY_IN_LEDGER } },
        orderBy: [{ weight: "asc" }, { id: "asc" }],
        take: rowsMax,
      });
      return found.map(recordRow);
    };
    return {
      ...report,
      named: await rowsOf(false),
      onlyInLedger: { count: report.counts.onlyInLedger ?? 0, rows: await rowsOf(true) },
    };
  });
}

const ONLY_IN_LEDGER: TieOutKind = "onlyInLedger";
