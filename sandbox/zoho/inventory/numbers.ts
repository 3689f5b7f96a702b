/** Document numbers that Zoho Inventory gives when the client sends none: "SO-00007". */
import type { Table } from "../books/open-books";
import type { TextIndex } from "../product-tables";

/** The next free number of a table's series. */
export function nextNumber(table: Table<unknown, unknown> & TextIndex, prefix: string): string {
  let count = table.size + 1;
  const numbered = (): string => `${prefix}${String(count).padStart(5, "0")}`;
  while (table.find(numbered()) !== null) count += 1;
  return numbered();
}
