import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import { moneyText } from "@/lib/domain/money";
import { PROBLEM_CAUSES, problem } from "@/lib/domain/problem";
import type { RecordType } from "@/lib/domain/record-type";
import type { ApprovalState, PlannedVerb, PreviewRow, PreviewRows } from "@/lib/domain/views/run-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { EXCLUSIONS } from "@/lib/sync/exclusion";
import { problemSentence } from "@/lib/sync/problem-sentence";
import { definitionOf, getRuntime } from "../runtime";
import { PLANNED_VERBS } from "./get-preview";
import { parseRecordType } from "./get-run";
import { loadFields } from "./load-fields";

const PAGE_ROWS = 50;
const SEARCH_MAX = 100;
const uuidSchema = z.uuid();
const detailSchema = z.object({
  warnings: z.array(z.string()).default([]),
  evidence: z.string().optional(),
  subject: z.string().optional(),
  sentence: z.string().optional(),
});

export const PREVIEW_SORTS = ["plan", "number", "label", "amount"] as const;
export type PreviewSort = (typeof PREVIEW_SORTS)[number];

export interface PreviewRowsFilter {
  readonly recordType?: RecordType;
  readonly verb?: PlannedVerb;
  /** Any part of a number or name. */
  readonly search?: string;
  /** Only what waits for somebody's approval, or was decided. */
  readonly approval?: ApprovalState;
  /** In the order of the plan unless said otherwise; amounts from the largest. */
  readonly sort?: PreviewSort;
  /** `next` of the page before. */
  readonly after?: string;
}

/** The planned changes of a run, a page at a time, each with its reason and its fields. Null `next` on the last page. */
export async function listPreviewRows(
  access: WorkspaceAccess,
  runId: string,
  filter: PreviewRowsFilter,
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
    const isBack = run.direction === "toSource";
    const labels = {
      source: definitionOf(runtime, (isBack ? pair.ledger : pair.source).connectorId).manifest.label,
      ledger: definitionOf(runtime, (isBack ? pair.source : pair.ledger).connectorId).manifest.label,
    };
    const found = await findChanges(tx, run, filter);
    const page = found
      .slice(0, PAGE_ROWS)
      .map((row) => ({ ...row, recordType: parseRecordType(row.recordType) }));
    const fields = await loadFields(runtime, tx, run, page);
    const pageOf = await loadPages(tx, pair, isBack, page);
    const rows = page.map((row): PreviewRow => {
      const detail = detailSchema.parse(row.detail);
      return {
        recordType: row.recordType,
        sourceExternalId: row.sourceExternalId,
        pageExternalId: pageOf(row.recordType, row.sourceExternalId),
        verb: PLANNED_VERBS.find((one) => one === row.verb) ?? "block",
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
        approval: APPROVAL_STATES.find((state) => state === row.approval) ?? null,
        fields: fields.get(`${row.recordType}:${row.sourceExternalId}`) ?? [],
      };
    });
    const last = page.at(-1);
    return { rows, next: found.length > PAGE_ROWS && last ? keyOf(last, filter.sort ?? "plan") : null };
  });
}

/** Pages are of source records: what a run takes back or writes to the source leads to the record that it belongs to. */
async function loadPages(
  tx: Transaction,
  pair: { readonly id: string; readonly sourceConnectionId: string },
  isBack: boolean,
  rows: readonly { readonly recordType: RecordType; readonly sourceExternalId: string }[],
): Promise<(recordType: RecordType, externalId: string) => string> {
  const recordType = { in: [...new Set(rows.map((row) => row.recordType))] };
  const ids = { in: rows.map((row) => row.sourceExternalId) };
  const found = isBack
    ? await tx.recordLink.findMany({
        where: { pairId: pair.id, recordType, ledgerExternalId: ids },
        select: { recordType: true, sourceExternalId: true, ledgerExternalId: true },
      })
    : await tx.recordSnapshot.findMany({
        where: { connectionId: pair.sourceConnectionId, recordType, externalId: ids },
        select: { recordType: true, externalId: true },
      });
  const pages = new Map(
    found.map((row) =>
      "externalId" in row
        ? [`${row.recordType} ${row.externalId}`, row.externalId]
        : [`${row.recordType} ${row.ledgerExternalId}`, row.sourceExternalId],
    ),
  );
  return (type, externalId) => pages.get(`${type} ${externalId}`) ?? "";
}

const APPROVAL_STATES = ["waiting", "approved", "declined"] as const satisfies readonly ApprovalState[];

interface ChangeRow {
  readonly recordType: string;
  readonly sourceExternalId: string;
  readonly verb: string;
  readonly number: string;
  readonly label: string;
  readonly currency: string | null;
  readonly grossMinor: bigint | null;
  readonly reason: string | null;
  readonly detail: unknown;
  readonly ledgerExternalId: string | null;
  readonly approval: string | null;
  readonly sequence: bigint;
  readonly worth: bigint;
}

/** What the rows are put in order by; the place in the plan tells equal ones apart. */
const SORT_KEY: Readonly<Record<Exclude<PreviewSort, "plan">, Prisma.Sql>> = {
  number: Prisma.sql`p.number`,
  label: Prisma.sql`p.label`,
  amount: Prisma.sql`COALESCE(p.base_minor, -1)`,
};

async function findChanges(
  tx: Transaction,
  run: { readonly id: string; readonly pairId: string },
  filter: PreviewRowsFilter,
): Promise<ChangeRow[]> {
  const sort = filter.sort ?? "plan";
  const search = (filter.search ?? "").trim().slice(0, SEARCH_MAX);
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  const conditions = [
    Prisma.sql`p.run_id = ${run.id}::uuid`,
    ...(filter.recordType === undefined ? [] : [Prisma.sql`p.record_type = ${filter.recordType}`]),
    ...(filter.verb === undefined ? [] : [Prisma.sql`p.verb = ${filter.verb}`]),
    ...(search === "" ? [] : [Prisma.sql`(p.number ILIKE ${pattern} OR p.label ILIKE ${pattern})`]),
    ...(filter.approval === undefined ? [] : [Prisma.sql`a.state = ${filter.approval}`]),
    ...afterKey(filter.after, sort),
  ];
  const order =
    sort === "plan"
      ? Prisma.sql`p.sequence`
      : sort === "amount"
        ? Prisma.sql`${SORT_KEY.amount} DESC, p.sequence`
        : Prisma.sql`${SORT_KEY[sort]}, p.sequence`;
  return tx.$queryRaw<ChangeRow[]>`
    SELECT p.record_type AS "recordType", p.source_external_id AS "sourceExternalId", p.verb, p.number, p.label, p.currency,
           p.gross_minor AS "grossMinor", p.reason, p.detail, p.ledger_external_id AS "ledgerExternalId", p.sequence,
           COALESCE(p.base_minor, -1) AS worth, a.state AS approval
      FROM planned_changes p
      LEFT JOIN approvals a ON p.approval_hash IS NOT NULL AND a.pair_id = ${run.pairId}::uuid AND a.scope = 'document'
                           AND a.record_type = p.record_type AND a.source_external_id = p.source_external_id
                           AND a.version_hash = p.approval_hash
     WHERE ${Prisma.join(conditions, " AND ")}
     ORDER BY ${order} LIMIT ${PAGE_ROWS + 1}`;
}

/** Where a page ended: its last row's place in the plan, and what it was put in order by. */
function keyOf(row: ChangeRow, sort: PreviewSort): string {
  const value = { plan: "", number: row.number, label: row.label, amount: row.worth.toString() }[sort];
  return sort === "plan" ? row.sequence.toString() : `${row.sequence}.${value}`;
}

function afterKey(after: string | undefined, sort: PreviewSort): Prisma.Sql[] {
  const found = /^(\d{1,18})(?:\.(.*))?$/s.exec(after ?? "");
  if (!found?.[1]) return [];
  const sequence = BigInt(found[1]);
  const value = found[2] ?? "";
  if (sort === "plan") return [Prisma.sql`p.sequence > ${sequence}`];
  if (sort === "amount") {
    const worth = /^-?\d{1,18}$/.test(value) ? BigInt(value) : -1n;
    return [
      Prisma.sql`(${SORT_KEY.amount} < ${worth} OR (${SORT_KEY.amount} = ${worth} AND p.sequence > ${sequence}))`,
    ];
  }
  return [Prisma.sql`(${SORT_KEY[sort]}, p.sequence) > (${value}, ${sequence})`];
}

function sentenceOf(
  reason: string | null,
  detail: z.output<typeof detailSchema>,
  names: { record: string; source: string; ledger: string },
): string | null {
  if (detail.sentence !== undefined) return detail.sentence;
  const excluded = Object.entries(EXCLUSIONS).find(([code]) => code === reason);
  if (excluded) return excluded[1];
  const cause = PROBLEM_CAUSES.find((one) => one === reason);
  if (cause) return problemSentence(problem(cause, detail.subject ?? ""), names).message;
  return detail.evidence ?? null;
}
