/**
 * Cuts the text of one file into order rows, so that a broken line costs that line alone. A quoted field may
 * run over several physical lines; an unclosed quote never swallows a line that is a whole row by itself.
 */
import { parse } from "csv-parse/sync";
import { errorText } from "@/lib/kernel/errors";
import { err, ok, type Result } from "@/lib/kernel/result";
import { ORDER_COLUMNS, type OrderRow, parseOrderRow } from "./order-row";

export interface RejectedLine {
  readonly file: string;
  /** Physical line, the header being line 1. */
  readonly line: number;
  readonly reason: string;
}

/** Longest quoted field in physical lines; a quote still open after these was never meant as one. */
const FIELD_LINES_MAX = 20;

/** Rows of a file in order, each Err with the line it begins on. The header line is recognised by its names. */
export function* readOrderLines(file: string, text: string): Generator<Result<OrderRow, RejectedLine>> {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
  const header = readHeader(lines[0] ?? "");
  let index = header === null ? 0 : 1;
  const order = header ?? ORDER_COLUMNS.map((_, position) => position);
  while (index < lines.length) {
    const line = lines[index] ?? "";
    if (line.trim() === "") {
      index += 1;
      continue;
    }
    const { fields, used } = readFields(lines, index);
    const row = fields.ok ? parseOrderRow(reorder(fields.value, order)) : fields;
    yield row.ok ? row : err({ file, line: index + 1, reason: row.error });
    index += row.ok ? used : 1;
  }
}

interface FieldsRead {
  readonly fields: Result<string[], string>;
  /** Physical lines that the fields took. */
  readonly used: number;
}

function readFields(lines: readonly string[], index: number): FieldsRead {
  const line = lines[index] ?? "";
  if (!line.includes('"')) return { fields: ok(line.split(",")), used: 1 };
  const alone = parseRecord(line);
  if (alone.ok || !alone.error.unclosed)
    return { fields: alone.ok ? alone : err(alone.error.reason), used: 1 };
  let joined = line;
  for (let used = 2; used <= FIELD_LINES_MAX && index + used <= lines.length; used += 1) {
    const next = lines[index + used - 1] ?? "";
    if (isWholeRow(next)) break;
    joined += `\n${next}`;
    const record = parseRecord(joined);
    if (record.ok) return { fields: record, used };
  }
  return { fields: err("a quote is never closed"), used: 1 };
}

function isWholeRow(line: string): boolean {
  const fields = line.includes('"') ? parseRecord(line) : ok(line.split(","));
  return fields.ok && parseOrderRow(fields.value).ok;
}

function parseRecord(text: string): Result<string[], { reason: string; unclosed: boolean }> {
  try {
    const records = parse(text, { relax_column_count: true, relax_quotes: true });
    const [record] = records;
    return record !== undefined && records.length === 1
      ? ok(record)
      : err({ reason: `${records.length} records where one was expected`, unclosed: false });
  } catch (thrown) {
    const unclosed = thrown instanceof Error && "code" in thrown && thrown.code === "CSV_QUOTE_NOT_CLOSED";
    return err({ reason: `not CSV: ${errorText(thrown).slice(0, 120)}`, unclosed });
  }
}

/** For each of ORDER_COLUMNS its position in this file; null when the first line is no header. */
function readHeader(line: string): number[] | null {
  const names = line.split(",").map((name) => name.trim().replace(/^"|"$/g, "").toLowerCase());
  const positions = ORDER_COLUMNS.map((column) => names.indexOf(column.toLowerCase()));
  return names.length === ORDER_COLUMNS.length && positions.every((position) => position >= 0)
    ? positions
    : null;
}

function reorder(fields: readonly string[], order: readonly number[]): readonly string[] {
  return fields.length === order.length ? order.map((position) => fields[position] ?? "") : fields;
}
