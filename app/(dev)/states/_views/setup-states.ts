import type { SetupProgress } from "@/lib/domain/setup-progress";
import type { SetupQuestion, SetupView } from "@/lib/domain/views/setup-view";

const ACCOUNTS = [
  { key: "200", label: "200 Sales" },
  { key: "260", label: "260 Other revenue" },
  { key: "425", label: "425 Postage" },
];
const TAXES = [
  { key: "OUTPUT2", label: "20% (VAT on income)" },
  { key: "ZERORATEDOUTPUT", label: "Zero rated income" },
  { key: "NONE", label: "No VAT" },
];

const aQuestion = (given: Partial<SetupQuestion>): SetupQuestion => ({
  kind: "account",
  sourceKey: given.sourceLabel ?? "",
  sourceLabel: "",
  hint: "",
  options: ACCOUNTS,
  suggestedKey: null,
  suggestedBecause: null,
  chosenKey: null,
  optional: false,
  ...given,
});

/** Constructed: a set-up with a suggestion for most questions and one without. */
export const SETUP_FULL: SetupView = {
  missing: [],
  sourceName: "Harbour Gifts",
  ledgerName: "Harbour Gifts Ltd",
  refusal: null,
  confirmed: false,
  documentStatus: { chosen: null, suggested: "approved" },
  sections: [
    {
      kind: "account",
      title: "Which account in Xero takes these sales?",
      explanation: "Each account that your Zoho Books invoices use, and where its lines go in Xero.",
      questions: [
        aQuestion({
          sourceLabel: "Sales",
          hint: "Used on 1,180 invoice lines",
          suggestedKey: "200",
          suggestedBecause: "the same name and kind of account.",
        }),
        aQuestion({
          sourceLabel: "Shipping charge",
          hint: "Used on 212 invoice lines",
          suggestedKey: "425",
          suggestedBecause: "postage is what it is called in Xero.",
        }),
        aQuestion({ sourceLabel: "Gift wrapping", hint: "Used on 14 invoice lines" }),
      ],
    },
    {
      kind: "tax",
      title: "Which tax rate is which?",
      explanation: "Only rates that are active in Xero are offered. Xero calculates the tax itself.",
      questions: [
        aQuestion({
          kind: "tax",
          sourceLabel: "Standard rate",
          hint: "20 %",
          options: TAXES,
          suggestedKey: "OUTPUT2",
          suggestedBecause: "both are 20 % on sales.",
        }),
        aQuestion({
          kind: "tax",
          sourceLabel: "Zero rate",
          hint: "0 %",
          options: TAXES,
          suggestedKey: "ZERORATEDOUTPUT",
          suggestedBecause: "both are 0 % and count for the VAT return.",
        }),
      ],
    },
    {
      kind: "tracking",
      title: "Reporting tags",
      explanation: "Xero keeps at most two tracking categories.",
      questions: [
        aQuestion({
          kind: "tracking",
          sourceLabel: "Channel",
          hint: "Shop, Web, Fair",
          options: [{ key: "region", label: "Region" }],
          optional: true,
        }),
      ],
    },
  ],
};

/** Constructed: the books are connected, and nothing else yet. */
export const SETUP_BEGUN: SetupProgress = {
  phases: [
    { phase: "discover", state: "current" },
    { phase: "configure", state: "later" },
    { phase: "validate", state: "later" },
    { phase: "launch", state: "later" },
  ],
  next: { step: "connectSource", phase: "discover", path: "connections", least: "admin" },
};
