/**
 * The cash basis of reports with paymentsOnly=true: a document counts when and as far as it was paid, a share
 * of each of its lines with every payment. Derived anew for each report, since hardly anyone asks for it.
 * What a share's rounding leaves stays where it falls; debits equal credits all the same.
 */
import type { Books } from "../books";
import { createTotals } from "./account-totals";
import { allEntries, journalOf, mustSettle } from "./entries";
import { type PostingChart, postingChart } from "./journal";
import type { AccountTotals, Journal, LedgerEntry, Settleable } from "./ledger-types";
import { allocationJournal, paymentJournal } from "./post-settlements";

export function cashBasisTotals(books: Books): AccountTotals {
  const chart = postingChart(books);
  const totals = createTotals();
  for (const entry of allEntries(books)) totals.post(cashJournal(books, chart, entry), 1n);
  return totals;
}

function cashJournal(books: Books, chart: PostingChart, entry: LedgerEntry): Journal | null {
  switch (entry.kind) {
    case "invoice":
    case "creditNote":
      return null;
    case "manualJournal":
      return entry.record.showOnCashBasisReports ? journalOf(books, chart, entry) : null;
    case "payment":
      return paymentJournal(chart, entry.record, byLines(mustSettle(books, entry.record.target)));
    case "allocation": {
      const { source, invoiceId } = entry.record;
      const invoice = mustSettle(books, { kind: "invoice", id: invoiceId });
      return allocationJournal(chart, entry.record, byLines(mustSettle(books, source)), byLines(invoice));
    }
    default:
      return journalOf(books, chart, entry);
  }
}

/** Settled by shares of its lines instead of by the control account. */
function byLines(settled: Settleable): Settleable {
  return settled.kind === "overpayment" ? settled : { ...settled, byLines: true };
}
