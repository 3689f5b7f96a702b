import { MATCH_UPLOAD_ROWS_MAX, type SheetFault } from "@/lib/domain/views/match-row";
import { err, ok, type Result } from "@/lib/kernel/result";
import { columnName, readWorkbook } from "../export/read-workbook";
import {
  ANSWER_COLUMN,
  COLUMN_COUNT,
  KEY_COLUMN,
  LEDGER_ID_COLUMN,
  MATCH_SHEET,
  matchColumns,
  parseAnswer,
  parseRowKey,
  type RowKey,
} from "./match-sheet";
import type { MatchWord } from "./match-words";

/** A row of the workbook as a person left it. */
export interface AnsweredRow {
  readonly row: number;
  readonly key: RowKey;
  /** The source record as the file names it. */
  readonly name: string;
  /** What the row says of its two records; empty where it says nothing that was not said before. */
  readonly words: readonly MatchWord[];
}

/** What was said so far of two records, by `said(word)`; null where nobody did. */
export type Said = (key: RowKey) => MatchWord["verdict"];

/** Reads the workbook, before anything is looked up: the title row and each row's key. */
export function readAnswerRows(
  bytes: Uint8Array,
  names: { readonly source: string; readonly ledger: string },
): Result<readonly { row: number; key: RowKey; cells: readonly string[] }[], readonly SheetFault[]> {
  const read = readWorkbook(bytes, {
    sheet: MATCH_SHEET,
    rowsMax: MATCH_UPLOAD_ROWS_MAX,
    columnsMax: COLUMN_COUNT,
  });
  if (!read.ok) return err([read.error]);
  const [titles, ...rows] = read.value;
  const expected = matchColumns(names);
  for (const column of [ANSWER_COLUMN, LEDGER_ID_COLUMN, KEY_COLUMN])
    if (titles?.cells[column] !== expected[column]?.title)
      return err([
        cellFault(
          titles?.row ?? 1,
          column,
          `The title here should be “${expected[column]?.title ?? ""}”.`,
          "Put the columns back in their order, or download the file again.",
        ),
      ]);
  const faults: SheetFault[] = [];
  const seen = new Set<string>();
  const keyed = rows.flatMap(({ row, cells }) => {
    const text = cells[KEY_COLUMN] ?? "";
    const key = parseRowKey(text);
    if (!key)
      faults.push(
        cellFault(
          row,
          KEY_COLUMN,
          "The key of the row was changed.",
          "Delete the row, or copy it from a new download.",
        ),
      );
    else if (seen.has(text))
      faults.push(cellFault(row, KEY_COLUMN, "This row is there twice.", "Delete one of the two."));
    seen.add(text);
    return key ? [{ row, key, cells }] : [];
  });
  return faults.length > 0 ? err(faults) : ok(keyed);
}

/** What each row says that is new; faults name their cell. */
export function readAnswers(
  rows: readonly { readonly row: number; readonly key: RowKey; readonly cells: readonly string[] }[],
  said: Said,
): { readonly answered: readonly AnsweredRow[]; readonly faults: readonly SheetFault[] } {
  const faults: SheetFault[] = [];
  const answered = rows.map(({ row, key, cells }): AnsweredRow => {
    const name = [cells[1], cells[2]].filter((text) => text).join(" ");
    const quiet = { row, key, name, words: [] };
    const verdict = parseAnswer(plain(cells[ANSWER_COLUMN] ?? ""));
    if (verdict === undefined) {
      faults.push(
        cellFault(
          row,
          ANSWER_COLUMN,
          `“${cells[ANSWER_COLUMN]}” is no answer.`,
          "Write Same, Another, or nothing.",
        ),
      );
      return quiet;
    }
    const ledgerId = plain(cells[LEDGER_ID_COLUMN] ?? "");
    const isMoved = ledgerId !== key.ledgerExternalId;
    if (key.sourceExternalId === "") {
      if (verdict !== null || isMoved)
        faults.push(
          cellFault(
            row,
            verdict === null ? LEDGER_ID_COLUMN : ANSWER_COLUMN,
            "This row has no record of the source to match.",
            "Put its id into the row of the source record that it is.",
          ),
        );
      return quiet;
    }
    const words = isMoved ? movedWords(key, ledgerId, verdict) : plainWords(key, verdict);
    if (words === null) {
      faults.push(
        cellFault(
          row,
          LEDGER_ID_COLUMN,
          "The id is another one, and the answer says that the two are not the same.",
          "Put the id back and leave Another; or leave the answer empty, which matches the record with the new id.",
        ),
      );
      return quiet;
    }
    return { ...quiet, words: words.filter((word) => said(word) !== word.verdict) };
  });
  return { answered, faults };
}

/** The id of another record of the ledger says: it is that one, and no longer the one before. Null where that contradicts itself. */
function movedWords(key: RowKey, ledgerId: string, verdict: MatchWord["verdict"]): MatchWord[] | null {
  const before: MatchWord[] = key.ledgerExternalId === "" ? [] : [{ ...key, verdict: null }];
  if (ledgerId === "")
    return verdict === "same" ? null : before.map((word) => ({ ...word, verdict: "another" }));
  if (verdict === "another") return null;
  return [...before, { ...key, ledgerExternalId: ledgerId, verdict: "same" }];
}

/** An answer about no record of the ledger says nothing. */
const plainWords = (key: RowKey, verdict: MatchWord["verdict"]): MatchWord[] =>
  key.ledgerExternalId === "" ? [] : [{ ...key, verdict }];

export const cellFault = (row: number, column: number, message: string, remedy: string): SheetFault => ({
  sheet: MATCH_SHEET,
  row,
  column: columnName(column),
  message,
  remedy,
});

/** Texts that look like a formula went out with an apostrophe in front. */
const plain = (text: string): string => text.trim().replace(/^'(?=[=+\-@])/, "");
