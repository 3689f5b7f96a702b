import { readWorkbook } from "@/lib/operations/export/read-workbook";
import { writeWorkbook } from "@/lib/operations/export/write-workbook";

/** All bytes of a file that is written while it is sent. */
export async function readBytes(file: { bytes: AsyncIterable<Uint8Array> } | null): Promise<Uint8Array> {
  if (!file) throw new Error("there is no file");
  const pieces: Uint8Array[] = [];
  for await (const piece of file.bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The sheet of matches as a person saves it after changing cells; `edit` gets each row below the titles. */
export async function editWorkbook(bytes: Uint8Array, edit: (cells: string[]) => void): Promise<Uint8Array> {
  const read = readWorkbook(bytes, { sheet: "Matches", rowsMax: 100_000, columnsMax: 16 });
  if (!read.ok) throw new Error(read.error.message);
  const [titles, ...rows] = read.value.map(({ cells }) =>
    Array.from({ length: 16 }, (_, at) => cells[at] ?? ""),
  );
  for (const cells of rows) edit(cells);
  const columns = (titles ?? []).map((title) => ({ title, width: 10 }));
  return readBytes({ bytes: writeWorkbook([{ name: "Matches", columns, rows }]) });
}
