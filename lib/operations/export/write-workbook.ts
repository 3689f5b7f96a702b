import { strToU8, Zip, ZipDeflate } from "fflate";

/**
 * Writes an Excel workbook (ECMA-376) as a stream of bytes: rows are taken one at a time and packed as they come, so a sheet
 * of a hundred thousand rows is not held. Text is text: a value that begins like a formula gets an apostrophe in front, so
 * that no program computes it, also after it was saved as CSV.
 */
export type Cell =
  | string
  /** A whole number, or an amount as decimal text with the digits of its currency. */
  | { readonly number: string }
  /** An ISO day, which the reader's program shows as it shows days. */
  | { readonly date: string };

export interface Sheet {
  readonly name: string;
  readonly columns: readonly { readonly title: string; readonly width: number }[];
  readonly rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>;
}

/** Excel's own limit is 1,048,576 rows. */
const ROWS_MAX = 1_000_000;
/** Excel keeps 15 digits of a number; a longer one would change, so it stays text. */
const DIGITS_MAX = 15;
const TEXT_MAX = 32_767;
/** Rows are packed in pieces of about this size. */
const PIECE_CHARACTERS = 64_000;

export async function* writeWorkbook(sheets: readonly Sheet[]): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else ready.push(chunk);
  });
  function* take(): Generator<Uint8Array> {
    if (failure) throw failure;
    yield* ready;
    ready = [];
  }
  for (const [path, text] of fixedParts(sheets)) {
    const part = new ZipDeflate(path);
    zip.add(part);
    part.push(strToU8(text), true);
    yield* take();
  }
  for (const [index, sheet] of sheets.entries()) {
    const part = new ZipDeflate(`xl/worksheets/sheet${index + 1}.xml`);
    zip.add(part);
    let piece = sheetStart(sheet);
    let row = 1;
    for await (const cells of sheet.rows) {
      row += 1;
      if (row > ROWS_MAX) break;
      piece += rowXml(row, cells);
      if (piece.length < PIECE_CHARACTERS) continue;
      part.push(strToU8(piece));
      piece = "";
      yield* take();
    }
    part.push(strToU8(`${piece}</sheetData></worksheet>`), true);
    yield* take();
  }
  zip.end();
  yield* take();
}

const HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

function fixedParts(sheets: readonly Sheet[]): readonly (readonly [string, string])[] {
  const numbers = sheets.map((_, index) => index + 1);
  return [
    [
      "[Content_Types].xml",
      `${HEADER}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${numbers.map((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join("")}</Types>`,
    ],
    [
      "_rels/.rels",
      `${HEADER}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      "xl/workbook.xml",
      `${HEADER}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets.map((sheet, index) => `<sheet name="${xmlText(sheet.name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join("")}</sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `${HEADER}<Relationships xmlns="${PACKAGE}/relationships">${numbers.map((number) => `<Relationship Id="rId${number}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join("")}<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ["xl/styles.xml", `${HEADER}${STYLES}`],
  ];
}

/** Style 0 plain, 1 bold, 2 to 4 a number with none, two or three digits after the point, 5 a day. */
const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0.000"/><numFmt numFmtId="165" formatCode="d mmm yyyy"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`;

const BOLD = 1;
const styleOfDigits = (digits: number): number => (digits === 0 ? 2 : digits === 2 ? 3 : 4);

function sheetStart({ columns }: Sheet): string {
  const widths = columns
    .map(
      ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
    )
    .join("");
  const titles = columns.map(({ title }) => textXml(title, BOLD)).join("");
  return `${HEADER}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData><row r="1">${titles}</row>`;
}

const rowXml = (row: number, cells: readonly Cell[]): string =>
  `<row r="${row}">${cells.map(cellXml).join("")}</row>`;

function cellXml(cell: Cell): string {
  if (typeof cell === "string") return textXml(cell, 0);
  return "date" in cell ? dateXml(cell.date) : numberXml(cell.number);
}

const textXml = (text: string, style: number): string =>
  text === ""
    ? "<c/>"
    : `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${xmlText(neutralise(text).slice(0, TEXT_MAX))}</t></is></c>`;

function numberXml(text: string): string {
  const digits = text.replace(/[^0-9]/g, "").replace(/^0+/, "");
  if (!/^-?\d+(\.\d+)?$/.test(text) || digits.length > DIGITS_MAX) return textXml(text, 0);
  return `<c s="${styleOfDigits(text.split(".")[1]?.length ?? 0)}"><v>${text}</v></c>`;
}

/** Excel counts days from 30 December 1899, and has none before 1900. */
function dateXml(day: string): string {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  const serial = Math.round((at - DAY_ZERO) / DAY_MS);
  return serial > 0 ? `<c s="${DAY_STYLE}"><v>${serial}</v></c>` : textXml(day, 0);
}

const DAY_STYLE = 5;
const DAY_MS = 86_400_000;
const DAY_ZERO = Date.UTC(1899, 11, 30);

/** What a spreadsheet would take for a formula, alone or after it was saved as CSV. */
export const neutralise = (text: string): string => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);

/** Text that XML can hold: what it cannot is a question mark of its own. */
const xmlText = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids exactly these
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
