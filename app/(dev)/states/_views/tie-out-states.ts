import type {
  TieOutFigure,
  TieOutFigurePage,
  TieOutFindingPage,
  TieOutPoint,
  TieOutTypeLine,
  TieOutView,
} from "@/lib/domain/views/tie-out-view";

const gbp = (amount: string) => ({ amount, currency: "GBP" });
const none = { count: 0, total: null };
const MONTHS = [
  ["2025-12", "14210.40"],
  ["2026-01", "9120.00"],
  ["2026-02", "8744.18"],
  ["2026-03", "10931.75"],
  ["2026-04", "12002.10"],
  ["2026-05", "11840.66"],
  ["2026-06", "13390.02"],
  ["2026-07", "12777.90"],
  ["2026-08", "9980.45"],
  ["2026-09", "14055.31"],
  ["2026-10", "18422.84"],
  ["2026-11", "21970.12"],
] as const;

function aMonth(month: string, net: string, index: number): TieOutFigure {
  const side = { count: 40 + index, net: gbp(net), tax: gbp((Number(net) / 5).toFixed(2)) };
  return {
    recordType: "invoice",
    key: month,
    label: month,
    currency: "GBP",
    source: side,
    ledger: side,
    difference: gbp(index === 9 ? "0.01" : "0.00"),
  };
}

export const TIE_OUT_FIGURES: TieOutFigurePage = {
  rows: MONTHS.map(([month, net], index) => aMonth(month, net, index)),
  next: null,
};

export const TIE_OUT_TREND: readonly TieOutPoint[] = [1948, 1951, 1950, 1957, 1957].map(
  (agreeing, index) => ({
    asOf: `2026-11-1${index}T09:41:00.000Z`,
    discrepancies: 1957 - agreeing,
    score: { agreeing, expected: 1957, percent: ((agreeing / 1957) * 100).toFixed(2) },
  }),
);

const aLine = (line: Omit<TieOutTypeLine, "waiting" | "accepted">): TieOutTypeLine => ({
  ...line,
  waiting: none,
  accepted: none,
});

/** Constructed: a tie-out that agrees, and the same with something unexplained. */
const AGREES: TieOutView = {
  tieOutId: "00000000-0000-4000-8000-000000000000",
  scope: "changed",
  wholeAsOf: "2026-11-21T03:00:00.000Z",
  score: { agreeing: 1957, expected: 1960, percent: "99.84" },
  counts: { exception: 3, excluded: 12, rounding: 7, onlyInLedger: 31 },
  asOf: "2026-11-21T09:41:00.000Z",
  sourceName: "Zoho Books",
  ledgerName: "Xero",
  discrepancies: 0,
  headline: "All 1,957 records agree to the cent",
  byType: [
    aLine({
      recordType: "contact",
      currency: null,
      source: { count: 412, total: null },
      ledger: { count: 412, total: null },
      excluded: none,
      exceptions: none,
      discrepancies: none,
    }),
    aLine({
      recordType: "invoice",
      currency: "GBP",
      source: { count: 628, total: gbp("198420.15") },
      ledger: { count: 616, total: gbp("194302.55") },
      excluded: { count: 12, total: gbp("4117.60") },
      exceptions: none,
      discrepancies: none,
    }),
    aLine({
      recordType: "invoice",
      currency: "SEK",
      source: { count: 3, total: { amount: "57000.00", currency: "SEK" } },
      ledger: { count: 0, total: { amount: "0.00", currency: "SEK" } },
      excluded: none,
      exceptions: { count: 3, total: { amount: "57000.00", currency: "SEK" } },
      discrepancies: none,
    }),
    aLine({
      recordType: "payment",
      currency: "GBP",
      source: { count: 590, total: gbp("171020.40") },
      ledger: { count: 590, total: gbp("171020.40") },
      excluded: none,
      exceptions: none,
      discrepancies: none,
    }),
  ],
  roundings: { count: 7, totals: [gbp("0.05")] },
  voided: { source: 2, ledger: 2 },
  onlyInLedger: { count: 31, rows: [] },
  named: [],
};

export const TIE_OUT_STATES: readonly TieOutView[] = [
  AGREES,
  {
    ...AGREES,
    discrepancies: 1,
    headline: "1 of 1,957 records differs and has no explanation yet",
    byType: AGREES.byType.map((line, index) =>
      index === 3
        ? {
            ...line,
            ledger: { count: 589, total: gbp("170900.40") },
            discrepancies: { count: 1, total: gbp("120.00") },
          }
        : line,
    ),
    counts: { ...AGREES.counts, missing: 1 },
  },
];

const ROW = {
  date: "2026-11-20",
  fields: [],
  changedSince: null,
  accepted: null,
  ledgerUrl: "https://go.xero.com/",
  mayAccept: false,
} as const;

export const TIE_OUT_PAGE: TieOutFindingPage = {
  rows: [
    {
      ...ROW,
      findingId: "1",
      sourceExternalId: "",
      recordType: "payment",
      kind: "dateDiffers",
      number: "PAY-0091",
      label: "Bakers & Sons",
      amount: gbp("120.00"),
      sentence: "It was changed in the ledger after it was posted: date from 2026-11-20 to 2026-12-01.",
      fields: [{ field: "date", source: "2026-11-20", ledger: "2026-12-01" }],
      changedSince: "2026-11-21T08:12:00.000Z",
      action: "postAgain",
      mayAccept: true,
    },
    {
      ...ROW,
      findingId: "2",
      sourceExternalId: "",
      recordType: "invoice",
      kind: "exception",
      number: "INV-00350",
      label: "Nordlys AB",
      amount: { amount: "18000.00", currency: "SEK" },
      sentence: "Xero is not set up for SEK.",
      action: "openExceptions",
    },
    {
      ...ROW,
      findingId: "3",
      sourceExternalId: "",
      recordType: "invoice",
      kind: "accepted",
      number: "INV-00348",
      label: "Quay Street Café",
      amount: gbp("86.00"),
      sentence: "Olivia Shaw says that it is right: agreed with the accountant.",
      accepted: { by: "Olivia Shaw", at: "2026-11-20T16:02:00.000Z", why: "Agreed with the accountant." },
      action: "none",
    },
    {
      ...ROW,
      findingId: "4",
      sourceExternalId: "",
      recordType: "invoice",
      kind: "rounding",
      number: "INV-00347",
      label: "Marlow & Finch",
      amount: gbp("0.01"),
      sentence: "Xero rounds tax a line at a time; a rounding line keeps the total.",
      action: "openLedger",
    },
  ],
  next: null,
};
