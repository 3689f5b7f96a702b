import type { BookedLine, SettledState } from "@/lib/domain/booking";
import { type CanonicalRecord, isDocument } from "@/lib/domain/canonical-record";
import { type AccountingDocument, documentSide } from "@/lib/domain/document";
import type { ManualJournal } from "@/lib/domain/manual-journal";
import { add, isZero, type Money, moneyToDecimal, negate, roundToMoney, sum, zero } from "@/lib/domain/money";
import type { AccountRole, ReferenceData } from "@/lib/domain/reference-data";
import {
  type CreditAllocation,
  type DocumentPayment,
  type ExcessPayment,
  settledDocument,
  usedCredit,
} from "@/lib/domain/settlement";
import { Decimal } from "@/lib/kernel/decimal";
import { lineAmountOf, taxSplit } from "./arithmetic";
import { currencyRateOnWire } from "./translate/currency";

/**
 * The journal that Xero makes of a record, in its base currency, as its reports show it: each line converted by itself at
 * the document's rate, what that rounding leaves on the Rounding account; a settlement takes the debt off at the
 * document's rate and moves the money at its own, the difference is a realised currency gain; a foreign document that is
 * settled in full leaves nothing of its roundings behind. Stock that Xero itself keeps for tracked items is not
 * foreseen, and neither is a rate that Xero is left to choose: then the answer is null.
 */
export function book(
  record: CanonicalRecord,
  settled: readonly SettledState[],
  ledger: ReferenceData,
): readonly BookedLine[] | null {
  if (isDocument(record)) return bookDocument(record, ledger);
  switch (record.recordType) {
    case "payment":
    case "billPayment":
      return bookPayment(record, settled, ledger);
    case "allocation":
    case "supplierAllocation":
      return bookAllocation(record, settled, ledger);
    case "overpayment":
    case "supplierOverpayment":
      return bookExcess(record, ledger);
    case "manualJournal":
      return record.status === "draft" ? [] : bookManualJournal(record, ledger);
    default:
      return [];
  }
}

/** Names for control accounts that the organisation's list does not show. */
const ROLE_NAMES: Readonly<Record<AccountRole, string>> = {
  receivable: "Accounts Receivable",
  payable: "Accounts Payable",
  salesTax: "Sales Tax",
  rounding: "Rounding",
  currencyGain: "Realised Currency Gains",
};

const NO_ACCOUNT = "no account";

function keyOf(role: AccountRole, { accounts }: ReferenceData): string {
  return accounts.find((account) => account.role === role)?.key ?? ROLE_NAMES[role];
}

/** Turns amounts of one currency into the base currency as Xero does: by its own six-digit rate, to the minor unit. */
interface Converter {
  readonly currency: string;
  toBase(amount: Money): Money;
}

function converterOf(currency: string, fxRate: Decimal | null, ledger: ReferenceData): Converter | null {
  const { baseCurrency } = ledger;
  if (currency === baseCurrency) return { currency, toBase: (amount) => amount };
  const rate = currencyRateOnWire(fxRate);
  if (rate === undefined) return null;
  const divisor = new Decimal(rate);
  return {
    currency,
    toBase: (amount) => roundToMoney(moneyToDecimal(amount).dividedBy(divisor), baseCurrency),
  };
}

const line = (
  accountKey: string,
  amount: Money,
  { toBase }: Converter,
  taxKey: string | null = null,
): BookedLine => ({ accountKey, taxKey, amount, base: toBase(amount) });

/** The lines that move something, and one more on the account of that role where they do not balance. */
function balanced(
  lines: readonly BookedLine[],
  role: AccountRole,
  currency: string,
  ledger: ReferenceData,
): BookedLine[] {
  const kept = lines.filter(({ amount, base }) => !isZero(amount) || !isZero(base));
  const rest = sum(
    kept.map(({ base }) => base),
    ledger.baseCurrency,
  );
  if (isZero(rest)) return kept;
  const evening = { accountKey: keyOf(role, ledger), taxKey: null, amount: zero(currency) };
  return [...kept, { ...evening, base: negate(rest) }];
}

function bookDocument(document: AccountingDocument, ledger: ReferenceData): readonly BookedLine[] | null {
  if (document.recordType === "purchaseOrder") return [];
  if (document.status === "draft" || document.status === "submitted") return [];
  const converter = converterOf(document.currency, document.fxRate, ledger);
  if (converter === null) return null;
  const rates = new Map(ledger.taxRates.map((rate) => [rate.key, rate.ratePercent]));
  const { currency } = document;
  let total = zero(currency);
  let tax = zero(currency);
  const lines: BookedLine[] = [];
  // The control account is debited by invoices, received money and credits of suppliers.
  const isDebit = document.recordType === "supplierCredit" || isSale(document);
  const side = (amount: Money): Money => (isDebit ? amount : negate(amount));
  for (const own of document.lines) {
    const rate = rates.get(own.taxKey ?? "") ?? new Decimal(0);
    const split = taxSplit(lineAmountOf(own, currency), rate, document.lineAmounts);
    total = add(total, add(split.net, split.tax));
    tax = add(tax, split.tax);
    const accountKey = own.accountKey ?? NO_ACCOUNT;
    lines.push(line(accountKey, negate(side(split.net)), converter, own.taxKey));
  }
  const control = line(controlOf(document, ledger), side(total), converter);
  const taxLine = line(keyOf("salesTax", ledger), negate(side(tax)), converter);
  return balanced([control, ...lines, taxLine], "rounding", currency, ledger);
}

const isSale = (document: AccountingDocument): boolean =>
  document.recordType !== "creditNote" && documentSide(document) === "sales";

function controlOf(document: AccountingDocument, ledger: ReferenceData): string {
  if (document.recordType === "bankTransaction") return document.bankAccountKey ?? NO_ACCOUNT;
  return keyOf(documentSide(document) === "sales" ? "receivable" : "payable", ledger);
}

function bookPayment(
  payment: DocumentPayment,
  settled: readonly SettledState[],
  ledger: ReferenceData,
): readonly BookedLine[] | null {
  const paid = stateOf(settledDocument(payment), settled);
  const money = converterOf(payment.amount.currency, payment.fxRate, ledger);
  const debt = settlementLines(paid, payment.amount, ledger);
  if (money === null || debt === null) return null;
  const isSale = payment.recordType === "payment";
  const received = isSale ? payment.amount : negate(payment.amount);
  return [
    ...balanced(
      [line(payment.accountKey ?? NO_ACCOUNT, received, money), debt.settled],
      "currencyGain",
      payment.amount.currency,
      ledger,
    ),
    ...debt.cleared,
  ];
}

/** A credit set against a document: the two sides of one control account, apart by their rates alone. */
function bookAllocation(
  allocation: CreditAllocation,
  settled: readonly SettledState[],
  ledger: ReferenceData,
): readonly BookedLine[] | null {
  const document = settlementLines(stateOf(settledDocument(allocation), settled), allocation.amount, ledger);
  const credit = settlementLines(stateOf(usedCredit(allocation), settled), allocation.amount, ledger);
  if (document === null || credit === null) return null;
  return [
    ...evened([document.settled, credit.settled], allocation.amount.currency, ledger),
    ...document.cleared,
    ...credit.cleared,
  ];
}

/** Two lines of one account count as the one that is left of them. */
function evened(lines: readonly BookedLine[], currency: string, ledger: ReferenceData): BookedLine[] {
  const base = sum(
    lines.map((one) => one.base),
    ledger.baseCurrency,
  );
  const [first] = lines;
  if (first === undefined || isZero(base)) return [];
  return balanced([{ ...first, amount: zero(currency), base }], "currencyGain", currency, ledger);
}

const stateOf = (
  { recordType, id }: Pick<SettledState, "recordType" | "id">,
  settled: readonly SettledState[],
): SettledState | undefined => settled.find((one) => one.recordType === recordType && one.id === id);

/**
 * What an amount takes off a document's control account, and what is evened out where that settles it in full: amounts
 * that were converted one by one need not add up to the whole.
 */
function settlementLines(
  state: SettledState | undefined,
  amount: Money,
  ledger: ReferenceData,
): { readonly settled: BookedLine; readonly cleared: readonly BookedLine[] } | null {
  if (state === undefined) return null;
  const { currency } = amount;
  const converter = converterOf(currency, state.fxRate, ledger);
  if (converter === null) return null;
  const isSale = state.recordType === "invoice" || state.recordType === "creditNote";
  const accountKey = keyOf(isSale ? "receivable" : "payable", ledger);
  // Invoices and credits of suppliers stand as debits; settling them is a credit.
  const isDebit = state.recordType === "invoice" || state.recordType === "supplierCredit";
  const off = (money: Money): Money => (isDebit ? negate(money) : money);
  const settled = line(accountKey, off(amount), converter);
  const all = [...state.earlier, amount];
  if (sum(all, currency).minor !== state.gross.minor) return { settled, cleared: [] };
  const left = [negate(off(converter.toBase(state.gross))), ...all.map((one) => off(converter.toBase(one)))];
  const rest = negate(sum(left, ledger.baseCurrency));
  if (isZero(rest)) return { settled, cleared: [] };
  const clearing = { accountKey, taxKey: null, amount: zero(currency), base: rest };
  return { settled, cleared: balanced([clearing], "currencyGain", currency, ledger) };
}

function bookExcess(record: ExcessPayment, ledger: ReferenceData): readonly BookedLine[] | null {
  const converter = converterOf(record.amount.currency, record.fxRate, ledger);
  if (converter === null) return null;
  const isSale = record.recordType === "overpayment";
  const received = isSale ? record.amount : negate(record.amount);
  const control = keyOf(isSale ? "receivable" : "payable", ledger);
  return balanced(
    [line(record.accountKey ?? NO_ACCOUNT, received, converter), line(control, negate(received), converter)],
    "rounding",
    record.amount.currency,
    ledger,
  );
}

function bookManualJournal(journal: ManualJournal, ledger: ReferenceData): readonly BookedLine[] | null {
  const converter = converterOf(journal.currency, null, ledger);
  if (converter === null) return null;
  const rates = new Map(ledger.taxRates.map((rate) => [rate.key, rate.ratePercent]));
  let tax = zero(journal.currency);
  const lines = journal.lines.map((own) => {
    const rate = rates.get(own.taxKey ?? "") ?? new Decimal(0);
    const split = taxSplit(own.amount, rate, journal.lineAmounts);
    tax = add(tax, split.tax);
    return line(own.accountKey ?? NO_ACCOUNT, split.net, converter, own.taxKey);
  });
  return balanced(
    [...lines, line(keyOf("salesTax", ledger), tax, converter)],
    "rounding",
    journal.currency,
    ledger,
  );
}
