import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import type { AmountView } from "@/lib/domain/views/amount";
import type { FigureDimension, TieOutFigure, TieOutView } from "@/lib/domain/views/tie-out-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { handOver } from "../export/hand-over";
import { type Cell, type Sheet, writeWorkbook } from "../export/write-workbook";
import { getTieOut } from "./get-tie-out";
import { listFigures } from "./list-figures";
import { listFindings } from "./list-findings";
import { TIE_OUT_COLUMNS } from "./tie-out-columns";

/** The newest tie-out as an Excel workbook, read page by page as it is written; null before the first. */
export async function exportTieOut(
  access: WorkspaceAccess,
): Promise<{ fileName: string; bytes: AsyncIterable<Uint8Array> } | null> {
  const view = await getTieOut(access);
  if (!view) return null;
  const sheets: Sheet[] = [
    summarySheet(view),
    typeSheet(view),
    {
      name: "Records with a reason",
      columns: [
        { title: "Kind of record", width: 18 },
        { title: "Number", width: 18 },
        { title: "Name", width: 32 },
        { title: "Date", width: 12 },
        { title: "Currency", width: 10 },
        { title: "Total", width: 14 },
        { title: "Finding", width: 18 },
        { title: "Why", width: 80 },
        { title: "Accepted by", width: 20 },
        { title: "Accepted because", width: 40 },
      ],
      rows: findingRows(access),
    },
    ...DIMENSIONS.map(({ dimension, name, title }) => figureSheet(access, dimension, name, title)),
  ];
  const fileName = `tie-out-${view.asOf.slice(0, 10)}.xlsx`;
  return handOver(access, { fileName, bytes: writeWorkbook(sheets) });
}

const DIMENSIONS: readonly { dimension: FigureDimension; name: string; title: string }[] = [
  { dimension: "month", name: "By month", title: "Month" },
  { dimension: "monthTax", name: "By month and tax", title: "Month" },
  { dimension: "tax", name: "By tax rate", title: "Tax rate" },
  { dimension: "account", name: "By account", title: "Account" },
  { dimension: "contact", name: "By contact", title: "Contact" },
  { dimension: "day", name: "By day", title: "Day" },
  { dimension: "currency", name: "By currency", title: "Currency" },
  { dimension: "tracking", name: "By tracking", title: "Tracking" },
];

const count = (value: number): Cell => ({ number: String(value) });
const amount = (value: AmountView | null): Cell => (value === null ? "" : { number: value.amount });

function summarySheet(view: TieOutView): Sheet {
  const { score } = view;
  return {
    name: "Summary",
    columns: [
      { title: "Tie-out", width: 34 },
      { title: "", width: 60 },
    ],
    rows: [
      ["Verdict", view.headline],
      ["Source", view.sourceName],
      ["Ledger", view.ledgerName],
      ["As of", view.asOf],
      ["Whole ledger read", view.wholeAsOf],
      ["Records that do not agree", count(view.discrepancies)],
      ["Records that agree", count(score.agreeing)],
      ["Records that should", count(score.expected)],
      ["Consistency score (agree / should), %", score.percent === null ? "" : { number: score.percent }],
    ],
  };
}

function typeSheet(view: TieOutView): Sheet {
  return {
    name: "By kind of record",
    columns: [
      { title: "Kind of record", width: 22 },
      { title: "Currency", width: 10 },
      ...TIE_OUT_COLUMNS.flatMap(({ title }) => [
        { title: `${title}: records`, width: 18 },
        { title: `${title}: total`, width: 18 },
      ]),
    ],
    rows: view.byType.map((line) => [
      RECORD_TYPE_NAMES[line.recordType].many,
      line.currency ?? "",
      ...TIE_OUT_COLUMNS.flatMap(({ part }) => [count(line[part].count), amount(line[part].total)]),
    ]),
  };
}

async function* findingRows(access: WorkspaceAccess): AsyncGenerator<readonly Cell[]> {
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listFindings>> = await listFindings(access, { after });
    for (const row of page.rows)
      yield [
        RECORD_TYPE_NAMES[row.recordType].one,
        row.number,
        row.label,
        row.date ?? "",
        row.amount?.currency ?? "",
        amount(row.amount),
        row.kind,
        row.sentence,
        row.accepted?.by ?? "",
        row.accepted?.why ?? "",
      ];
    after = page.next;
  } while (after !== null);
}

function figureSheet(
  access: WorkspaceAccess,
  dimension: FigureDimension,
  name: string,
  title: string,
): Sheet {
  const isSplit = dimension === "monthTax";
  return {
    name,
    columns: [
      { title: "Kind of record", width: 22 },
      { title, width: 28 },
      ...(isSplit ? [{ title: "Tax rate", width: 12 }] : []),
      { title: "Currency", width: 10 },
      { title: "Source: records", width: 15 },
      { title: "Source: net", width: 15 },
      { title: "Source: tax", width: 15 },
      { title: "Ledger: records", width: 15 },
      { title: "Ledger: net", width: 15 },
      { title: "Ledger: tax", width: 15 },
      { title: "Difference", width: 15 },
    ],
    rows: figureRows(access, dimension),
  };
}

async function* figureRows(
  access: WorkspaceAccess,
  dimension: FigureDimension,
): AsyncGenerator<readonly Cell[]> {
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listFigures>> = await listFigures(access, { dimension, after });
    for (const row of page.rows) yield figureCells(row, dimension);
    after = page.next;
  } while (after !== null);
}

function figureCells(row: TieOutFigure, dimension: FigureDimension): readonly Cell[] {
  return [
    RECORD_TYPE_NAMES[row.recordType].many,
    ...(dimension === "monthTax" ? [row.key.slice(0, row.key.indexOf(" ")), row.label] : [row.label]),
    row.currency,
    ...[row.source, row.ledger].flatMap((side) => [count(side.count), amount(side.net), amount(side.tax)]),
    amount(row.difference),
  ];
}
