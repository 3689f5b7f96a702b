import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { columnName, readWorkbook } from "./read-workbook";
import { writeWorkbook } from "./write-workbook";

const LIMITS = { sheet: "Matches", rowsMax: 100, columnsMax: 3 };
const COLUMNS = [
  { title: "A", width: 10 },
  { title: "B", width: 10 },
  { title: "C", width: 10 },
];

const WORKBOOK = `<workbook xmlns:r="r"><sheets><sheet name="Other" sheetId="1" r:id="rId9"/><sheet name="Matches" sheetId="2" r:id="rId2"/></sheets></workbook>`;
const RELATIONS = `<Relationships><Relationship Id="rId9" Target="worksheets/other.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet7.xml"/></Relationships>`;

/** A workbook as another program writes it. */
const aWorkbook = (rows: string, more: Record<string, string> = {}): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries({
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/sheet7.xml": `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
        ...more,
      }).map(([name, text]) => [name, strToU8(text)]),
    ),
  );

const refusalOf = (bytes: Uint8Array) => {
  const read = readWorkbook(bytes, LIMITS);
  return read.ok ? null : read.error;
};

describe("a workbook that comes back", () => {
  it("has every text that was written, whatever stands in it", async () => {
    const texts = fc
      .string({ unit: "grapheme", maxLength: 12 })
      .filter((text) => !/^[=+\-@\t\r\n]/.test(text));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(texts, texts), { maxLength: 8 }), async (pairs) => {
        const rows = pairs.map(([one, two], index) => [`row ${index}`, one, two]);
        const pieces: Uint8Array[] = [];
        for await (const piece of writeWorkbook([{ name: "Matches", columns: COLUMNS, rows }]))
          pieces.push(piece);
        const read = readWorkbook(Buffer.concat(pieces), LIMITS);
        const filled = (cells: readonly string[]): string[] => [0, 1, 2].map((at) => cells[at] ?? "");
        expect(read.ok && read.value.slice(1).map(({ cells }) => filled(cells))).toEqual(rows);
      }),
      { numRuns: 40 },
    );
  });

  it("is read by the names of its sheets and the places of its cells, as Excel saves them", () => {
    const bytes = aWorkbook(
      `<row r="1"><c r="A1" t="s"><v>1</v></c></row><row r="4" spans="1:3"><c r="C4" t="s"><v>0</v></c></row>` +
        `<row r="5"><c r="A5"/><c r="B5"><v>12.5</v></c></row><row r="6"><c r="A6" t="inlineStr"><is><t> </t></is></c></row>`,
      {
        "xl/sharedStrings.xml": `<sst><si><r><t>Sa</t></r><r><t xml:space="preserve">me</t></r><rPh><t>x</t></rPh></si><si><t>K &amp; &#x41;</t></si></sst>`,
      },
    );
    expect(readWorkbook(bytes, LIMITS)).toEqual({
      ok: true,
      value: [
        { row: 1, cells: ["K & A"] },
        { row: 4, cells: ["", "", "Same"] },
        { row: 5, cells: ["", "12.5"] },
      ],
    });
  });

  it("is refused with the place where it holds a formula", () => {
    const bytes = aWorkbook(`<row r="7"><c r="B7"><f>HYPERLINK("x")</f><v>1</v></c></row>`);
    expect(refusalOf(bytes)).toMatchObject({ sheet: "Matches", row: 7, column: "B" });
    expect(refusalOf(bytes)?.message).toContain("formula");
  });

  it("is refused where it has more rows than are taken", () => {
    const rows = Array.from(
      { length: 102 },
      (_, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>1</v></c></row>`,
    );
    expect(refusalOf(aWorkbook(rows.join("")))?.message).toBe("It has more than 100 rows.");
    expect(refusalOf(aWorkbook(rows.slice(0, 101).join("")))).toBeNull();
  });

  it("is refused where the sheet has another name", () => {
    const bytes = aWorkbook("", { "xl/workbook.xml": WORKBOOK.replace("Matches", "Renamed") });
    expect(refusalOf(bytes)?.message).toContain("no sheet named “Matches”");
  });

  it("is refused where a small file unpacks to hundreds of megabytes, also where it lies about that", () => {
    const bomb = Buffer.from(
      zipSync({
        "xl/workbook.xml": strToU8(WORKBOOK),
        "xl/_rels/workbook.xml.rels": strToU8(RELATIONS),
        "xl/worksheets/sheet7.xml": new Uint8Array(130_000_000),
      }),
    );
    expect(bomb.byteLength).toBeLessThan(200_000);
    expect(refusalOf(bomb)?.message).toContain("unpacks to more than is allowed");
    // The central directory's word for the unpacked size of the last part.
    const entry = bomb.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bomb.writeUInt32LE(10, entry + 24);
    expect(refusalOf(bomb)?.message).toContain("unpacks to more than is allowed");
  });

  it("is refused, and nothing thrown, where it is no workbook at all or is cut off", () => {
    const whole = aWorkbook(`<row r="1"><c r="A1"><v>1</v></c></row>`);
    for (const bytes of [
      new Uint8Array(),
      strToU8("Kind,Name"),
      whole.slice(0, 300),
      zipSync({ a: strToU8("b") }),
    ])
      expect(refusalOf(bytes)).toMatchObject({ row: null, column: null });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const damaged = whole.slice();
        damaged[at] = byte;
        readWorkbook(damaged, LIMITS);
      }),
    );
  });

  it("is refused where it defines entities", () => {
    const sheet = `<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>`;
    expect(refusalOf(aWorkbook("", { "xl/worksheets/sheet7.xml": sheet }))?.message).toContain(
      "document type",
    );
  });
});

it("columns are named as Excel names them", () => {
  expect([0, 25, 26, 27, 701, 702].map(columnName)).toEqual(["A", "Z", "AA", "AB", "ZZ", "AAA"]);
});
