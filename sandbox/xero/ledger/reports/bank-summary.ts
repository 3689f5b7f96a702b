/** GET /Reports/BankSummary: what came into and went out of each bank account, in the base currency at historical rates. */
import type { XeroAnswer } from "../../answer";
import type { XeroCall } from "../../api/call";
import { dayInWords, dayOf } from "../../dates";
import type { Account } from "../../records";
import { ledgerView } from "./ledger-view";
import { addDays, monthEnd, monthStart } from "./periods";
import { headerRow, plainRow, queryDay, reportAnswer, sectionRow, summaryRow } from "./report";

export function bankSummary(call: XeroCall): XeroAnswer {
  const { books } = call;
  const today = dayOf(books.now());
  const from = queryDay(call, "fromDate") ?? monthStart(today);
  const to = queryDay(call, "toDate") ?? monthEnd(today);
  const view = ledgerView(call);
  const figures = bankAccounts(call).map((account) => {
    const opening = view.totals.balance(account.id, addDays(from, -1));
    const { debitMinor, creditMinor } = view.totals.movement(account.id, from, to);
    return { account, amounts: [opening, debitMinor, creditMinor, opening + debitMinor - creditMinor] };
  });
  const rows = figures.map(({ account, amounts }) =>
    plainRow([
      { text: account.name, about: ["accountID", account.id] },
      ...amounts.map((amount, column) => ({
        text: view.text(amount),
        // Xero names the account on what moved only.
        about: column === 1 || column === 2 ? (["account", account.id] as const) : undefined,
      })),
    ]),
  );
  const totals = [0, 1, 2, 3].map((column) =>
    view.text(figures.reduce((sum, { amounts }) => sum + (amounts[column] ?? 0n), 0n)),
  );
  return reportAnswer(
    call,
    {
      type: "BankSummary",
      name: "Bank Summary",
      titles: ["Bank Summary", books.organisation().name, `From ${dayInWords(from)} to ${dayInWords(to)}`],
    },
    [
      headerRow(["Bank Accounts", "Opening Balance", "Cash Received", "Cash Spent", "Closing Balance"]),
      sectionRow("", [...rows, summaryRow("Total", totals)]),
    ],
  );
}

function bankAccounts({ books }: XeroCall): readonly Account[] {
  return [...books.accounts.heads()]
    .map(([, account]) => account)
    .filter((account) => account.type === "BANK" && account.status === "ACTIVE")
    .sort((left, right) => left.name.localeCompare(right.name));
}
