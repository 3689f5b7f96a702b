import { RECORD_TYPE_NAMES, type RecordType } from "@/lib/domain/record-type";
import type { AmountView } from "@/lib/domain/views/amount";
import type {
  FigureDimension,
  TieOutFigure,
  TieOutFindingView,
  TieOutView,
} from "@/lib/domain/views/tie-out-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { namesOfPair } from "../exceptions/describe-exception";
import { handOver } from "../export/hand-over";
import { type PdfBlock, type PdfColumn, writePdf } from "../export/write-pdf";
import { getRuntime } from "../runtime";
import { scheduleOf } from "../schedules/schedule-of-pair";
import { loadPairIn } from "../setup/load-pair";
import { getTieOut } from "./get-tie-out";
import { listFigures } from "./list-figures";
import { listFindings } from "./list-findings";
import { listMonths } from "./list-months";
import { TIE_OUT_COLUMNS } from "./tie-out-columns";

/** A report is for reading; the workbook has every row. */
const ROWS_MAX = 400;

/** The newest tie-out as a PDF to read, file and sign; null before the first. */
export async function exportTieOutPdf(
  access: WorkspaceAccess,
): Promise<{ fileName: string; bytes: Uint8Array } | null> {
  const view = await getTieOut(access);
  const about = view ? await loadAbout(access) : null;
  if (!view || !about) return null;
  const { clock } = await getRuntime();
  const blocks: PdfBlock[] = [
    { kind: "pairs", pairs: summaryPairs(access, view, about) },
    { kind: "heading", text: "By kind of record" },
    typeTable(view),
    ...(await findingBlocks(access)),
  ];
  for (const { dimension, heading, title } of DIMENSIONS)
    blocks.push(...(await figureBlocks(access, dimension, heading, title, about)));
  blocks.push(...(await signOffBlocks(access, about)));
  return handOver(access, {
    fileName: `tie-out-${view.asOf.slice(0, 10)}.pdf`,
    bytes: await writePdf({
      title: "Tie-out",
      subtitle: access.name,
      footer: `${access.name} · tie-out as of ${about.at(view.asOf)} · made by Tieout`,
      createdAt: clock.now(),
      blocks,
    }),
  });
}

interface About {
  readonly source: string;
  readonly ledger: string;
  readonly sourceLabel: string;
  readonly ledgerLabel: string;
  /** An instant on the organisation's clock, with the name of its zone. */
  readonly at: (iso: string) => string;
}

async function loadAbout(access: WorkspaceAccess): Promise<About | null> {
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return null;
    const names = namesOfPair(runtime, pair);
    const schedule = scheduleOf(pair);
    const zone = schedule.mode === "dailyAt" ? schedule.timeZone : "UTC";
    return {
      source: `${pair.source.tenantName} (${names.source})`,
      ledger: `${pair.ledger.tenantName} (${names.ledger})`,
      sourceLabel: names.source,
      ledgerLabel: names.ledger,
      at: (iso) => instantIn(zone, iso),
    };
  });
}

/** "21 Nov 2026, 14:05 (Europe/London)". */
function instantIn(zone: string, iso: string): string {
  const words = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(iso));
  return `${words} (${zone})`;
}

function summaryPairs(access: WorkspaceAccess, view: TieOutView, about: About): [string, string][] {
  const { score } = view;
  return [
    ["Workspace", access.name],
    ["Source", about.source],
    ["Books", about.ledger],
    ["As of", about.at(view.asOf)],
    ["Whole books read", about.at(view.wholeAsOf)],
    ["Verdict", view.headline],
    ["Unexplained differences", count(view.discrepancies)],
    [
      "Consistency score",
      score.percent === null
        ? "nothing should agree yet"
        : `${score.percent} %: ${count(score.agreeing)} records agree, of ${count(score.expected)} that should`,
    ],
  ];
}

const right = (title: string, parts: number): PdfColumn => ({ title, parts, align: "right" });

function typeTable(view: TieOutView): PdfBlock {
  return {
    kind: "table",
    columns: [{ title: "Kind of record", parts: 2 }, ...TIE_OUT_COLUMNS.map(({ title }) => right(title, 2))],
    rows: view.byType.map((line) => [
      titleOf(line.recordType),
      ...TIE_OUT_COLUMNS.map(({ part }) => {
        const { count: records, total } = line[part];
        return total === null ? count(records) : `${count(records)}\n${money(total)}`;
      }),
    ]),
  };
}

async function findingBlocks(access: WorkspaceAccess): Promise<PdfBlock[]> {
  const { rows, isCut } = await readAll<TieOutFindingView>((after) =>
    listFindings(access, { weights: ["discrepancy", "look", "waiting"], after }),
  );
  const heading: PdfBlock = { kind: "heading", text: "What differs or waits" };
  if (rows.length === 0)
    return [heading, { kind: "text", text: "Nothing: every record agrees, or is left out on purpose." }];
  return [
    heading,
    {
      kind: "table",
      columns: [
        { title: "Kind", parts: 2 },
        { title: "Number", parts: 2 },
        { title: "Name", parts: 3 },
        { title: "Date", parts: 1.6 },
        right("Total", 2.2),
        { title: "Why", parts: 7 },
      ],
      rows: rows.map((row) => [
        RECORD_TYPE_NAMES[row.recordType].one,
        row.number,
        row.label,
        row.date === null ? "" : day(row.date),
        row.amount === null ? "" : money(row.amount),
        row.sentence,
      ]),
    },
    ...cutNote(isCut),
  ];
}

const DIMENSIONS: readonly { dimension: FigureDimension; heading: string; title: string }[] = [
  { dimension: "month", heading: "By month", title: "Month" },
  { dimension: "monthTax", heading: "By month and tax", title: "Tax" },
  { dimension: "account", heading: "By account", title: "Account" },
  { dimension: "contact", heading: "By contact", title: "Contact" },
];

async function figureBlocks(
  access: WorkspaceAccess,
  dimension: FigureDimension,
  heading: string,
  title: string,
  about: About,
): Promise<PdfBlock[]> {
  const { rows, isCut } = await readAll<TieOutFigure>((after) => listFigures(access, { dimension, after }));
  if (rows.length === 0) return [];
  const isSplit = dimension === "monthTax";
  return [
    { kind: "heading", text: heading },
    {
      kind: "table",
      columns: [
        { title: "Kind of record", parts: 2.2 },
        ...(isSplit ? [{ title: "Month", parts: 1.4 }] : []),
        { title, parts: 2.8 },
        right(`${about.sourceLabel}: records`, 1.4),
        right("net", 2.1),
        right("tax", 1.9),
        right(`${about.ledgerLabel}: records`, 1.4),
        right("net", 2.1),
        right("tax", 1.9),
        right("Difference", 2),
      ],
      rows: rows.map((row) => [
        titleOf(row.recordType),
        ...(isSplit ? [month(row.key.slice(0, row.key.indexOf(" ")))] : []),
        dimension === "month" ? month(row.key) : row.label,
        ...[row.source, row.ledger].flatMap((side) => [count(side.count), money(side.net), money(side.tax)]),
        money(row.difference),
      ]),
    },
    ...cutNote(isCut),
  ];
}

async function signOffBlocks(access: WorkspaceAccess, about: About): Promise<PdfBlock[]> {
  const signed = (await listMonths(access)).flatMap((one) =>
    one.closed ? [{ ...one, closed: one.closed }] : [],
  );
  return [
    { kind: "heading", text: "Sign-off" },
    signed.length === 0
      ? { kind: "text", text: "No month was signed off in Tieout yet." }
      : {
          kind: "table",
          columns: [
            { title: "Month", parts: 2 },
            { title: "Signed off by", parts: 3 },
            { title: "When", parts: 4 },
            right("Unexplained then", 2),
            right("Waiting then", 2),
            right("Changed since", 2),
          ],
          rows: signed.map((one) => [
            month(one.month),
            one.closed.by,
            about.at(one.closed.at),
            count(one.closed.discrepancies),
            count(one.closed.waiting),
            count(one.changes),
          ]),
        },
    { kind: "signature", labels: ["Prepared by", "Date", "Reviewed by", "Date"] },
  ];
}

/** Pages by key until there are no more, or more than a report holds. */
async function readAll<Row>(
  list: (after: string | null) => Promise<{ readonly rows: readonly Row[]; readonly next: string | null }>,
): Promise<{ rows: Row[]; isCut: boolean }> {
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const page: { readonly rows: readonly Row[]; readonly next: string | null } = await list(after);
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null && rows.length < ROWS_MAX);
  return { rows: rows.slice(0, ROWS_MAX), isCut: after !== null || rows.length > ROWS_MAX };
}

const cutNote = (isCut: boolean): PdfBlock[] =>
  isCut ? [{ kind: "text", text: `The first ${ROWS_MAX} are shown; the Excel file has all of them.` }] : [];

const titleOf = (recordType: RecordType): string => {
  const { many } = RECORD_TYPE_NAMES[recordType];
  return many.charAt(0).toUpperCase() + many.slice(1);
};
const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ",");
const count = (value: number): string => grouped(String(value));

/** "GBP 1,204.50": the code leads, so that the figures of a column stand under each other. */
function money({ amount, currency }: AmountView): string {
  const isNegative = amount.startsWith("-");
  const [whole = "0", fraction] = amount.replace("-", "").split(".");
  return `${currency}\u00a0${isNegative ? "\u2212" : ""}${grouped(whole)}${fraction ? `.${fraction}` : ""}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function month(text: string): string {
  const [year = "", number = ""] = text.split("-");
  return `${MONTHS[Number(number) - 1] ?? number} ${year}`;
}

const day = (iso: string): string => `${Number(iso.slice(8, 10))} ${month(iso.slice(0, 7))}`;
