import { readMoney, UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import type { JournalLine, ManualJournal } from "@/lib/domain/manual-journal";
import { add, currencyScale, type Money, moneyToDecimal, roundToMoney, sum } from "@/lib/domain/money";
import { Decimal, decimalText } from "@/lib/kernel/decimal";
import type { WireJournal, WireJournalLine } from "../wire/journal";
import { refuseReverseCharge } from "./purchase";

/**
 * A manual journal in base currency, debits positive. A ledger keeps journals in its base currency alone, so one in a
 * foreign currency becomes what Zoho itself booked: each line in base currency as Zoho states it, or at the journal's rate.
 * What rounding the lines leaves between debits and credits goes to the largest line without a tax, so that the
 * journal balances and no tax moves. Throws UnreadableRecord.
 */
const WHAT = "manual journal";

const STATUS: Readonly<Record<string, ManualJournal["status"]>> = {
  draft: "draft",
  submitted: "draft",
  pending_approval: "draft",
  approval_overdue: "draft",
  approved: "draft",
  rejected: "draft",
  published: "open",
};

/** `baseCurrency` is that of the organisation; it is heeded for a journal in another currency only. */
export function toManualJournal(wire: WireJournal, baseCurrency: string): ManualJournal {
  refuseReverseCharge(wire, WHAT);
  const currency = isForeign(wire) ? baseCurrency : wire.currency_code;
  const amounts = isForeign(wire) ? baseAmounts(wire, currency) : ownAmounts(wire);
  return {
    recordType: "manualJournal",
    externalId: wire.journal_id,
    version: journalVersion(wire),
    number: wire.entry_number,
    reference: wire.reference_number,
    narration: wire.notes || wire.reference_number || `Journal ${wire.entry_number}`.trim(),
    date: wire.journal_date,
    currency,
    status: toStatus(wire.status),
    lineAmounts: wire.line_items.some(({ tax_id }) => tax_id !== null) ? "exclusive" : "noTax",
    lines: wire.line_items.map((line, index) => toLine(wire, line, amounts[index] ?? sum([], currency))),
    total: debitsWithTax(wire, amounts, currency),
    marker: "",
  };
}

/** Each line's tax is rounded by itself: so it is booked, and so a ledger rounds it. */
function debitsWithTax(wire: WireJournal, amounts: readonly Money[], currency: string): Money {
  const wholes = amounts.map((amount, index) => add(amount, taxOf(wire.line_items[index], amount)));
  return sum(
    wholes.filter(({ minor }) => minor > 0n),
    currency,
  );
}

/** The tax that a line adds, with its sign. A tax whose rate the answer leaves out counts as none. */
function taxOf(line: WireJournalLine | undefined, amount: Money): Money {
  const percentage = line?.tax_percentage ?? 0;
  return roundToMoney(moneyToDecimal(amount).times(percentage).dividedBy(100), amount.currency);
}

/** Zoho writes 1 in base currency. */
export const isForeign = ({ exchange_rate }: Pick<WireJournal, "exchange_rate">): boolean =>
  exchange_rate !== null && !exchange_rate.isZero() && !exchange_rate.equals(new Decimal(1));

/** The same from a row that tells status and time and from the journal itself. */
export const journalVersion = (
  fields: Pick<WireJournal, "status" | "total" | "last_modified_time">,
): string => `${fields.last_modified_time ?? ""} ${fields.status} ${decimalText(fields.total)}`.trim();

function toStatus(status: string): ManualJournal["status"] {
  const known = STATUS[status];
  if (known === undefined)
    throw new UnreadableRecord(
      `The field "status" of this ${WHAT} cannot be read: "${status.slice(0, 40)}" is no status that Tieout knows.`,
    );
  return known;
}

function toLine(wire: WireJournal, line: WireJournalLine, amount: Money): JournalLine {
  const tagged = new Set(line.tags.map(({ categoryKey }) => categoryKey));
  return {
    externalId: line.line_id ?? "",
    description: line.description,
    accountKey: line.account_id,
    taxKey: line.tax_id,
    taxRatePercent: line.tax_percentage ?? (line.tax_id === null ? new Decimal(0) : null),
    amount,
    tracking: [...line.tags, ...wire.tags.filter(({ categoryKey }) => !tagged.has(categoryKey))],
  };
}

const signed = (line: WireJournalLine, value: Decimal): Decimal =>
  line.debit_or_credit === "debit" ? value : value.negated();

/** Refuses a journal whose debits are not those that it states. */
function ownAmounts(wire: WireJournal): Money[] {
  const { currency_code: currency, line_item_total: stated } = wire;
  const amounts = wire.line_items.map((line, index) =>
    readMoney(signed(line, line.amount), currency, `line_items.${index}.amount`, WHAT),
  );
  const debits = sum(
    amounts.filter(({ minor }) => minor > 0n),
    currency,
  );
  if (stated !== null && !moneyToDecimal(debits).equals(stated))
    throw new UnreadableRecord(
      `The debits of this ${WHAT} do not add up to the ${decimalText(stated)} ${currency} that it states (field "line_item_total").`,
    );
  return amounts;
}

function baseAmounts(wire: WireJournal, currency: string): Money[] {
  const scale = currencyScale(currency);
  // Checks the journal in its own currency before anything is converted.
  ownAmounts(wire);
  const amounts = wire.line_items.map((line, index) =>
    readMoney(
      signed(line, line.bcy_amount ?? line.amount.times(wire.exchange_rate ?? 1).toDecimalPlaces(scale)),
      currency,
      `line_items.${index}.bcy_amount`,
      WHAT,
    ),
  );
  const rest = amounts.reduce(
    (total, amount, index) => total + amount.minor + taxOf(wire.line_items[index], amount).minor,
    0n,
  );
  return withoutRest(wire, amounts, rest);
}

/** Each line and each tax was rounded by less than one unit; more than that is no rounding. */
function withoutRest(wire: WireJournal, amounts: readonly Money[], rest: bigint): Money[] {
  if (rest === 0n) return [...amounts];
  const largest = largestUntaxed(wire, amounts);
  const bound = BigInt(2 * amounts.length);
  if (largest === null || rest > bound || rest < -bound)
    throw new UnreadableRecord(
      `The lines of this ${WHAT} do not balance in base currency (field "exchange_rate"). Enter it in the ledger by hand.`,
    );
  return amounts.map((amount, index) =>
    index === largest ? { ...amount, minor: amount.minor - rest } : amount,
  );
}

function largestUntaxed(wire: WireJournal, amounts: readonly Money[]): number | null {
  const size = ({ minor }: Money): bigint => (minor < 0n ? -minor : minor);
  let largest: { index: number; size: bigint } | null = null;
  for (const [index, amount] of amounts.entries()) {
    const isTaxed = (wire.line_items[index]?.tax_id ?? null) !== null;
    if (!isTaxed && (largest === null || size(amount) > largest.size))
      largest = { index, size: size(amount) };
  }
  return largest?.index ?? null;
}
