import type { RunListEntry } from "@/components/runs/runs-list";
import type {
  JournalLineView,
  PreviewRows,
  PreviewView,
  RunPassView,
  RunView,
} from "@/lib/domain/views/run-view";

const aPass = (given: Partial<RunPassView>): RunPassView => ({
  recordType: "invoice",
  read: 640,
  readTotal: 640,
  toPost: 0,
  posted: 0,
  linked: 0,
  excluded: 0,
  failed: 0,
  ...given,
});

/** Constructed: a run while it reads, while it posts, at its end and stopped. */
const PULLING: RunView = {
  runId: "1",
  kind: "post",
  state: "pulling",
  headline: "Reading invoices from Zoho Books",
  startedAt: "2026-11-21T09:38:00.000Z",
  finishedAt: null,
  failure: null,
  isCancelled: false,
  passes: [
    aPass({ recordType: "contact", read: 412, readTotal: 412 }),
    aPass({ recordType: "item", read: 890, readTotal: 890 }),
    aPass({ recordType: "invoice", read: 240, readTotal: 640 }),
    aPass({ recordType: "payment", read: 0, readTotal: null }),
  ],
  secondsLeft: null,
  calls: { ledgerWrites: 0, oneByOneWrites: 0 },
  report: [],
  latest: [],
};

const APPLYING: RunView = {
  ...PULLING,
  state: "applying",
  headline: "Posting invoices to Xero",
  passes: [
    aPass({ recordType: "contact", toPost: 38, posted: 38, linked: 374 }),
    aPass({ recordType: "item", toPost: 0, linked: 890 }),
    aPass({ recordType: "invoice", toPost: 640, posted: 350, failed: 3, excluded: 12 }),
    aPass({ recordType: "payment", toPost: 590 }),
  ],
  secondsLeft: 130,
  calls: { ledgerWrites: 9, oneByOneWrites: 388 },
  latest: [
    {
      at: "2026-11-21T09:40:12.000Z",
      recordType: "invoice",
      number: "INV-00351",
      label: "Bakers & Sons Wholesale Catering Supplies",
      outcome: "posted",
      link: "https://go.xero.com/",
    },
    {
      at: "2026-11-21T09:40:12.000Z",
      recordType: "invoice",
      number: "INV-00350",
      label: "Nordlys AB",
      outcome: "refused",
      link: null,
    },
    {
      at: "2026-11-21T09:40:11.000Z",
      recordType: "invoice",
      number: "INV-00349",
      label: "Quay Street Café",
      outcome: "linked",
      link: "https://go.xero.com/",
    },
  ],
};

export const RUN_STATES: readonly RunView[] = [
  PULLING,
  APPLYING,
  {
    ...APPLYING,
    state: "finished",
    headline: "1,265 records posted, 3 need you",
    finishedAt: "2026-11-21T09:41:00.000Z",
    secondsLeft: null,
    passes: [
      aPass({ recordType: "contact", toPost: 38, posted: 38, linked: 374 }),
      aPass({ recordType: "invoice", toPost: 640, posted: 637, failed: 3, excluded: 12 }),
      aPass({ recordType: "payment", toPost: 590, posted: 590 }),
    ],
  },
  {
    ...APPLYING,
    state: "failed",
    headline: "Posting stopped",
    secondsLeft: null,
    failure: "Xero no longer lets Tieout in. Reconnect Xero and start again; nothing is posted twice.",
    isCancelled: false,
    latest: [],
  },
];

export const RUN_LIST: readonly RunListEntry[] = [
  {
    runId: "4",
    kind: "post",
    state: "applying",
    startedAt: "2026-11-21T09:38:00.000Z",
    finishedAt: null,
    posted: 388,
    failed: 3,
  },
  {
    runId: "3",
    kind: "post",
    state: "previewed",
    startedAt: "2026-11-20T17:10:00.000Z",
    finishedAt: null,
    posted: 0,
    failed: 0,
  },
  {
    runId: "2",
    kind: "post",
    state: "finished",
    startedAt: "2026-11-20T09:00:00.000Z",
    finishedAt: "2026-11-20T09:03:00.000Z",
    posted: 14,
    failed: 0,
  },
  {
    runId: "1",
    kind: "post",
    state: "failed",
    startedAt: "2026-11-19T09:00:00.000Z",
    finishedAt: "2026-11-19T09:01:00.000Z",
    posted: 2,
    failed: 1,
  },
];

const gbp = (amount: string) => ({ amount, currency: "GBP" });
const none = { create: 0, update: 0, void: 0, link: 0, exclude: 0, block: 0 };

const line = (
  account: string,
  currency: string,
  debit: string | null,
  credit: string | null,
  taxRate = "",
): JournalLineView => {
  const amount = (text: string | null) => (text === null ? null : { amount: text, currency });
  const isBase = currency === "GBP";
  return {
    account,
    taxRate,
    currency,
    debit: amount(debit),
    credit: amount(credit),
    baseDebit: isBase ? amount(debit) : null,
    baseCredit: isBase ? amount(credit) : null,
  };
};

export const PREVIEW_FULL: PreviewView = {
  runId: "1",
  kind: "post",
  state: "previewed",
  byType: [
    { recordType: "contact", counts: { ...none, create: 38, link: 374 }, totals: [] },
    { recordType: "item", counts: { ...none, link: 890 }, totals: [] },
    {
      recordType: "invoice",
      counts: { ...none, create: 612, update: 4, link: 9, exclude: 12, block: 3 },
      totals: [
        { verb: "create", total: gbp("184302.55") },
        { verb: "create", total: { amount: "12400.00", currency: "EUR" } },
        { verb: "create", total: { amount: "1204500", currency: "JPY" } },
      ],
    },
    {
      recordType: "creditNote",
      counts: { ...none, create: 14 },
      totals: [{ verb: "create", total: gbp("1042.10") }],
    },
    {
      recordType: "payment",
      counts: { ...none, create: 590 },
      totals: [{ verb: "create", total: gbp("171020.40") }],
    },
  ],
  journal: {
    baseCurrency: "GBP",
    lines: [
      line("610 Accounts Receivable", "GBP", "12240.05", null),
      line("200 Sales", "GBP", null, "148903.20", "20% (VAT on Income)"),
      {
        ...line("200 Sales", "EUR", null, "12400.00"),
        baseCredit: gbp("10664.00"),
      },
      line("425 Postage", "GBP", null, "3813.84", "20% (VAT on Income)"),
      line("820 VAT", "GBP", null, "30543.41"),
      line("090 Business account", "GBP", "171020.40", null),
    ],
    debit: gbp("183260.45"),
    credit: gbp("183260.45"),
    unknown: 0,
  },
  approval: { waiting: 2, approved: 1, declined: 0, waitsForAll: false, run: null },
  isParallel: false,
  outdated: null,
  filedTax: { to: "2026-06-30", documents: 3 },
  taxUnsaid: null,
  closedPeriods: null,
  undoesRunId: null,
  warnings: 2,
  writeCalls: 27,
  oneByOneWriteCalls: 1258,
  secondsToWrite: 0,
};

/** An undo with documents in a closed period, and no word about which tax returns were sent. */
export const PREVIEW_UNDO: PreviewView = {
  ...PREVIEW_FULL,
  kind: "undo",
  filedTax: null,
  taxUnsaid: { documents: 31, earliest: "2 August 2026", everyMonths: 3 },
  closedPeriods: { until: "31 August 2026", day: "1 September 2026", taken: false, documents: 14 },
  undoesRunId: "states",
};

export const PREVIEW_ROWS: PreviewRows = {
  rows: [
    {
      recordType: "invoice",
      sourceExternalId: "1",
      pageExternalId: "",
      verb: "create",
      number: "INV-00351",
      label: "Bakers & Sons Wholesale Catering Supplies",
      amount: gbp("1204.50"),
      sentence: null,
      warnings: [],
      approval: "waiting",
      fields: [
        { field: "Number", before: null, after: "INV-00351", isChanged: false },
        {
          field: "Contact",
          before: null,
          after: "Bakers & Sons Wholesale Catering Supplies",
          isChanged: false,
        },
        { field: "Total", before: null, after: "1204.50 GBP", isChanged: false },
      ],
    },
    {
      recordType: "invoice",
      sourceExternalId: "2",
      pageExternalId: "",
      verb: "block",
      number: "INV-00350",
      label: "Nordlys AB",
      amount: { amount: "18000.00", currency: "SEK" },
      sentence: "Xero is not set up for SEK. Add it in Xero under Settings, Currencies.",
      warnings: [],
      approval: null,
      fields: [],
    },
    {
      recordType: "invoice",
      sourceExternalId: "3",
      pageExternalId: "",
      verb: "link",
      number: "INV-00349",
      label: "Quay Street Café",
      amount: gbp("86.00"),
      sentence: "Already in Xero with the same number, customer, date and total.",
      warnings: [],
      approval: null,
      fields: [],
    },
    {
      recordType: "invoice",
      sourceExternalId: "4",
      pageExternalId: "",
      verb: "exclude",
      number: "INV-00348",
      label: "Quay Street Café",
      amount: gbp("0.00"),
      sentence: "A draft in Zoho Books. It is posted once it is sent.",
      warnings: [],
      approval: null,
      fields: [],
    },
    {
      recordType: "invoice",
      sourceExternalId: "5",
      pageExternalId: "",
      verb: "create",
      number: "INV-00347",
      label: "Marlow & Finch",
      amount: gbp("512.07"),
      sentence: null,
      warnings: ["A rounding line of £0.01 keeps the total as it is in Zoho Books."],
      approval: null,
      fields: [],
    },
  ],
  next: "5",
};
