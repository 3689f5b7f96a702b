/**
 * Reads order files twice without ever holding all lines: the first reading counts (rows a number, names of
 * items, rejected lines), the second hands out each document as soon as its last row has passed.
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type Classified, classifyOrder } from "./order-document";
import { type RejectedLine, readOrderLines } from "./order-lines";
import { type OrderRow, ownCopy } from "./order-row";

export interface OrderFile {
  readonly name: string;
  read(): Promise<string>;
}

export interface OrderScan {
  /** Rows that were read, without the rejected. */
  readonly lines: number;
  readonly rejected: readonly RejectedLine[];
  /** Rows of each number, over all files. */
  readonly rowsByNumber: ReadonlyMap<string, number>;
  /** The item's most frequent description that is not empty, trimmed; "" when it never had one. */
  describe(code: string): string;
}

/** The CSV files of a folder in order of name. Throws when the folder cannot be read. */
export async function listOrderFiles(directory: string): Promise<OrderFile[]> {
  const names = (await readdir(directory)).filter((name) => name.toLowerCase().endsWith(".csv")).sort();
  return names.map((name) => ({ name, read: () => readFile(path.join(directory, name), "utf8") }));
}

/** First reading. */
export async function scanOrders(files: readonly OrderFile[]): Promise<OrderScan> {
  const rejected: RejectedLine[] = [];
  const rowsByNumber = new Map<string, number>();
  const descriptions = new Map<string, Map<string, number>>();
  let lines = 0;
  for (const file of files) {
    for (const row of readOrderLines(file.name, await file.read())) {
      if (!row.ok) {
        rejected.push(row.error);
        continue;
      }
      lines += 1;
      increase(rowsByNumber, row.value.number);
      countDescription(descriptions, row.value);
    }
  }
  return { lines, rejected, rowsByNumber, describe: (code) => mostFrequent(descriptions.get(code)) };
}

/** Second reading: each number once, when its last row has been read. */
export async function* readOrderDocuments(
  files: readonly OrderFile[],
  scan: OrderScan,
): AsyncGenerator<Classified> {
  const open = new Map<string, OrderRow[]>();
  for (const file of files) {
    for (const row of readOrderLines(file.name, await file.read())) {
      if (!row.ok) continue;
      const rows = open.get(row.value.number) ?? [];
      rows.push(row.value);
      if (rows.length < (scan.rowsByNumber.get(row.value.number) ?? 0)) {
        open.set(row.value.number, rows);
        continue;
      }
      open.delete(row.value.number);
      yield classifyOrder(row.value.number, rows);
    }
  }
}

/** Stock-taking rows ("damaged?", price 0) weigh less than any sale, whatever their number. */
const SALE_WEIGHT = 1_000_000;

function countDescription(descriptions: Map<string, Map<string, number>>, row: OrderRow): void {
  const text = row.description.trim();
  if (text === "") return;
  const counts = descriptions.get(row.code) ?? new Map<string, number>();
  descriptions.set(row.code, counts);
  const count = counts.get(text);
  const weight = Number(row.price) === 0 ? 1 : SALE_WEIGHT;
  counts.set(count === undefined ? ownCopy(text) : text, (count ?? 0) + weight);
}

function mostFrequent(counts: ReadonlyMap<string, number> | undefined): string {
  let best = "";
  let bestCount = 0;
  for (const [text, count] of counts ?? []) {
    if (count <= bestCount) continue;
    best = text;
    bestCount = count;
  }
  return best;
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
