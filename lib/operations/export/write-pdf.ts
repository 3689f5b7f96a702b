import { join } from "node:path";
import PDFDocument from "pdfkit";

/**
 * Writes a report as a PDF without a browser: headings, pairs of words, tables whose titles come again on each page, and
 * lines to sign on. Text is set in a typeface that has Latin, Greek and Cyrillic letters; what it lacks is shown as a box,
 * never left out. It knows nothing of what the report is about.
 */
export interface PdfColumn {
  readonly title: string;
  /** Parts of the page's width; the table takes all of it. */
  readonly parts: number;
  readonly align?: "left" | "right";
}

export type PdfBlock =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "pairs"; readonly pairs: readonly (readonly [string, string])[] }
  | {
      readonly kind: "table";
      readonly columns: readonly PdfColumn[];
      readonly rows: readonly (readonly string[])[];
    }
  /** Lines for a hand: what is to be written on each. */
  | { readonly kind: "signature"; readonly labels: readonly string[] };

export interface PdfReport {
  readonly title: string;
  readonly subtitle: string;
  /** Stands at the foot of every page, before the page's number. */
  readonly footer: string;
  readonly createdAt: Date;
  readonly blocks: readonly PdfBlock[];
}

/** In points, of an A4 page on its side. */
const MARGIN = 40;
const FOOT = 30;
const PAD = 4;
const SIZE = { title: 18, heading: 12, text: 9, table: 8, foot: 7.5 } as const;
const INK = { text: "#111827", muted: "#4b5563", rule: "#d1d5db", band: "#f3f4f6" } as const;
const FONTS = "node_modules/dejavu-fonts-ttf/ttf";

type Pdf = InstanceType<typeof PDFDocument>;

export async function writePdf(report: PdfReport): Promise<Uint8Array> {
  const doc = new PDFDocument({
    size: "A4",
    layout: "landscape",
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOT },
    bufferPages: true,
    lang: "en-GB",
    info: {
      Title: report.title,
      Subject: report.subtitle,
      Creator: "Tieout",
      CreationDate: report.createdAt,
    },
  });
  const pieces: Uint8Array[] = [];
  const written = new Promise<void>((resolve, reject) => {
    doc.on("data", (piece: Uint8Array) => pieces.push(piece));
    doc.once("end", () => resolve());
    doc.once("error", reject);
  });
  doc.registerFont("plain", join(process.cwd(), FONTS, "DejaVuSans.ttf"));
  doc.registerFont("bold", join(process.cwd(), FONTS, "DejaVuSans-Bold.ttf"));
  doc.font("bold").fontSize(SIZE.title).fillColor(INK.text).text(report.title);
  doc.font("plain").fontSize(SIZE.text).fillColor(INK.muted).text(report.subtitle).moveDown(0.8);
  for (const block of report.blocks) drawBlock(doc, block);
  drawFeet(doc, report.footer);
  doc.end();
  await written;
  return Buffer.concat(pieces);
}

function drawBlock(doc: Pdf, block: PdfBlock): void {
  switch (block.kind) {
    case "heading":
      // A heading never stands alone at the foot of a page.
      makeRoom(doc, 80);
      doc.moveDown(0.8);
      doc.font("bold").fontSize(SIZE.heading).fillColor(INK.text).text(block.text, MARGIN);
      doc.moveDown(0.4);
      return;
    case "text":
      doc.font("plain").fontSize(SIZE.text).fillColor(INK.text).text(block.text, MARGIN);
      doc.moveDown(0.4);
      return;
    case "pairs":
      drawTable(
        doc,
        [
          { title: "", parts: 1 },
          { title: "", parts: 4 },
        ],
        block.pairs,
      );
      return;
    case "table":
      drawTable(doc, block.columns, block.rows);
      return;
    case "signature":
      drawSignature(doc, block.labels);
  }
}

const pageEnd = (doc: Pdf): number => doc.page.height - MARGIN - FOOT;
const pageWidth = (doc: Pdf): number => doc.page.width - 2 * MARGIN;

function makeRoom(doc: Pdf, height: number): void {
  if (doc.y + height > pageEnd(doc)) doc.addPage();
}

function drawTable(doc: Pdf, columns: readonly PdfColumn[], rows: readonly (readonly string[])[]): void {
  const all = columns.reduce((sum, column) => sum + column.parts, 0);
  const widths = columns.map((column) => (column.parts / all) * pageWidth(doc));
  const hasTitles = columns.some((column) => column.title !== "");
  const titles = columns.map((column) => column.title);
  const drawTitles = (): void => {
    if (hasTitles) drawRow(doc, columns, widths, titles, true);
  };
  makeRoom(doc, 40);
  drawTitles();
  for (const row of rows) {
    if (doc.y + heightOf(doc, widths, row, false) > pageEnd(doc)) {
      doc.addPage();
      drawTitles();
    }
    drawRow(doc, columns, widths, row, false);
  }
  doc.x = MARGIN;
  doc.moveDown(0.6);
}

function setTableFont(doc: Pdf, isTitle: boolean): void {
  doc.font(isTitle ? "bold" : "plain").fontSize(SIZE.table);
}

function heightOf(doc: Pdf, widths: readonly number[], row: readonly string[], isTitle: boolean): number {
  setTableFont(doc, isTitle);
  const heights = widths.map((width, at) => doc.heightOfString(row[at] || " ", { width: width - 2 * PAD }));
  // A row is no taller than a page, whatever somebody called a contact.
  return Math.min(Math.max(...heights) + 2 * PAD, pageEnd(doc) - MARGIN - 60);
}

function drawRow(
  doc: Pdf,
  columns: readonly PdfColumn[],
  widths: readonly number[],
  row: readonly string[],
  isTitle: boolean,
): void {
  const height = heightOf(doc, widths, row, isTitle);
  const top = doc.y;
  if (isTitle) doc.rect(MARGIN, top, pageWidth(doc), height).fill(INK.band);
  let left = MARGIN;
  for (const [at, column] of columns.entries()) {
    const width = widths[at] ?? 0;
    setTableFont(doc, isTitle);
    doc.fillColor(isTitle ? INK.muted : INK.text).text(row[at] ?? "", left + PAD, top + PAD, {
      width: width - 2 * PAD,
      height: height - PAD,
      align: column.align ?? "left",
      ellipsis: true,
    });
    left += width;
  }
  doc
    .moveTo(MARGIN, top + height)
    .lineTo(MARGIN + pageWidth(doc), top + height)
    .lineWidth(0.5)
    .strokeColor(INK.rule)
    .stroke();
  doc.x = MARGIN;
  doc.y = top + height;
}

function drawSignature(doc: Pdf, labels: readonly string[]): void {
  makeRoom(doc, 70);
  const width = pageWidth(doc) / labels.length;
  const top = doc.y + 40;
  for (const [at, label] of labels.entries()) {
    const left = MARGIN + at * width;
    doc
      .moveTo(left, top)
      .lineTo(left + width - 20, top)
      .lineWidth(0.75)
      .strokeColor(INK.muted)
      .stroke();
    doc
      .font("plain")
      .fontSize(SIZE.table)
      .fillColor(INK.muted)
      .text(label, left, top + 4, { width: width - 20 });
  }
  doc.x = MARGIN;
}

/** Written last, since only then is it known how many pages there are. */
function drawFeet(doc: Pdf, footer: string): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    // Below the margin, where pdfkit would begin a new page by itself.
    doc.page.margins.bottom = 0;
    const top = doc.page.height - MARGIN;
    const width = pageWidth(doc);
    doc.font("plain").fontSize(SIZE.foot).fillColor(INK.muted);
    doc.text(footer, MARGIN, top, { width: width - 100, height: 12, ellipsis: true, lineBreak: false });
    doc.text(`Page ${page - start + 1} of ${count}`, MARGIN + width - 100, top, {
      width: 100,
      align: "right",
      lineBreak: false,
    });
  }
}
