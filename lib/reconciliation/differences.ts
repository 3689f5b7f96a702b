import { moneyText } from "@/lib/domain/money";
import { normaliseName } from "@/lib/domain/name-similarity";
import type { FieldDifference, TieOutField, TieOutKind } from "@/lib/domain/views/tie-out-kind";
import { Decimal } from "@/lib/kernel/decimal";
import type { Entry, EntryPart, EntryTax } from "./entry";

/**
 * In what two entries of one record differ. Pure: it knows both entries and how they were found to be one, and no table.
 * What a document was coded to by the person who typed it in is that person's own: accounts, tracking and rate are compared
 * only where the record bears our marker, since only there did the mapping decide them.
 */
export interface PairCircumstances {
  /** True where the ledger's record bears our marker for this source record. */
  readonly isOurs: boolean;
  /** Id of the source contact that the ledger's contact was found to be; null where it is none of the source's. */
  readonly ledgerContactInSource: string | null;
  /** Tracking categories of the ledger that the mapping fills; a person may use the others as they like. */
  readonly trackedCategories: ReadonlySet<string>;
  readonly accountName: (key: string) => string;
  readonly trackingName: (key: string) => string;
}

export interface PairDifference {
  readonly kind: TieOutKind;
  /** Every field that differs, the weightiest first; the kind is the first one's. */
  readonly fields: readonly FieldDifference[];
}

/** Null where the two agree, to the cent and by what was mapped. */
export function findDifference(
  source: Entry,
  ledger: Entry,
  circumstances: PairCircumstances,
): PairDifference | null {
  const fields: FieldDifference[] = [];
  const differ = (field: TieOutField, left: string, right: string): void => {
    fields.push({ field, source: left, ledger: right });
  };
  if (source.currency !== ledger.currency)
    differ("currency", source.currency ?? "none", ledger.currency ?? "none");
  else {
    if (source.gross !== ledger.gross) differ("amount", amountText(source), amountText(ledger));
    if (source.date !== ledger.date) differ("date", source.date ?? "none", ledger.date ?? "none");
  }
  if (!contactsAgree(source, ledger, circumstances))
    differ("contact", source.contactName, ledger.contactName);
  if (source.gross === ledger.gross && source.currency === ledger.currency)
    compareSplit(source, ledger, circumstances, differ);
  if (circumstances.isOurs) compareOurs(source, ledger, differ);
  const [first] = fields;
  return first ? { kind: KIND_OF[first.field], fields } : null;
}

const KIND_OF: Readonly<Record<TieOutField, TieOutKind>> = {
  currency: "amountDiffers",
  amount: "amountDiffers",
  date: "dateDiffers",
  contact: "contactDiffers",
  tax: "taxDiffers",
  account: "accountDiffers",
  tracking: "trackingDiffers",
  rate: "rateDiffers",
  number: "numberDiffers",
  name: "nameDiffers",
  status: "voidedInLedger",
};

type Differ = (field: TieOutField, source: string, ledger: string) => void;

/** How an amount that agrees is split: by tax rate, by account, by tracking. */
function compareSplit(source: Entry, ledger: Entry, circumstances: PairCircumstances, differ: Differ): void {
  if (!taxesAgree(source.taxes, ledger.taxes, ledger.rounding))
    differ("tax", taxesText(source), taxesText(ledger));
  if (!circumstances.isOurs) return;
  const { accountName, trackingName, trackedCategories } = circumstances;
  if (source.accounts && ledger.accounts && !partsAgree(source.accounts, ledger.accounts))
    differ(
      "account",
      partsText(source.accounts, source, accountName),
      partsText(ledger.accounts, ledger, accountName),
    );
  if (!source.tracking || !ledger.tracking) return;
  const tracked = ledger.tracking.filter((part) => trackedCategories.has(part.key.split("/")[0] ?? ""));
  if (!partsAgree(source.tracking, tracked))
    differ(
      "tracking",
      partsText(source.tracking, source, trackingName),
      partsText(tracked, ledger, trackingName),
    );
}

/** What only our own posting settles: the rate, the number, and the name of a contact. */
function compareOurs(source: Entry, ledger: Entry, differ: Differ): void {
  if (!ratesAgree(source.fxRate, ledger.fxRate)) differ("rate", source.fxRate ?? "1", ledger.fxRate ?? "1");
  // Settlements are numbered by each system in its own way.
  if (source.looseKey !== "" && source.recordType !== "contact" && !isNumberOf(source.number, ledger.number))
    differ("number", source.number, ledger.number);
  if (source.recordType === "contact" && source.strictKey !== ledger.strictKey)
    differ("name", source.label, ledger.label);
}

/** A document of ours whose number was not free went as "INV-1-2". */
const isNumberOf = (source: string, ledger: string): boolean =>
  ledger === source || (ledger.startsWith(`${source}-`) && /^\d+$/.test(ledger.slice(source.length + 1)));

function contactsAgree(source: Entry, ledger: Entry, circumstances: PairCircumstances): boolean {
  // Settlements are of the contact whose document they settle.
  if (source.contactId === "" || source.settles !== null) return true;
  if (circumstances.ledgerContactInSource !== null)
    return circumstances.ledgerContactInSource === source.contactId;
  // The contact itself is no record of the source, or is left out of it: the name is all there is.
  return normaliseName(source.contactName) === normaliseName(ledger.contactName);
}

/**
 * Net must agree by rate; tax may differ by rounding alone, and then the rounding line says the same amount. Where line
 * amounts hold the tax, rounding moves units between net and tax instead: what is paid by rate must agree, and no more
 * may move than half a unit a line and one for the document.
 */
function taxesAgree(source: readonly EntryTax[], ledger: readonly EntryTax[], rounding: bigint): boolean {
  const rates = new Set(
    [...source, ...ledger].filter((one) => one.net !== 0n || one.tax !== 0n).map((one) => one.ratePercent),
  );
  let taxDifference = 0n;
  for (const rate of rates) {
    const left = source.find((one) => one.ratePercent === rate);
    const right = ledger.find((one) => one.ratePercent === rate);
    const net = (left?.net ?? 0n) - (right?.net ?? 0n);
    const tax = (left?.tax ?? 0n) - (right?.tax ?? 0n);
    if (net === 0n) {
      taxDifference += tax;
      continue;
    }
    if (net + tax !== 0n || magnitude(tax) > movable(Math.max(left?.lines ?? 0, right?.lines ?? 0)))
      return false;
  }
  return taxDifference === rounding;
}

/** Where line amounts hold the tax, rounding may move units between an account and tax. */
function partsAgree(source: readonly EntryPart[], ledger: readonly EntryPart[]): boolean {
  const keys = new Set([...source, ...ledger].map((part) => part.key));
  return [...keys].every((key) => {
    const left = source.find((part) => part.key === key);
    const right = ledger.find((part) => part.key === key);
    if (!left || !right) return (left?.net ?? right?.net ?? 0n) === 0n;
    const roundedLines = Math.max(left.roundedLines, right.roundedLines);
    return magnitude(left.net - right.net) <= (roundedLines === 0 ? 0n : movable(roundedLines));
  });
}

const movable = (lines: number): bigint => BigInt(Math.ceil(lines / 2) + 1);
const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** Ledgers keep six decimals of a rate, some of them of its reciprocal. */
const RATE_STEP = new Decimal("0.000001");

function ratesAgree(source: string | null, ledger: string | null): boolean {
  // The source did not say: whatever the ledger took is right.
  if (source === null) return true;
  const left = new Decimal(source);
  const right = new Decimal(ledger ?? "1");
  if (left.isZero() || right.isZero()) return left.equals(right);
  const one = new Decimal(1);
  return (
    left.minus(right).abs().lessThanOrEqualTo(RATE_STEP) ||
    one.dividedBy(left).minus(one.dividedBy(right)).abs().lessThanOrEqualTo(RATE_STEP)
  );
}

const amountText = (entry: Entry): string =>
  entry.currency === null ? "" : moneyText({ minor: entry.gross, currency: entry.currency });

const textOf = (minor: bigint, { currency }: Entry): string =>
  currency === null ? "" : moneyText({ minor, currency });

function taxesText(entry: Entry): string {
  const stated = entry.taxes.filter((one) => one.net !== 0n || one.tax !== 0n);
  if (stated.length === 0) return "none";
  return stated
    .map((one) => `${textOf(one.tax, entry)} tax on ${textOf(one.net, entry)} at ${one.ratePercent} %`)
    .join(", ");
}

function partsText(parts: readonly EntryPart[], entry: Entry, nameOf: (key: string) => string): string {
  if (parts.length === 0) return "none";
  return parts.map((part) => `${textOf(part.net, entry)} on ${nameOf(part.key)}`).join(", ");
}
