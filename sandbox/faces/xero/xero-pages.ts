/** Xero's pages that are no list: the trial balance, and the settings with lock dates and connected apps. */
import type { SandboxContext } from "@/sandbox/kit/types";
import type { Books } from "@/sandbox/xero/books";
import { parseDay } from "@/sandbox/xero/dates";
import { xeroRecords } from "@/sandbox/xero/open-books";
import { firstRecord } from "../edits";
import { html } from "../html";
import type { Act, Answered, Column, Desk, OwnPage } from "../kinds";
import { facts, table } from "../parts";
import { rowsAt, textAt, valueAt, type Wire } from "../wire";

const CELLS = ["Account", "Debit", "Credit", "Debit for the year", "Credit for the year"] as const;

/** The report as the API gives it, so that both agree by construction. */
export function trialBalancePage(books: Books): OwnPage {
  return {
    slug: "trial-balance",
    label: "Trial balance",
    group: "Accounting",
    acts: [],
    record(desk) {
      const report = firstRecord(desk.ask("GET", "/Reports/TrialBalance"), "Reports");
      return report.ok ? report.body : { Problem: report.problem };
    },
    render(desk, report) {
      const problem = textAt(report, "Problem");
      if (problem !== "") return html`<p class="problem" role="alert">${problem}</p>`;
      const columns = CELLS.map(
        (label, index): Column => ({
          label,
          at: (row) => cellOf(row, index),
          ...(index === 0 ? {} : { as: "amount" as const }),
        }),
      );
      const { baseCurrency } = books.organisation();
      const rows = rowsAt(report, "Rows").flatMap((section) => rowsAt(section, "Rows"));
      return html`<section class="sheet" aria-label="Trial balance">${table(`As at ${textAt(report, "ReportDate")}, in ${baseCurrency}`, columns, rows, { desk, currencyOf: () => baseCurrency })}</section>`;
    },
  };
}

function cellOf(row: Wire, index: number): string {
  const cells = valueAt(row, "Cells");
  return Array.isArray(cells) ? textAt(cells[index], "Value") : "";
}

/** Lock dates and connected apps, which Xero keeps for people: its API reads them at most. */
export function settingsPage(
  context: SandboxContext,
  books: Books,
  disconnect: (service: string, tenantId: string) => number,
): OwnPage {
  return {
    slug: "settings",
    label: "Settings and connected apps",
    group: "Accounting",
    record: () => ({ ...books.organisation() }),
    render: (desk, record) =>
      html`<section class="sheet"><h2>Organisation</h2>${facts(ORGANISATION_FACTS, record, { desk, currencyOf: () => "" })}</section><section class="sheet"><h2>Connected apps</h2>${appTable(context, books, desk)}</section>`,
    acts: [lockDatesAct(books), disconnectAct(books, disconnect)],
  };
}

const ORGANISATION_FACTS: readonly Column[] = [
  { label: "Name", at: "name" },
  { label: "Country", at: "countryCode" },
  { label: "Base currency", at: "baseCurrency" },
  { label: "Tenant id", at: "id" },
  {
    label: "Lock date for all but advisers",
    at: (record) => textAt(record, "periodLockDate") || "none",
    as: "day",
  },
  {
    label: "Lock date for everybody",
    at: (record) => textAt(record, "endOfYearLockDate") || "none",
    as: "day",
  },
];

function appTable(context: SandboxContext, books: Books, desk: Desk) {
  const { connections, users } = xeroRecords(context);
  const rows: Wire[] = [];
  for (const [, link] of connections.heads())
    if (link.tenantId === books.tenantId)
      rows.push({
        App: link.clientId,
        By: users.head(link.userId)?.email ?? link.userId,
        Since: new Date(link.createdMs).toISOString(),
      });
  if (rows.length === 0) return html`<p>No app is connected.</p>`;
  const columns: readonly Column[] = [
    { label: "App (client id)", at: "App" },
    { label: "Connected by", at: "By" },
    { label: "Since (UTC)", at: "Since", as: "instant" },
  ];
  return table("Apps connected to this organisation", columns, rows, { desk, currencyOf: () => "" });
}

function lockDatesAct(books: Books): Act {
  return {
    slug: "lock-dates",
    label: "Change lock dates",
    fits: () => true,
    fields: (record) => [
      {
        name: "periodLockDate",
        label: "For all but advisers (empty: none)",
        type: "date",
        value: textAt(record, "periodLockDate"),
      },
      {
        name: "endOfYearLockDate",
        label: "For everybody (empty: none)",
        type: "date",
        value: textAt(record, "endOfYearLockDate"),
      },
    ],
    run({ form }): Answered {
      const read = (name: string): string | null | undefined => {
        const typed = form.get(name)?.trim() ?? "";
        return typed === "" ? null : (parseDay(typed) ?? undefined);
      };
      const periodLockDate = read("periodLockDate");
      const endOfYearLockDate = read("endOfYearLockDate");
      if (periodLockDate === undefined || endOfYearLockDate === undefined)
        return { ok: false, status: 400, problem: "A lock date is a day, such as 2026-06-30, or empty." };
      books.setOrganisation({ ...books.organisation(), periodLockDate, endOfYearLockDate });
      return { ok: true, body: {} };
    },
  };
}

function disconnectAct(books: Books, disconnect: (service: string, tenantId: string) => number): Act {
  return {
    slug: "disconnect",
    label: "Disconnect all apps",
    fits: () => true,
    run(): Answered {
      return disconnect("xero", books.tenantId) > 0
        ? { ok: true, body: {} }
        : { ok: false, status: 400, problem: "No app is connected to this organisation." };
    },
  };
}
