/**
 * The journals of sales and purchase documents, of money spent and received, of manual journals and of bank
 * transfers: pure functions of the record and the chart. Foreign amounts are converted line by line at the
 * document's rate; what the rounding leaves goes to the Rounding account, as at Xero.
 */
import { subtract } from "../amounts";
import type { BankTransaction, CreditNote, DocumentCore, Invoice, StockMove } from "../records";
import { baseMinorOf, minorOf } from "./base-amount";
import { balanced, type PostingChart, plainLine } from "./journal";
import type { Journal, JournalLine } from "./ledger-types";
import type { BankTransfer, ManualJournal } from "./records";

/** An approved invoice or bill; null for any other status. */
export function invoiceJournal(chart: PostingChart, invoice: Invoice): Journal | null {
  if (invoice.status !== "AUTHORISED" && invoice.status !== "PAID") return null;
  const isSale = invoice.type === "ACCREC";
  const control = chart.system(isSale ? "DEBTORS" : "CREDITORS");
  return {
    day: invoice.date,
    lines: [
      ...documentLines(chart, invoice, control, isSale ? 1n : -1n),
      ...stockLines(chart, invoice.stock ?? []),
    ],
  };
}

/** An approved credit note: an invoice of its side turned round. */
export function creditNoteJournal(chart: PostingChart, note: CreditNote): Journal | null {
  if (note.status !== "AUTHORISED" && note.status !== "PAID") return null;
  const isSale = note.type === "ACCRECCREDIT";
  const control = chart.system(isSale ? "DEBTORS" : "CREDITORS");
  return {
    day: note.date,
    lines: [
      ...documentLines(chart, note, control, isSale ? -1n : 1n),
      ...stockLines(chart, note.stock ?? []),
    ],
  };
}

/** Money received or spent; an overpayment's line names the control account itself. */
export function bankTransactionJournal(chart: PostingChart, transaction: BankTransaction): Journal | null {
  if (transaction.status === "DELETED") return null;
  const sign = transaction.type.startsWith("RECEIVE") ? 1n : -1n;
  return {
    day: transaction.date,
    lines: [
      ...documentLines(chart, transaction, transaction.bankAccountId, sign),
      ...stockLines(chart, transaction.stock ?? []),
    ],
  };
}

/** A posted manual journal. */
export function manualJournalJournal(chart: PostingChart, journal: ManualJournal): Journal | null {
  if (journal.status !== "POSTED") return null;
  const scale = chart.baseScale;
  const lines: JournalLine[] = [];
  let tax = 0n;
  for (const line of journal.lines) {
    const lineTax = minorOf(line.taxAmount, scale);
    const amount = minorOf(line.lineAmount, scale);
    tax += lineTax;
    lines.push({
      accountId: chart.coded(line.accountCode),
      amountMinor: journal.lineAmountTypes === "Inclusive" ? amount - lineTax : amount,
      description: line.description,
      taxType: line.taxType,
      tracking: line.tracking,
    });
  }
  if (tax !== 0n) lines.push(plainLine(chart.system("GST"), tax, null));
  return { day: journal.date, lines: lines.filter((line) => line.amountMinor !== 0n) };
}

/** A transfer moves the same base amount out of one account and into the other. */
export function bankTransferJournal(chart: PostingChart, transfer: BankTransfer): Journal | null {
  if (transfer.status === "DELETED") return null;
  const amount = baseMinorOf(transfer.amount, transfer.fromRate, chart.baseScale);
  return {
    day: transfer.date,
    lines: [
      { ...plainLine(transfer.fromAccountId, -amount, transfer.reference), tracking: transfer.fromTracking },
      { ...plainLine(transfer.toAccountId, amount, transfer.reference), tracking: transfer.toTracking },
    ],
  };
}

/** The other side of a document: its lines net of tax, and its tax. `sign` is 1 where the control is debited. */
export function contraLines(chart: PostingChart, core: DocumentCore, sign: 1n | -1n): readonly JournalLine[] {
  const scale = chart.baseScale;
  const lines = core.lines.map((line): JournalLine => {
    const net =
      core.lineAmountTypes === "Inclusive" ? subtract(line.lineAmount, line.taxAmount) : line.lineAmount;
    const amount = baseMinorOf(net, core.currencyRate, scale);
    return {
      accountId: amount === 0n ? "" : chart.coded(line.accountCode),
      amountMinor: -sign * amount,
      description: line.description,
      taxType: line.taxType,
      tracking: line.tracking,
    };
  });
  const tax = baseMinorOf(core.totalTax, core.currencyRate, scale);
  if (tax !== 0n) lines.push(plainLine(chart.system("GST"), -sign * tax, null));
  return lines.filter((line) => line.amountMinor !== 0n);
}

function documentLines(
  chart: PostingChart,
  core: DocumentCore,
  control: string,
  sign: 1n | -1n,
): readonly JournalLine[] {
  const total = baseMinorOf(core.total, core.currencyRate, chart.baseScale);
  return balanced(
    [plainLine(control, sign * total, core.reference), ...contraLines(chart, core, sign)],
    () => chart.system("ROUNDING"),
    "Rounding",
  );
}

/** What tracked items cost leaves the inventory account for cost of goods sold, or comes back. */
function stockLines(chart: PostingChart, moves: readonly StockMove[]): readonly JournalLine[] {
  return moves.flatMap((move) => {
    if (move.cogsAccountCode === null) return [];
    const cost = minorOf(move.cost, chart.baseScale);
    if (cost === 0n) return [];
    return [
      plainLine(chart.coded(move.assetAccountCode), cost, "Inventory"),
      plainLine(chart.coded(move.cogsAccountCode), -cost, "Cost of goods sold"),
    ];
  });
}
