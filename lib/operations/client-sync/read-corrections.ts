import { err, ok, type Result } from "@/lib/kernel/result";
import type { SheetRow } from "../export/read-workbook";
import { idTitle, ledgerTitle, type SheetLabels } from "./mapping-sheet";

/** A row of a file that came back: which client, and the contact that stands beside it now ("" for none). */
export interface TypedRow {
  /** As Excel counts it. */
  readonly row: number;
  readonly sourceExternalId: string;
  readonly ledgerName: string;
}

/** The rows with a client, by the titles of their columns, wherever those stand by now. */
export function readCorrections(
  [titles, ...rows]: readonly SheetRow[],
  labels: SheetLabels,
): Result<readonly TypedRow[], { message: string }> {
  const columnOf = (title: string): number =>
    (titles?.cells ?? []).findIndex((one) => one.trim().toLowerCase() === title.toLowerCase());
  const [id, contact] = [columnOf(idTitle(labels)), columnOf(ledgerTitle(labels))];
  if (id < 0 || contact < 0)
    return err({
      message: `The columns “${idTitle(labels)}” and “${ledgerTitle(labels)}” are not in this file. Correct the one that you downloaded here.`,
    });
  const typed = rows.flatMap(({ row, cells }): TypedRow[] => {
    const sourceExternalId = plain(cells[id]);
    return sourceExternalId === "" ? [] : [{ row, sourceExternalId, ledgerName: plain(cells[contact]) }];
  });
  const seen = new Set<string>();
  for (const { row, sourceExternalId } of typed) {
    if (seen.has(sourceExternalId))
      return err({ message: `Row ${row}: this client stands in the file twice.` });
    seen.add(sourceExternalId);
  }
  return ok(typed);
}

/** Without the apostrophe that the writer puts in front of what a spreadsheet would take for a formula. */
const plain = (cell = ""): string => (/^'[=+\-@\t\r\n]/.test(cell) ? cell.slice(1) : cell).trim();
