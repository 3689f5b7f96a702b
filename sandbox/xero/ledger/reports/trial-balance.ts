/** GET /Reports/TrialBalance: the month's movement and the year to date of every account, debits equal to credits. */
import type { Wire, XeroAnswer } from "../../answer";
import type { XeroCall } from "../../api/call";
import { dayInWords, dayOf } from "../../dates";
import type { Account, AccountClass } from "../../records";
import { isDebitClass, type LedgerView, ledgerView } from "./ledger-view";
import { monthStart } from "./periods";
import { headerRow, plainRow, queryDay, reportAnswer, sectionRow, summaryRow } from "./report";

const SECTIONS: readonly (readonly [string, AccountClass])[] = [
  ["Revenue", "REVENUE"],
  ["Expenses", "EXPENSE"],
  ["Assets", "ASSET"],
  ["Liabilities", "LIABILITY"],
  ["Equity", "EQUITY"],
];

interface BalanceRow {
  readonly account: Account;
  readonly month: bigint;
  readonly year: bigint;
}

export function trialBalance(call: XeroCall): XeroAnswer {
  const { books } = call;
  const date = queryDay(call, "date") ?? dayOf(books.now());
  const view = ledgerView(call);
  const rows: BalanceRow[] = view.accounts
    .map((account) => ({
      account,
      month: view.moved(account, monthStart(date), date),
      year: view.yearToDate(account, date),
    }))
    .filter(({ month, year }) => month !== 0n || year !== 0n);
  const sections = SECTIONS.flatMap(([title, kind]) => {
    const shown = rows.filter(({ account }) => account.class === kind);
    return shown.length === 0
      ? []
      : [
          sectionRow(
            title,
            shown.map((row) => accountRow(view, row)),
          ),
        ];
  });
  return reportAnswer(
    call,
    {
      type: "TrialBalance",
      name: "Trial Balance",
      titles: ["Trial Balance", books.organisation().name, `As at ${dayInWords(date)}`],
    },
    [
      headerRow(["Account", "Debit", "Credit", "YTD Debit", "YTD Credit"]),
      ...sections,
      sectionRow("", [summaryRow("Total", totalsOf(view, rows))]),
    ],
  );
}

function accountRow(view: LedgerView, { account, month, year }: BalanceRow): Wire {
  const about = ["account", account.id] as const;
  const name = account.code === "" ? account.name : `${account.name} (${account.code})`;
  const sides = [month, year].flatMap((net) => bothSides(view, account, net));
  return plainRow([name, ...sides].map((text) => ({ text, about })));
}

/** An amount on its side and nothing on the other; zero stands on the usual side of the account. */
function bothSides(view: LedgerView, { class: kind }: Account, net: bigint): [string, string] {
  const isDebit = net === 0n ? isDebitClass(kind) : net > 0n;
  return isDebit ? [view.text(net), ""] : ["", view.text(-net)];
}

function totalsOf(view: LedgerView, rows: readonly BalanceRow[]): string[] {
  const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
  const sides = (nets: readonly bigint[]): bigint[] => [
    sum(nets.filter((net) => net > 0n)),
    -sum(nets.filter((net) => net < 0n)),
  ];
  return [...sides(rows.map(({ month }) => month)), ...sides(rows.map(({ year }) => year))].map(view.text);
}
