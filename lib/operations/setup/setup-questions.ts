import { nameSimilarity } from "@/lib/domain/name-similarity";
import type { AccountClass, LedgerAccount, ReferenceData, TaxRate } from "@/lib/domain/reference-data";
import type { SetupKind, SetupQuestion, SetupSection } from "@/lib/domain/views/setup-view";
import { Decimal, decimalText } from "@/lib/kernel/decimal";
import {
  type Suggestion,
  suggestAccount,
  suggestPaymentAccount,
  suggestRoundingAccount,
  suggestTax,
} from "@/lib/mapping/suggest";
import { ROUNDING_ACCOUNT, type TaxSide, taxSideKey, taxSideLabel } from "@/lib/mapping/value-maps";

/** Keys of the source that records wait on: asked about even where the source has switched them off. */
export interface WaitingOn {
  readonly accounts: ReadonlySet<string>;
  readonly taxes: ReadonlySet<string>;
  readonly paymentAccounts: ReadonlySet<string>;
}

const NOTHING_WAITS: WaitingOn = { accounts: new Set(), taxes: new Set(), paymentAccounts: new Set() };

/** The questions of the set-up, made of what both systems have. Pure, so that form and check ask the same. */
export function buildSections(
  source: ReferenceData,
  ledger: ReferenceData,
  chosen: ReadonlyMap<string, string | null>,
  waitingOn: WaitingOn = NOTHING_WAITS,
): SetupSection[] {
  const usable = ledger.accounts.filter((account) => account.active && !account.isSystem);
  const accounts = usable.filter((account) => !account.isBank).map(accountOption);
  // Tax and the like, which the ledger keeps itself: journals alone move them.
  const ofJournals = ledger.accounts
    .filter((account) => account.active && account.isSystem && account.takesJournals === true)
    .map(accountOption);
  const ask = (
    question: Omit<SetupQuestion, "chosenKey" | "suggestedKey" | "suggestedBecause">,
    suggestion: Suggestion | null,
  ): SetupQuestion => {
    const choice = chosen.get(questionKey(question.kind, question.sourceKey)) ?? null;
    return {
      ...question,
      suggestedKey: suggestion?.key ?? null,
      suggestedBecause: suggestion?.because ?? null,
      // What the ledger no longer offers is no answer any more: the form would show it as empty and send it on.
      chosenKey: question.options.some((option) => option.key === choice) ? choice : null,
    };
  };
  return [
    {
      kind: "account",
      title: "Where each line goes",
      explanation:
        "Which account in your books takes each kind of line: on invoices and credit notes, and on bills, expenses and journals where you keep those.",
      questions: postingAccounts(source, waitingOn).map((account) =>
        ask(
          {
            kind: "account",
            sourceKey: account.key,
            sourceLabel: account.name,
            hint: CLASS_WORDS[account.accountClass],
            options: PROFIT_AND_LOSS.has(account.accountClass) ? accounts : [...accounts, ...ofJournals],
            optional: account.accountClass !== "income",
          },
          suggestAccount(
            account,
            usable.filter((one) => !one.isBank),
          ),
        ),
      ),
    },
    {
      kind: "paymentAccount",
      title: "Where money comes in and goes out",
      explanation:
        "Which account in your books receives what customers pay, and pays suppliers and expenses. Bank accounts are offered, and others that have “Enable payments to this account” ticked there: tick it first where one is missing.",
      questions: source.accounts
        .filter(
          (account) =>
            waitingOn.paymentAccounts.has(account.key) ||
            (account.active && (account.isBank || account.acceptsPayments)),
        )
        .map((account) => {
          const options = usable.filter((one) => one.acceptsPayments);
          return ask(
            {
              kind: "paymentAccount",
              sourceKey: account.key,
              sourceLabel: account.name,
              hint: closedToPayments(account, usable),
              options: options.map(accountOption),
              optional: !account.isBank,
            },
            suggestPaymentAccount(account, options),
          );
        }),
    },
    {
      kind: "tax",
      title: "Tax rates",
      explanation:
        "Which tax rate in your books stands for each rate in the other system. Only rates that are allowed there are offered.",
      questions: (["sales", "purchases"] as const).flatMap((side) =>
        sourceTaxes(source, waitingOn).map((tax) => ask(...taxQuestion(tax, side, ledger))),
      ),
    },
    {
      kind: "rounding",
      title: "Pennies from rounding",
      explanation:
        "The two systems round tax in different ways, so a total can differ by a penny or two. The difference goes here, as a line of its own.",
      questions: [
        ask(
          {
            kind: "rounding",
            sourceKey: ROUNDING_ACCOUNT,
            sourceLabel: "Rounding differences",
            hint: "",
            options: accounts,
            optional: false,
          },
          suggestRoundingAccount(ledger),
        ),
      ],
    },
    ...trackingSection(source, ledger, ask),
  ];
}

const NEARLY_THE_NAME = 0.75;

/** Names the account of the ledger that is called like this one and cannot be chosen; empty where there is none. */
function closedToPayments(account: LedgerAccount, usable: readonly LedgerAccount[]): string {
  const isNamed = ({ name }: LedgerAccount): boolean => nameSimilarity(name, account.name) >= NEARLY_THE_NAME;
  const named = usable.filter((one) => !PROFIT_AND_LOSS.has(one.accountClass) && isNamed(one));
  const [twin] = named;
  return twin === undefined || named.some((one) => one.acceptsPayments)
    ? ""
    : `“${twin.name}” in your books is called like it and takes no payments yet: tick “Enable payments to this account” there to choose it here.`;
}

const CLASS_WORDS: Readonly<Record<AccountClass, string>> = {
  income: "Income",
  expense: "Cost",
  asset: "Asset",
  liability: "Liability",
  equity: "Equity",
};
const PROFIT_AND_LOSS: ReadonlySet<AccountClass> = new Set(["income", "expense"]);

export const questionKey = (kind: SetupKind, sourceKey: string): string => `${kind}:${sourceKey}`;

/** Accounts that an opening balance can be booked against: any that people may use, but no bank account. */
export const openingAccounts = (ledger: ReferenceData): { key: string; label: string }[] =>
  ledger.accounts
    .filter((account) => account.active && !account.isSystem && !account.isBank)
    .map(accountOption);

const accountOption = (account: LedgerAccount) => ({
  key: account.key,
  label: `${account.code} ${account.name}`,
});

/** Income and cost accounts of the source, and the amounts on a document that have no account there. */
const postingAccounts = (
  source: ReferenceData,
  waitingOn: WaitingOn,
): Pick<LedgerAccount, "key" | "name" | "accountClass">[] => [
  ...source.accounts.filter(
    (account) =>
      waitingOn.accounts.has(account.key) ||
      (account.active &&
        !account.isSystem &&
        (account.accountClass === "income" || account.accountClass === "expense")),
  ),
  { key: "", name: "Adjustments, shipping and discounts of a whole document", accountClass: "expense" },
];

/** The taxes of the source, and lines without any. */
function sourceTaxes(
  source: ReferenceData,
  waitingOn: WaitingOn,
): Pick<TaxRate, "key" | "name" | "ratePercent" | "isNoTax">[] {
  return [
    ...source.taxRates.filter((tax) => tax.active || waitingOn.taxes.has(tax.key)),
    { key: "", name: "No tax", ratePercent: new Decimal(0), isNoTax: true },
  ];
}

function taxQuestion(
  tax: ReturnType<typeof sourceTaxes>[number],
  side: TaxSide,
  ledger: ReferenceData,
): [Omit<SetupQuestion, "chosenKey" | "suggestedKey" | "suggestedBecause">, Suggestion | null] {
  const accountClass = side === "sales" ? "income" : "expense";
  const options = ledger.taxRates.filter((rate) => rate.active && rate.appliesTo.includes(accountClass));
  return [
    {
      kind: "tax",
      sourceKey: taxSideKey(tax.key, side),
      sourceLabel: taxSideLabel(tax.name, side),
      hint: tax.isNoTax ? "" : `${decimalText(tax.ratePercent)} %`,
      options: options.map((rate) => ({
        key: rate.key,
        label: `${rate.name} (${decimalText(rate.ratePercent)} %)`,
      })),
      optional: true,
    },
    suggestTax(tax, side, options),
  ];
}

function trackingSection(
  source: ReferenceData,
  ledger: ReferenceData,
  ask: (
    question: Omit<SetupQuestion, "chosenKey" | "suggestedKey" | "suggestedBecause">,
    suggestion: Suggestion | null,
  ) => SetupQuestion,
): SetupSection[] {
  const options = ledger.trackingCategories
    .filter((category) => category.active)
    .flatMap((category) =>
      category.options
        .filter((option) => option.active)
        .map((option) => ({
          key: `${category.key}/${option.key}`,
          label: `${category.name}: ${option.name}`,
        })),
    );
  const questions = source.trackingCategories
    .filter((category) => category.active)
    .flatMap((category) =>
      category.options.map((option) => {
        const same = options.find((one) => one.label === `${category.name}: ${option.name}`);
        return ask(
          {
            kind: "tracking",
            sourceKey: option.key,
            sourceLabel: `${category.name}: ${option.name}`,
            hint: "",
            options,
            optional: true,
          },
          same ? { key: same.key, because: "same name" } : null,
        );
      }),
    );
  if (questions.length === 0 || options.length === 0) return [];
  return [
    {
      kind: "tracking",
      title: "Tracking",
      explanation: "Which tracking option each tag becomes. Leave empty what you do not track.",
      questions,
    },
  ];
}
