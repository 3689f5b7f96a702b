import type { CanonicalRecord, RecordOf } from "@/lib/domain/canonical-record";
import type { AccountingDocument } from "@/lib/domain/document";
import { add, isZero, type Money, negate, zero } from "@/lib/domain/money";
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
export const SALES_TAX = "Sales Tax";

const NO_ACCOUNT = "no account";
const NO_TAX_KEY = "no tax";

type WithAmount = Exclude<CanonicalRecord, RecordOf<"contact"> | RecordOf<"item">>;

export function predict(record: WithAmount, referenceData: ReferenceData): Prediction;
export function predict(record: CanonicalRecord, referenceData: ReferenceData): Prediction | null;
export function predict(record: CanonicalRecord, referenceData: ReferenceData): Prediction | null {
  switch (record.recordType) {
    case "contact":
    case "item":
      return null;
    case "invoice":
    case "creditNote":
      return predictDocument(record, referenceData);
    case "allocation":
      // Moves a debt within the debtors account: nothing is booked.
      return withoutTax(record.amount, []);
    case "payment":
    case "overpayment":
      return withoutTax(record.amount, [
        { accountKey: record.accountKey ?? NO_ACCOUNT, taxKey: null, amount: record.amount },
        { accountKey: ACCOUNTS_RECEIVABLE, taxKey: null, amount: negate(record.amount) },
      ]);
  }
}

const withoutTax = (amount: Money, journal: Prediction["journal"]): Prediction => ({
  net: amount,
  tax: zero(amount.currency),
  gross: amount,
  taxes: [],
  journal,
});

function predictDocument(document: AccountingDocument, { taxRates }: ReferenceData): Prediction {
  const { currency, lineAmounts } = document;
  const rates = new Map(taxRates.map((rate) => [rate.key, rate.ratePercent]));
  const taxes = new Map<string, { net: Money; tax: Money }>();
  const accounts = new Map<string, { accountKey: string; taxKey: string | null; amount: Money }>();
  let net = zero(currency);
  let tax = zero(currency);
  for (const line of document.lines) {
    const rate = rates.get(line.taxKey ?? "") ?? new Decimal(0);
    const split = taxSplit(lineAmountOf(line, currency), rate, lineAmounts);
    net = add(net, split.net);
    tax = add(tax, split.tax);
    const taxKey = line.taxKey ?? NO_TAX_KEY;
    const before = taxes.get(taxKey) ?? { net: zero(currency), tax: zero(currency) };
    taxes.set(taxKey, { net: add(before.net, split.net), tax: add(before.tax, split.tax) });
    const accountKey = line.accountKey ?? NO_ACCOUNT;
    const place = JSON.stringify([accountKey, line.taxKey]);
    const credited = accounts.get(place)?.amount ?? zero(currency);
    accounts.set(place, { accountKey, taxKey: line.taxKey, amount: add(credited, negate(split.net)) });
  }
  const gross = add(net, tax);
  const invoiceJournal = [
    { accountKey: ACCOUNTS_RECEIVABLE, taxKey: null, amount: gross },
    ...accounts.values(),
    ...(isZero(tax) ? [] : [{ accountKey: SALES_TAX, taxKey: null, amount: negate(tax) }]),
  ];
  return {
    net,
    tax,
    gross,
    taxes: [...taxes].map(([taxKey, amounts]) => ({ taxKey, ...amounts })),
    journal:
      document.recordType === "invoice"
        ? invoiceJournal
        : invoiceJournal.map((entry) => ({ ...entry, amount: negate(entry.amount) })),
  };
}
