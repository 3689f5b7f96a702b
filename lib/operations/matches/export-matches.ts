import { RECORD_TYPE_NAMES, type RecordType } from "@/lib/domain/record-type";
import { type MatchRow, type MatchRows, matchStatusWords } from "@/lib/domain/views/match-row";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { handOver } from "../export/hand-over";
import { type Cell, type Sheet, writeWorkbook } from "../export/write-workbook";
import { getRuntime } from "../runtime";
import { ANSWER_WORDS, MATCH_SHEET, matchColumns, rowKey } from "./match-sheet";
import { getMatchReview, listMatchRows } from "./review-matches";

const ROWS_AT_ONCE = 500;

/**
 * The whole review as an Excel workbook, read page by page as it is written; null before the first look. Where a record would
 * be new, the ledger's columns are empty; where only the ledger has it, the source's are.
 */
export async function exportMatches(
  access: WorkspaceAccess,
): Promise<{ fileName: string; bytes: AsyncIterable<Uint8Array> } | null> {
  const { clock } = await getRuntime();
  const view = await getMatchReview(access);
  if (!view) return null;
  const names = { source: view.sourceName, ledger: view.ledgerName };
  const columns = matchColumns(names);
  return handOver(access, {
    fileName: `matches-${clock.now().toISOString().slice(0, 10)}.xlsx`,
    bytes: writeWorkbook([
      { name: MATCH_SHEET, columns, rows: matchCells(access, view.recordTypes, names.ledger) },
      explanation(names),
    ]),
  });
}

async function* matchCells(
  access: WorkspaceAccess,
  recordTypes: readonly RecordType[],
  ledgerName: string,
): AsyncGenerator<readonly Cell[]> {
  const words = matchStatusWords(ledgerName);
  for (const recordType of recordTypes) {
    let after: string | null = null;
    do {
      const page: MatchRows = await listMatchRows(access, { recordType, after, limit: ROWS_AT_ONCE });
      for (const row of page.rows) yield cellsOf(row, words[row.status]);
      after = page.next;
    } while (after !== null);
  }
}

function cellsOf(row: MatchRow, status: string): readonly Cell[] {
  const { recordType, source, ledger } = row;
  const shown = source ?? ledger;
  const date = (day: string | null | undefined): Cell => (day ? { date: day } : "");
  const total = (amount: string | undefined): Cell => (amount === undefined ? "" : { number: amount });
  return [
    RECORD_TYPE_NAMES[recordType].one,
    source?.number ?? "",
    source?.label ?? "",
    date(source?.date),
    total(source?.amount?.amount),
    shown?.amount?.currency ?? "",
    status,
    ledger?.number ?? "",
    ledger?.label ?? "",
    date(ledger?.date),
    total(ledger?.amount?.amount),
    row.evidence,
    row.runnerUp,
    row.said ? ANSWER_WORDS[row.said.verdict] : "",
    ledger?.externalId ?? "",
    rowKey(row),
  ];
}

function explanation({ source, ledger }: { readonly source: string; readonly ledger: string }): Sheet {
  return {
    name: "How to answer",
    columns: [{ title: "How to answer", width: 120 }],
    rows: [
      [
        `“Your answer”: write Same where the ${source} record and the ${ledger} record of the row are one, and Another where they are two. Leave it empty where you do not know.`,
      ],
      [
        `“${ledger} id”: to match a record with another one of ${ledger}, put the id of that one here. Rows that will remain in ${ledger} unmatched show theirs.`,
      ],
      ["No other column is read when you upload the file. Do not change the key at the end of a row."],
      ["Rows may be sorted, filtered and deleted: what is missing stays as it is."],
      ["Before anything counts you are shown every changed row, old and new."],
    ],
  };
}
