import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { type Cell, neutralise, type Sheet, writeWorkbook } from "./write-workbook";

const COLUMNS = [
  { title: "A", width: 10 },
  { title: "B", width: 10 },
];

async function sheetOf(rows: Sheet["rows"]): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeWorkbook([{ name: "S & Co", columns: COLUMNS, rows }])) pieces.push(piece);
  const parts = unzipSync(new Uint8Array(Buffer.concat(pieces)));
  expect(strFromU8(parts["xl/workbook.xml"] ?? new Uint8Array())).toContain('name="S &amp; Co"');
  return strFromU8(parts["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
}

describe("a workbook", () => {
  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])("never computes %j", async (text) => {
    const sheet = await sheetOf([[text, ""]]);
    expect(sheet).not.toContain("<f>");
    expect(neutralise(text).startsWith("'")).toBe(true);
  });

  it("keeps an amount to its last digit, and writes one that Excel would shorten as text", async () => {
    const rows: Cell[][] = [[{ number: "-1204.50" }, { number: "12345678901234.567" }]];
    const sheet = await sheetOf(rows);
    expect(sheet).toContain("<v>-1204.50</v>");
    expect(sheet).toContain(">12345678901234.567</t>");
  });

  it("takes nothing for a number that is none", async () => {
    const sheet = await sheetOf([[{ number: "1e9" }, { number: '1"/><f>1</f>' }]]);
    expect(sheet).not.toContain("<v>");
    expect(sheet).not.toContain("<f>");
  });

  it("holds any text as well-formed XML", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 30 }), async (text) => {
        const sheet = await sheetOf([[text, "end"]]);
        expect(sheet.endsWith("</sheetData></worksheet>")).toBe(true);
        const texts = sheet.replace(/<[^<>]*>/g, "");
        expect([...texts].filter((sign) => sign === "<" || sign === ">" || sign < "\u0009")).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("is written while rows still come, so that no sheet is held", async () => {
    let taken = 0;
    async function* rows(): AsyncGenerator<readonly Cell[]> {
      for (; taken < 40_000; taken += 1) yield [`row ${taken} ${Math.sin(taken)}`, { number: String(taken) }];
    }
    let firstPieceOfRowsAt = 0;
    for await (const piece of writeWorkbook([{ name: "S", columns: COLUMNS, rows: rows() }]))
      if (taken > 0 && firstPieceOfRowsAt === 0 && piece.length > 1000) firstPieceOfRowsAt = taken;
    expect(taken).toBe(40_000);
    expect(firstPieceOfRowsAt).toBeLessThan(20_000);
  });
});
