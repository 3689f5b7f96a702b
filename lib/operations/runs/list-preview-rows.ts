import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import { moneyText } from "@/lib/domain/money";
import { isPersonalField, type Sight, sightOf } from "@/lib/domain/personal-details";
import { PROBLEM_CAUSES, problem } from "@/lib/domain/problem";
import type { RecordType } from "@/lib/domain/record-type";
import type { ApprovalState, PlannedVerb, PreviewRow, PreviewRows } from "@/lib/domain/views/run-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { EXCLUSIONS } from "@/lib/sync/exclusion";
import { problemSentence } from "@/lib/sync/problem-sentence";
import { beyond, goAnyWay, goInOrder, type KeyOrder, orderBy, pageKey } from "../lists/page-key";
import { noteDetailsSeen } from "../privacy/note-details-seen";
import { patternOf, type RecordSearch, searchRecords, wordsOf } from "../records/search-records";
import { definitionOf, getRuntime } from "../runtime";
import { PLANNED_VERBS } from "./get-preview";
import { parseRecordType } from "./get-run";
import { loadFields } from "./load-fields";

const PAGE_ROWS = 50;
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
  /** In the order of the plan unless said otherwise. */
  readonly sort?: PreviewSort;
  /** Amounts from the largest and all else from the first, unless said otherwise. */
  readonly descending?: boolean;
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
    const order = orderOf(filter);
    const search = isBack ? null : await searchRecords(tx, pair.sourceConnectionId, filter.search ?? "");
    const isCommon = search !== null && search.found === null;
    if (isCommon) await goInOrder(tx);
    const found = await findChanges(tx, run, { ...filter, order, known: search });
    if (isCommon) await goAnyWay(tx);
    const page = found
      .slice(0, PAGE_ROWS)
      .map((row) => ({ ...row, recordType: parseRecordType(row.recordType) }));
    const fields = await loadFields(runtime, tx, run, page);
    const pageOf = await loadPages(tx, pair, isBack, page);
    const sight = sightOf(access);
    const seen = page.filter((row) =>
      fields.get(`${row.recordType}:${row.sourceExternalId}`)?.some(({ field }) => isPersonalField(field)),
    );
    await noteDetailsSeen(
      tx,
      access,
      seen.map(({ recordType, sourceExternalId: externalId }) => ({ recordType, externalId })),
      runtime.clock.now(),
    );
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
        sentence: textOrNull(
          sight,
          sentenceOf(row.reason, detail, {
            ...labels,
            record: row.number === "" ? `"${row.label}"` : row.number,
          }),
        ),
        warnings: detail.warnings.map(sight.text),
        approval: APPROVAL_STATES.find((state) => state === row.approval) ?? null,
        fields: sight.fields(fields.get(`${row.recordType}:${row.sourceExternalId}`) ?? []),
      };
    });
    const last = page.at(-1);
    return {
      rows,
      next:
        found.length > PAGE_ROWS && last
          ? pageKey(last[COLUMNS[filter.sort ?? "plan"]], last.sequence)
          : null,
    };
  });
}

const textOrNull = (sight: Sight, text: string | null): string | null =>
  text === null ? null : sight.text(text);

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
const COLUMNS = {
  plan: "sequence",
  number: "number",
  label: "label",
  amount: "worth",
} as const satisfies Record<PreviewSort, keyof ChangeRow>;

function orderOf({ sort = "plan", descending = sort === "amount" }: PreviewRowsFilter): KeyOrder {
  return {
    column: Prisma.raw(`p.${COLUMNS[sort]}`),
    kind: sort === "plan" || sort === "amount" ? "integer" : "text",
    tie: Prisma.sql`p.sequence`,
    tieKind: "integer",
    descending,
  };
}

async function findChanges(
  tx: Transaction,
  run: { readonly id: string; readonly pairId: string },
  filter: PreviewRowsFilter & { readonly order: KeyOrder; readonly known: RecordSearch | null },
): Promise<ChangeRow[]> {
  const conditions = [
    Prisma.sql`p.run_id = ${run.id}::uuid`,
    filter.recordType === undefined ? null : Prisma.sql`p.record_type = ${filter.recordType}`,
    filter.verb === undefined ? null : Prisma.sql`p.verb = ${filter.verb}`,
    alike(filter.search ?? "", filter.known),
    filter.approval === undefined ? null : Prisma.sql`a.state = ${filter.approval}`,
    beyond(filter.order, filter.after),
  ].filter((one) => one !== null);
  return tx.$queryRaw<ChangeRow[]>`
    SELECT p.record_type AS "recordType", p.source_external_id AS "sourceExternalId", p.verb, p.number, p.label, p.currency,
           p.gross_minor AS "grossMinor", p.reason, p.detail, p.ledger_external_id AS "ledgerExternalId", p.sequence,
           p.worth, a.state AS approval
      FROM planned_changes p
      LEFT JOIN approvals a ON p.approval_hash IS NOT NULL AND a.pair_id = ${run.pairId}::uuid AND a.scope = 'document'
                           AND a.record_type = p.record_type AND a.source_external_id = p.source_external_id
                           AND a.version_hash = p.approval_hash
     WHERE ${Prisma.join(conditions, " AND ")}
     ORDER BY ${orderBy(filter.order)} LIMIT ${PAGE_ROWS + 1}`;
}

/** By the records of the source that are like it; an undo and a run back have changes that are none, and are gone through. */
function alike(text: string, known: RecordSearch | null): Prisma.Sql | null {
  if (known?.found)
    return Prisma.sql`(p.record_type, p.source_external_id) IN (
      SELECT * FROM unnest(${known.found.map((one) => one.recordType)}::text[],
                           ${known.found.map((one) => one.externalId)}::text[]))`;
  const pattern = known?.pattern ?? patternOf(text);
  return pattern === null ? null : Prisma.sql`${wordsOf("p")} ILIKE ${pattern}`;
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
