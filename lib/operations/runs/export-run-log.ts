import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import { moneyText } from "@/lib/domain/money";
import { type Sight, sightOf } from "@/lib/domain/personal-details";
import { RECORD_TYPE_NAMES, type RecordType } from "@/lib/domain/record-type";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { handOver } from "../export/hand-over";
import { type Cell, writeWorkbook } from "../export/write-workbook";
import { definitionOf, getRuntime } from "../runtime";
import { kindOf, parseRecordType } from "./get-run";
import { parseRunState, WORKING_STATES } from "./run-states";

const ROWS_AT_ONCE = 1_000;
const uuidSchema = z.uuid();

/**
 * The whole log of a run that has ended, as an Excel workbook that is read page by page while it is written: what was sent and
 * what became of it, what was found to be there already, and what was kept back and why. Null where the workspace has no such
 * run, or it is still at work.
 */
export async function exportRunLog(
  access: WorkspaceAccess,
  runId: string,
): Promise<{ fileName: string; bytes: AsyncIterable<Uint8Array> } | null> {
  if (!uuidSchema.safeParse(runId).success) return null;
  const runtime = await getRuntime();
  const found = await runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const run = await tx.syncRun.findUnique({ where: { id: runId } });
    if (!run || WORKING_STATES.includes(parseRunState(run.state))) return null;
    const pair = await tx.pair.findUniqueOrThrow({
      where: { id: run.pairId },
      include: { source: true, ledger: true },
    });
    return { run, target: run.direction === "toSource" ? pair.source : pair.ledger };
  });
  if (!found) return null;
  const { run, target } = found;
  const { rules, manifest } = definitionOf(runtime, target.connectorId);
  const read: ReadPage = (work) => runtime.database.withWorkspace(access.workspaceId, work);
  const isUndo = kindOf(run) === "undo";
  return handOver(access, {
    fileName: `run-${run.startedAt.toISOString().slice(0, 16).replace(/[T:]/g, "-")}.xlsx`,
    bytes: writeWorkbook([
      {
        name: "Run log",
        columns: [
          { title: "When (UTC)", width: 24 },
          { title: "What happened", width: 18 },
          { title: "Kind of record", width: 20 },
          { title: "Number", width: 18 },
          { title: "Name", width: 36 },
          { title: "Total", width: 14 },
          { title: "Currency", width: 10 },
          { title: `In ${manifest.label}`, width: 50 },
          { title: "Detail", width: 90 },
        ],
        rows: logRows(read, {
          ...{ runId, pairId: run.pairId, isUndo, link: rules.link },
          sight: sightOf(access),
        }),
      },
    ]),
  });
}

type ReadPage = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

interface LoggedRun {
  readonly runId: string;
  readonly pairId: string;
  readonly isUndo: boolean;
  readonly link: (recordType: RecordType, externalId: string) => string | null;
  readonly sight: Sight;
}

const rowSchema = z.object({
  key: z.bigint(),
  at: z.date().nullable(),
  what: z.enum(["created", "updated", "voided", "refused", "linked", "keptBack"]),
  record_type: z.string(),
  number: z.string(),
  label: z.string(),
  currency: z.string().nullable(),
  gross_minor: z.bigint().nullable(),
  ledger_external_id: z.string().nullable(),
  detail: z.string(),
});

/** Three lists one after the other, each paged by its own key: a page costs the same wherever it stands. */
async function* logRows(read: ReadPage, run: LoggedRun): AsyncGenerator<readonly Cell[]> {
  for (const list of [writes, links, keptBack]) {
    let after = -1n;
    for (;;) {
      const page: unknown[] = await read((tx) => tx.$queryRaw(list(run, after)));
      const rows = page.map((row) => rowSchema.parse(row));
      for (const row of rows) yield cellsOf(row, run);
      const last = rows.at(-1);
      if (!last || rows.length < ROWS_AT_ONCE) break;
      after = last.key;
    }
  }
}

const writes = ({ runId }: LoggedRun, after: bigint) => Prisma.sql`
  SELECT w.sequence AS key, w.resolved_at AS at,
         CASE WHEN w.state = 'rejected' THEN 'refused' WHEN w.verb = 'create' THEN 'created'
              WHEN w.verb = 'void' THEN 'voided' ELSE 'updated' END AS what,
         w.record_type, p.number, p.label, p.currency, p.gross_minor, w.ledger_external_id,
         CASE WHEN w.state = 'rejected' THEN COALESCE(e.message || ' ' || e.remedy, '') ELSE '' END AS detail
    FROM write_intents w
    JOIN planned_changes p ON p.run_id = w.run_id AND p.record_type = w.record_type
                          AND p.source_external_id = w.source_external_id
    LEFT JOIN exceptions e ON e.pair_id = w.pair_id AND e.record_type = w.record_type
                          AND e.source_external_id = w.source_external_id
   WHERE w.run_id = ${runId}::uuid AND w.state IN ('applied', 'rejected') AND w.sequence > ${after}
   ORDER BY w.sequence LIMIT ${ROWS_AT_ONCE}`;

const links = ({ runId }: LoggedRun, after: bigint) => Prisma.sql`
  SELECT p.sequence AS key, NULL::timestamptz AS at, 'linked' AS what, p.record_type, p.number, p.label, p.currency,
         p.gross_minor, p.ledger_external_id, COALESCE(p.detail ->> 'evidence', '') AS detail
    FROM planned_changes p
   WHERE p.run_id = ${runId}::uuid AND p.verb = 'link' AND p.state = 'applied' AND p.sequence > ${after}
   ORDER BY p.sequence LIMIT ${ROWS_AT_ONCE}`;

const keptBack = ({ runId, pairId }: LoggedRun, after: bigint) => Prisma.sql`
  SELECT p.sequence AS key, e.updated_at AS at, 'keptBack' AS what, p.record_type, p.number, p.label, p.currency,
         p.gross_minor, NULL AS ledger_external_id,
         COALESCE(e.message || ' ' || e.remedy, p.detail ->> 'sentence', '') AS detail
    FROM planned_changes p
    LEFT JOIN exceptions e ON e.pair_id = ${pairId}::uuid AND e.record_type = p.record_type
                          AND e.source_external_id = p.source_external_id
   WHERE p.run_id = ${runId}::uuid AND p.verb = 'block' AND p.sequence > ${after}
   ORDER BY p.sequence LIMIT ${ROWS_AT_ONCE}`;

const WORDS: Readonly<Record<z.output<typeof rowSchema>["what"], string>> = {
  created: "Posted",
  updated: "Updated",
  voided: "Voided",
  refused: "Refused",
  linked: "Already there",
  keptBack: "Kept back",
};

function cellsOf(row: z.output<typeof rowSchema>, { isUndo, link, sight }: LoggedRun): readonly Cell[] {
  const recordType = parseRecordType(row.record_type);
  const { currency, gross_minor: minor, ledger_external_id: ledgerId } = row;
  return [
    row.at?.toISOString() ?? "",
    isUndo && row.what === "voided" ? "Taken back" : WORDS[row.what],
    RECORD_TYPE_NAMES[recordType].one,
    row.number,
    row.label,
    currency === null || minor === null ? "" : { number: moneyText({ minor, currency }) },
    currency ?? "",
    ledgerId === null ? "" : (link(recordType, ledgerId) ?? ledgerId),
    sight.text(row.detail),
  ];
}
