import { z } from "zod";
import { moneyText } from "@/lib/domain/money";
import { PROBLEM_CAUSES, problem } from "@/lib/domain/problem";
import type { RecordType } from "@/lib/domain/record-type";
import type { PlannedVerb, PreviewRow, PreviewRows } from "@/lib/domain/views/run-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { EXCLUSIONS } from "@/lib/sync/exclusion";
import { problemSentence } from "@/lib/sync/problem-sentence";
import { definitionOf, getRuntime } from "../runtime";
import { PLANNED_VERBS } from "./get-preview";
import { parseRecordType } from "./get-run";

const PAGE_ROWS = 50;
const uuidSchema = z.uuid();
const detailSchema = z.object({
  warnings: z.array(z.string()).default([]),
  evidence: z.string().optional(),
  subject: z.string().optional(),
});

/** The planned changes of a run in order, a page at a time, with the reason of each that is no plain create. */
export async function listPreviewRows(
  access: WorkspaceAccess,
  runId: string,
  filter: { recordType?: RecordType; verb?: PlannedVerb; after?: string },
): Promise<PreviewRows> {
  if (!uuidSchema.safeParse(runId).success) return { rows: [], next: null };
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const run = await tx.syncRun.findUnique({ where: { id: runId } });
    if (!run) return { rows: [], next: null };
    const pair = await tx.pair.findUniqueOrThrow({
      where: { id: run.pairId },
      include: { source: true, ledger: true },
    });
    const labels = {
      source: definitionOf(runtime, pair.source.connectorId).manifest.label,
      ledger: definitionOf(runtime, pair.ledger.connectorId).manifest.label,
    };
    const after = filter.after !== undefined && /^\d{1,18}$/.test(filter.after) ? BigInt(filter.after) : 0n;
    const found = await tx.plannedChange.findMany({
      where: { runId, recordType: filter.recordType, verb: filter.verb, sequence: { gt: after } },
      orderBy: { sequence: "asc" },
      take: PAGE_ROWS + 1,
    });
    const page = found.slice(0, PAGE_ROWS);
    const rows = page.map((row): PreviewRow => {
      const detail = detailSchema.parse(row.detail);
      const verb = PLANNED_VERBS.find((one) => one === row.verb) ?? "block";
      return {
        recordType: parseRecordType(row.recordType),
        sourceExternalId: row.sourceExternalId,
        verb,
        number: row.number,
        label: row.label,
        amount:
          row.currency === null || row.grossMinor === null
            ? null
            : {
                amount: moneyText({ minor: row.grossMinor, currency: row.currency }),
                currency: row.currency,
              },
        sentence: sentenceOf(row.reason, detail, {
          ...labels,
          record: row.number === "" ? `"${row.label}"` : row.number,
        }),
        warnings: detail.warnings,
      };
    });
    const last = page.at(-1);
    return { rows, next: found.length > PAGE_ROWS && last ? last.sequence.toString() : null };
  });
}

function sentenceOf(
  reason: string | null,
  detail: z.output<typeof detailSchema>,
  names: { record: string; source: string; ledger: string },
): string | null {
  const excluded = Object.entries(EXCLUSIONS).find(([code]) => code === reason);
  if (excluded) return excluded[1];
  const cause = PROBLEM_CAUSES.find((one) => one === reason);
  if (cause) return problemSentence(problem(cause, detail.subject ?? ""), names).message;
  return detail.evidence ?? null;
}
