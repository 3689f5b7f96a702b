import type { SheetFault } from "@/lib/domain/views/match-row";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type OpenZip, openZip, ZipRefused } from "./open-zip";
import { attributeOf, readXml } from "./read-xml";

/**
 * Reads one sheet of an Excel workbook (ECMA-376) that somebody uploaded, as texts. It computes nothing: a formula is refused
 * with its place, since its value is whatever the last program said. Dates and numbers are given as the file has them.
 */
export interface SheetRow {
  /** As Excel counts it, from 1. */
  readonly row: number;
  /** By column, from 0; an empty cell is "". */
  readonly cells: readonly string[];
}

export interface ReadLimits {
  readonly sheet: string;
  /** Rows without the titles. */
  readonly rowsMax: number;
  readonly columnsMax: number;
}

/** A workbook of 5 MB that people made is some twenty times as large unpacked; more is a trap. */
const UNPACKED_BYTES_MAX = 120_000_000;

export function readWorkbook(bytes: Uint8Array, limits: ReadLimits): Result<readonly SheetRow[], SheetFault> {
  try {
    const zip = openZip(bytes, { unpackedBytesMax: UNPACKED_BYTES_MAX });
    const path = findSheet(zip, limits.sheet);
    if (path === null)
      return err(
        fileFault(
          limits.sheet,
          `There is no sheet named “${limits.sheet}”.`,
          "Download the file again and change that one, without renaming its sheets.",
        ),
      );
    return readRows(textOf(zip, path), readSharedTexts(zip), limits);
  } catch (thrown) {
    if (!(thrown instanceof ZipRefused)) throw thrown;
    return err(
      fileFault(
        limits.sheet,
        `This file cannot be read: ${thrown.message}.`,
        "Save it as an Excel workbook (.xlsx) without a password, and upload that.",
      ),
    );
  }
}

const fileFault = (sheet: string, message: string, remedy: string): SheetFault => ({
  sheet,
  row: null,
  column: null,
  message,
  remedy,
});

/** Path of the sheet of that name, by the workbook's own list of its parts. */
function findSheet(zip: OpenZip, name: string): string | null {
  let relation: string | null = null;
  for (const { tag, text } of readXml(textOf(zip, "xl/workbook.xml")))
    if (tag === "sheet" && attributeOf(text, "name") === name) relation = attributeOf(text, "r:id");
  if (relation === null) return null;
  for (const { tag, text } of readXml(textOf(zip, "xl/_rels/workbook.xml.rels"))) {
    if (tag !== "Relationship" || attributeOf(text, "Id") !== relation) continue;
    const target = attributeOf(text, "Target") ?? "";
    return target.startsWith("/") ? target.slice(1) : `xl/${target}`;
  }
  return null;
}

function textOf(zip: OpenZip, path: string): string {
  const bytes = zip.read(path);
  if (!bytes) throw new ZipRefused("it is no Excel workbook");
  return new TextDecoder().decode(bytes);
}

/** Texts that cells point to by number; spelling aids of East Asian texts are no part of them. */
function readSharedTexts(zip: OpenZip): string[] {
  const path = "xl/sharedStrings.xml";
  if (!zip.names.includes(path)) return [];
  const texts: string[] = [];
  let current = "";
  let isText = false;
  let isAid = false;
  for (const { kind, tag, text } of readXml(textOf(zip, path))) {
    if (kind === "text") {
      if (isText && !isAid) current += text;
    } else if (tag === "si" && kind === "open") current = "";
    else if (tag === "si") texts.push(kind === "empty" ? "" : current);
    else if (tag === "t") isText = kind === "open";
    else if (tag === "rPh") isAid = kind === "open";
  }
  return texts;
}

function readRows(
  xml: string,
  shared: readonly string[],
  limits: ReadLimits,
): Result<readonly SheetRow[], SheetFault> {
  const rows: SheetRow[] = [];
  const cellFault = (row: number, column: number, message: string, remedy: string) =>
    err({ sheet: limits.sheet, row, column: columnName(column), message, remedy });
  let row = 0;
  let column = -1;
  let cells: string[] = [];
  let type = "";
  let value = "";
  let isValue = false;
  for (const { kind, tag, text } of readXml(xml)) {
    if (kind === "text") {
      if (isValue) value += text;
    } else if (tag === "row" && kind === "open") {
      const said = Number(attributeOf(text, "r"));
      row = Number.isSafeInteger(said) && said > row ? said : row + 1;
      [cells, column] = [[], -1];
    } else if (tag === "row") {
      if (cells.some((cell) => cell.trim() !== "")) rows.push({ row, cells });
      cells = [];
      if (rows.length > limits.rowsMax + 1)
        return err(
          fileFault(
            limits.sheet,
            `It has more than ${limits.rowsMax.toLocaleString("en-GB")} rows.`,
            "Delete the rows that you did not change: what is missing stays as it is.",
          ),
        );
    } else if (tag === "c" && kind !== "close") {
      column = columnOf(attributeOf(text, "r")) ?? column + 1;
      type = attributeOf(text, "t") ?? "";
      value = "";
    } else if (tag === "f" && kind !== "close")
      return cellFault(
        row,
        column,
        "It holds a formula.",
        "Replace it by its value: copy, then paste as values.",
      );
    else if (tag === "v" || tag === "t") isValue = kind === "open";
    else if (tag === "c" && column < limits.columnsMax) {
      while (cells.length < column) cells.push("");
      cells[column] = type === "s" ? (shared[Number(value)] ?? "") : value;
    }
  }
  return ok(rows);
}

/** "AB12" is column 27; null where the cell does not say. */
function columnOf(reference: string | null): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? "")?.[0];
  if (letters === undefined) return null;
  return [...letters].reduce((sum, letter) => sum * LETTERS + letter.charCodeAt(0) - BEFORE_A, 0) - 1;
}

/** 27 is "AB". */
export function columnName(column: number): string {
  const rest = Math.floor(column / LETTERS);
  return `${rest > 0 ? columnName(rest - 1) : ""}${String.fromCharCode(BEFORE_A + 1 + (column % LETTERS))}`;
}

const LETTERS = 26;
const BEFORE_A = "A".charCodeAt(0) - 1;
