import { type CanonicalRecord, isDocument } from "@/lib/domain/canonical-record";
import type { DocumentLine } from "@/lib/domain/document";
import { moneyToDecimal } from "@/lib/domain/money";
import { Decimal } from "@/lib/kernel/decimal";
import { lineAmountOf, quantityOf, unitAmountOf } from "./arithmetic";
import { fitsWire } from "./wire/values";

/** Lengths that Xero documents, and the sizes of numbers that its JSON carries without change. */

export const CONTACT_NAME_CHARACTERS_MAX = 255;
export const TEXT_CHARACTERS_MAX = 255;
export const ITEM_CODE_CHARACTERS_MAX = 30;
export const ITEM_NAME_CHARACTERS_MAX = 50;
export const DESCRIPTION_CHARACTERS_MAX = 4_000;
/** Nobody has documented one; as long as a line's description. */
export const NARRATION_CHARACTERS_MAX = 4_000;
export const ADDRESS_LINE_CHARACTERS_MAX = 500;
export const SHORT_TEXT_CHARACTERS_MAX = 50;

/** Xero keeps rates with 18 digits before the point at most; a rate that rounds to nothing cannot be sent. */
const RATE_MIN = new Decimal("1e-9");
const RATE_MAX = new Decimal("1e6");

/** True where an amount, quantity or rate has more digits than a JSON number carries exactly. */
export function hasAmountTooLarge(record: CanonicalRecord): boolean {
  return !numbersOf(record).every(fitsWire) || !hasRateInRange(record);
}

function numbersOf(record: CanonicalRecord): Decimal[] {
  if (isDocument(record)) return record.lines.flatMap((line) => lineNumbers(line, record.currency));
  switch (record.recordType) {
    case "contact":
      return [];
    case "item":
      return record.salesPrice === null ? [] : [record.salesPrice];
    case "allocation":
    case "supplierAllocation":
    case "payment":
    case "billPayment":
    case "overpayment":
    case "supplierOverpayment":
      return [moneyToDecimal(record.amount)];
    case "manualJournal":
      return record.lines.map((line) => moneyToDecimal(line.amount));
  }
}

const lineNumbers = (line: DocumentLine, currency: string): Decimal[] => [
  quantityOf(line),
  unitAmountOf(line),
  moneyToDecimal(lineAmountOf(line, currency)),
];

function hasRateInRange(record: CanonicalRecord): boolean {
  if (!("fxRate" in record) || record.fxRate === null || record.fxRate.isZero()) return true;
  return record.fxRate.greaterThan(RATE_MIN) && record.fxRate.lessThan(RATE_MAX);
}
