import { strFromU8, unzipSync } from "fflate";

/** The texts of a workbook's first sheet, row by row; an empty cell is "". */
export async function readSheet(file: { bytes: AsyncIterable<Uint8Array> } | null): Promise<string[][]> {
  if (!file) throw new Error("there is no file");
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.bytes) chunks.push(chunk);
  const parts = unzipSync(Buffer.concat(chunks));
  const sheet = strFromU8(parts["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
  return [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row = ""]) =>
    [...row.matchAll(/<c\/>|<c [^>]*>(.*?)<\/c>/gs)].map(([, cell = ""]) =>
      unescapeXml(/<(?:t|v)[^>]*>(.*?)<\/(?:t|v)>/s.exec(cell)?.[1] ?? ""),
    ),
  );
}

const unescapeXml = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
