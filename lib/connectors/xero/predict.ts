import { type CanonicalRecord, isDocument, type RecordOf } from "@/lib/domain/canonical-record";
import { type AccountingDocument, documentSide } from "@/lib/domain/document";
import type { ManualJournal } from "@/lib/domain/manual-journal";
import { absolute, add, isZero, type Money, negate, subtract, sum, zero } from "@/lib/domain/money";
import type { Prediction } from "@/lib/domain/prediction";
import type { ReferenceData } from "@/lib/domain/reference-data";
import { Decimal } from "@/lib/kernel/decimal";
import { lineAmountOf, taxSplit } from "./arithmetic";

/**
 * What Xero makes of a record before it is posted: totals, tax by rate and the journal, in the document's currency.
 * Debits are positive. Gains and losses of exchange are Xero's own and not foreseen here.
 */

/** Control accounts, by the names that Xero gives them; their codes differ between organisations. */
export const ACCOUNTS_RECEIVABLE = "Accounts Receivable";
export const ACCOUNTS_PAYABLE = "Accounts Payable";
/** One account for the tax of sales and that of purchases. */
export const SALES_TAX = "Sales Tax";

const NO_ACCOUNT = "no account";
const NO_TAX_KEY = "no tax";

type WithAmount = Exclude<CanonicalRecord, RecordOf<"contact"> | RecordOf<"item">>;

export function predict(record: WithAmount, referenceData: ReferenceData): Prediction;
export function predict(record: CanonicalRecord, referenceData: ReferenceData): Prediction | null;
export function predict(record: CanonicalRecord, referenceData: ReferenceData): Prediction | null {
  if (isDocument(record)) return predictDocument(record, referenceData);
  switch (record.recordType) {
    case "contact":
    case "item":
      return null;
    case "allocation":
    case "supplierAllocation":
      // Moves a debt within the control account: nothing is booked.
      return withoutTax(record.amount, []);
    case "payment":
    case "overpayment":
      return withoutTax(record.amount, moved(record.accountKey, ACCOUNTS_RECEIVABLE, record.amount));
    case "billPayment":
    case "supplierOverpayment":
      return withoutTax(record.amount, moved(record.accountKey, ACCOUNTS_PAYABLE, negate(record.amount)));
    case "manualJournal":
      return predictJournal(record, referenceData);
  }
}

const withoutTax = (amount: Money, journal: Prediction["journal"]): Prediction => ({
  net: amount,
  tax: zero(amount.currency),
  gross: amount,
  taxes: [],
  journal,
});

/** Money that reached an account (or left it, when negative), off a control account. */
const moved = (accountKey: string | null, control: string, amount: Money): Prediction["journal"] => [
  { accountKey: accountKey ?? NO_ACCOUNT, taxKey: null, amount },
  { accountKey: control, taxKey: null, amount: negate(amount) },
];

interface PricedLine {
  readonly accountKey: string | null;
  readonly taxKey: string | null;
  /** With or without tax, as lineAmounts says. */
  readonly amount: Money;
}

/** Lines with their tax, rounded one by one and summed: by rate, and by account and rate. */
function sumLines(
  lines: readonly PricedLine[],
  { lineAmounts, currency }: Pick<AccountingDocument, "lineAmounts" | "currency">,
  { taxRates }: ReferenceData,
) {
  const rates = new Map(taxRates.map((rate) => [rate.key, rate.ratePercent]));
  const taxes = new Map<string, { net: Money; tax: Money }>();
  const accounts = new Map<string, Prediction["journal"][number]>();
  let net = zero(currency);
  let tax = zero(currency);
  for (const line of lines) {
    const rate = rates.get(line.taxKey ?? "") ?? new Decimal(0);
    const split = taxSplit(line.amount, rate, lineAmounts);
    net = add(net, split.net);
    tax = add(tax, split.tax);
    const taxKey = line.taxKey ?? NO_TAX_KEY;
    const before = taxes.get(taxKey) ?? { net: zero(currency), tax: zero(currency) };
    taxes.set(taxKey, { net: add(before.net, split.net), tax: add(before.tax, split.tax) });
    const accountKey = line.accountKey ?? NO_ACCOUNT;
    const place = JSON.stringify([accountKey, line.taxKey]);
    const summed = accounts.get(place)?.amount ?? zero(currency);
    accounts.set(place, { accountKey, taxKey: line.taxKey, amount: add(summed, split.net) });
  }
  return {
    net,
    tax,
    taxes: [...taxes].map(([taxKey, amounts]) => ({ taxKey, ...amounts })),
    booked: [
      ...accounts.values(),
      ...(isZero(tax) ? [] : [{ accountKey: SALES_TAX, taxKey: null, amount: tax }]),
    ],
  };
}

function predictDocument(document: AccountingDocument, ledger: ReferenceData): Prediction {
  const { currency } = document;
  const priced = document.lines.map(
    (line): PricedLine => ({ ...line, amount: lineAmountOf(line, currency) }),
  );
  const { net, tax, taxes, booked } = sumLines(priced, document, ledger);
  const gross = add(net, tax);
  const debited: Prediction["journal"] = [
    { accountKey: controlOf(document), taxKey: null, amount: gross },
    ...booked.map((entry) => ({ ...entry, amount: negate(entry.amount) })),
  ];
  return { net, tax, gross, taxes, journal: journalOf(document, debited) };
}

/** The account that stands against the lines. */
function controlOf(document: AccountingDocument): string {
  if (document.recordType === "bankTransaction") return document.bankAccountKey ?? NO_ACCOUNT;
  return documentSide(document) === "sales" ? ACCOUNTS_RECEIVABLE : ACCOUNTS_PAYABLE;
}

/** `debited` is the journal that has the document's total as a debit of its control account. */
function journalOf(document: AccountingDocument, debited: Prediction["journal"]): Prediction["journal"] {
  if (document.recordType === "purchaseOrder") return [];
  const isCredit = document.recordType === "creditNote" || document.recordType === "supplierCredit";
  const isDebit = (documentSide(document) === "sales") !== isCredit;
  return isDebit ? debited : debited.map((entry) => ({ ...entry, amount: negate(entry.amount) }));
}

/** `gross` is the sum of the debits with their tax; `tax` is what the tax account moves by, either way. */
function predictJournal(journal: ManualJournal, ledger: ReferenceData): Prediction {
  const { tax, taxes, booked } = sumLines(journal.lines, journal, ledger);
  const gross = journalTotal(journal, ledger);
  const taxMoved = absolute(tax);
  return { net: subtract(gross, taxMoved), tax: taxMoved, gross, taxes, journal: booked };
}

/** Sum of a journal's debits, tax included: what its credits have to equal. */
export function journalTotal(journal: ManualJournal, ledger: ReferenceData): Money {
  return sumOfDebits(wholeAmounts(journal, ledger), journal.currency);
}

/** What a journal's lines sum to with their tax; Xero takes a journal only where this is zero. */
export function journalImbalance(journal: ManualJournal, ledger: ReferenceData): Money {
  return sum(wholeAmounts(journal, ledger), journal.currency);
}

function wholeAmounts({ lines, lineAmounts }: ManualJournal, { taxRates }: ReferenceData): Money[] {
  return lines.map(({ amount, taxKey }) => {
    const rate = taxRates.find(({ key }) => key === taxKey)?.ratePercent ?? new Decimal(0);
    const { net, tax } = taxSplit(amount, rate, lineAmounts);
    return add(net, tax);
  });
}

export const sumOfDebits = (amounts: readonly Money[], currency: string): Money =>
  sum(
    amounts.filter(({ minor }) => minor > 0n),
    currency,
  );
