import type { TieOutMonthLine, TieOutView } from "@/lib/domain/views/tie-out-view";

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

function aMonth(month: string, net: string, index: number): TieOutMonthLine {
  const side = { count: 40 + index, net: gbp(net), tax: gbp((Number(net) / 5).toFixed(2)) };
  return {
    recordType: "invoice",
    month,
    currency: "GBP",
    taxRate: "20 %",
    source: side,
    ledger: side,
    difference: gbp(index === 9 ? "0.01" : "0.00"),
  };
}

/** Constructed: a tie-out that agrees, and the same with something unexplained. */
const AGREES: TieOutView = {
  asOf: "2026-11-21T09:41:00.000Z",
  sourceName: "Zoho Books",
  ledgerName: "Xero",
  discrepancies: 0,
  headline: "All 1,957 records agree to the cent",
  byType: [
    {
      recordType: "contact",
      currency: null,
      source: { count: 412, total: null },
      ledger: { count: 412, total: null },
      excluded: none,
      exceptions: none,
      discrepancies: none,
    },
    {
      recordType: "invoice",
      currency: "GBP",
      source: { count: 628, total: gbp("198420.15") },
      ledger: { count: 616, total: gbp("194302.55") },
      excluded: { count: 12, total: gbp("4117.60") },
      exceptions: none,
      discrepancies: none,
    },
    {
      recordType: "invoice",
      currency: "SEK",
      source: { count: 3, total: { amount: "57000.00", currency: "SEK" } },
      ledger: { count: 0, total: { amount: "0.00", currency: "SEK" } },
      excluded: none,
      exceptions: { count: 3, total: { amount: "57000.00", currency: "SEK" } },
      discrepancies: none,
    },
    {
      recordType: "payment",
      currency: "GBP",
      source: { count: 590, total: gbp("171020.40") },
      ledger: { count: 590, total: gbp("171020.40") },
      excluded: none,
      exceptions: none,
      discrepancies: none,
    },
  ],
  byMonth: MONTHS.map(([month, net], index) => aMonth(month, net, index)),
  roundings: { count: 7, totals: [gbp("0.05")] },
  voided: { source: 2, ledger: 2 },
  onlyInLedger: { count: 31, rows: [] },
  named: [
    {
      recordType: "invoice",
      kind: "exception",
      number: "INV-00350",
      label: "Nordlys AB",
      amount: { amount: "18000.00", currency: "SEK" },
      sentence: "Xero is not set up for SEK.",
    },
    {
      recordType: "invoice",
      kind: "excluded",
      number: "INV-00348",
      label: "Quay Street Café",
      amount: gbp("86.00"),
      sentence: "A draft in Zoho Books. It is posted once it is sent.",
    },
    {
      recordType: "invoice",
      kind: "rounding",
      number: "INV-00347",
      label: "Marlow & Finch",
      amount: gbp("0.01"),
      sentence: "Xero rounds tax a line at a time; a rounding line keeps the total.",
    },
  ],
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
    named: [
      {
        recordType: "payment",
        kind: "missing",
        number: "PAY-0091",
        label: "Bakers & Sons",
        amount: gbp("120.00"),
        sentence: "Posted on 20 November, but no longer in Xero. Someone may have removed it there.",
      },
      ...AGREES.named,
    ],
  },
];
