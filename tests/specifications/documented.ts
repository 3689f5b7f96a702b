/**
 * The tables of docs/sandbox.md that tests keep true: each stands between two comments that name it. `vitest -u` on
 * the test that owns a table writes it anew.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { invariant } from "@/lib/kernel/invariant";

export const DOCUMENT = join(import.meta.dirname, "../../docs/sandbox.md");

export interface DocumentedTable {
  readonly table: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The document as it should be, with those tables in their places. */
export function documentWith(tables: readonly DocumentedTable[]): string {
  let text = readFileSync(DOCUMENT, "utf8");
  for (const { table, header, rows } of tables) {
    const { start, end } = placeOf(text, table);
    text = `${text.slice(0, start)}\n\n${tableOf(header, rows)}\n\n${text.slice(end)}`;
  }
  return text;
}

/** Columns are as wide as their widest cell, as the formatter of the repository's Markdown has them. */
function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((name, column) =>
    Math.max(3, name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`;
  return [
    line(header),
    `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`,
    ...rows.map(line),
  ].join("\n");
}

/** The rows of a table as they stand in the document. */
export function documentedRows(table: string): string[][] {
  const text = readFileSync(DOCUMENT, "utf8");
  const { start, end } = placeOf(text, table);
  return text
    .slice(start, end)
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

function placeOf(text: string, table: string): { start: number; end: number } {
  const opening = `<!-- ${table} -->`;
  const start = text.indexOf(opening);
  const end = text.indexOf(`<!-- end of ${table} -->`);
  invariant(start >= 0 && end > start, `docs/sandbox.md has a place for ${table}`);
  return { start: start + opening.length, end };
}
