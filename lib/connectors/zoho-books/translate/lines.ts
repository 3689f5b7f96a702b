import { readMoney, UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import type { DocumentLine } from "@/lib/domain/document";
import { currencyScale, type Money, moneyToDecimal, sum } from "@/lib/domain/money";
import { Decimal, decimalText } from "@/lib/kernel/decimal";
import type { WireDocument, WireLine } from "../wire/document";
import { impliedTax } from "./implied-tax";

/**
 * Lines of a document. Zoho keeps discounts, shipping and adjustments beside the lines; a ledger keeps
 * lines only, so they become lines here and the lines always add up to what Zoho itself states. Where they do
 * not, the document is refused with a sentence instead of posted with a difference.
 */
export interface DocumentAmounts {
  readonly lineAmounts: "exclusive" | "inclusive";
  readonly lines: readonly DocumentLine[];
  readonly net: Money;
  readonly tax: Money;
  readonly gross: Money;
}

const ONE = new Decimal(1);
const HUNDRED = new Decimal(100);
/** Xero's unitdp=4, the finest unit price that any target of ours takes. */
const UNIT_PRICE_DECIMALS = 4;

export function toAmounts(wire: WireDocument, what: string): DocumentAmounts {
  const currency = wire.currency_code;
  const money = (value: Decimal | null, field: string): Money =>
    readMoney(value ?? new Decimal(0), currency, field, what);
  const gross = money(wire.total, "total");
  const taxOfAll = taxTotal(wire, what);
  const tax = money(taxOfAll, "tax_total");
  const net = money(wire.total.minus(taxOfAll), "total");
  const lineAmounts = wire.is_inclusive_tax === true ? "inclusive" : "exclusive";
  const stated = lineAmounts === "inclusive" ? gross : net;
  const extras = [
    ...extraLine(wire, "Shipping", money(wire.shipping_charge, "shipping_charge"), {
      taxKey: wire.shipping_charge_tax_id ?? null,
      percent: wire.shipping_charge_tax_percentage ?? null,
    }),
    ...extraLine(wire, wire.adjustment_description || "Adjustment", money(wire.adjustment, "adjustment")),
    ...extraLine(wire, "Rounding", money(wire.roundoff_value ?? null, "roundoff_value")),
  ];
  const candidates =
    lineAmounts === "inclusive" ? inclusiveAmounts(wire) : [wire.line_items.map((line) => line.item_total)];
  for (const candidate of candidates) {
    const amounts = candidate.map((amount, index) => money(amount, `line_items.${index}.item_total`));
    const rest = stated.minor - sum([...amounts, ...extras.map((line) => line.amount)], currency).minor;
    const discounts = discountLines(wire, amounts, { minor: rest, currency });
    if (discounts === null) continue;
    const lines = wire.line_items.map((line, index) => toLine(wire, line, amounts[index] ?? gross));
    return { lineAmounts, lines: [...lines, ...discounts, ...extras], net, tax, gross };
  }
  throw new UnreadableRecord(
    `The lines of this ${what} do not add up to its total of ${decimalText(wire.total)} ${currency} (field "total").`,
  );
}

/** Some answers leave out tax_total and list the taxes only, some have neither. */
function taxTotal(wire: WireDocument, what: string): Decimal {
  if (wire.tax_total !== null) return wire.tax_total;
  if (!wire.taxes) return impliedTax(wire, what);
  return wire.taxes.reduce((total, { tax_amount }) => total.plus(tax_amount), new Decimal(0));
}

/**
 * Amounts with tax inside, in the order of trust: the field that says so, item_total where it holds tax, and rate
 * times quantity (answers were seen whose item_total is net although the rates include tax).
 */
function inclusiveAmounts(wire: WireDocument): Decimal[][] {
  const said = wire.line_items.flatMap((line) => line.item_total_inclusive_of_tax ?? []);
  const scale = currencyScale(wire.currency_code);
  return [
    ...(said.length === wire.line_items.length ? [said] : []),
    wire.line_items.map((line) => line.item_total),
    wire.line_items.map((line) =>
      line.rate
        .times(line.quantity)
        .toDecimalPlaces(scale)
        .minus(line.discount_amount ?? 0),
    ),
  ];
}

/**
 * The discount on the whole document: nothing when nothing is missing; null when what is missing is not the stated
 * discount. A discount before tax is split over the lines' taxes, since it lowers each of them.
 */
function discountLines(wire: WireDocument, amounts: readonly Money[], rest: Money): DocumentLine[] | null {
  if (rest.minor === 0n) return [];
  // Orders state a discount without saying of what: it is one on the whole where it is just what is missing.
  const mayBeOnWhole = wire.discount_type === "entity_level" || wire.discount_type === "";
  if (!mayBeOnWhole || !isStatedDiscount(wire, amounts, rest)) return null;
  if (wire.is_discount_before_tax === false) return extraLine(wire, "Discount", rest);
  const groups = new Map<string, { line: WireLine; minor: bigint }>();
  for (const [index, line] of wire.line_items.entries()) {
    const key = `${line.tax_id ?? ""} ${line.tax_percentage?.toFixed() ?? ""} ${line.account_id ?? ""}`;
    const minor = (groups.get(key)?.minor ?? 0n) + (amounts[index]?.minor ?? 0n);
    groups.set(key, { line, minor });
  }
  const whole = sum(amounts, rest.currency).minor;
  if (whole === 0n) return null;
  let given = 0n;
  let counted = 0n;
  return [...groups.values()].flatMap(({ line, minor }) => {
    counted += minor;
    // Shares of the running total, so that the last group takes exactly what is left.
    const upToHere = (rest.minor * counted) / whole;
    const share = { minor: upToHere - given, currency: rest.currency };
    given = upToHere;
    const tax = { taxKey: line.tax_id, percent: line.tax_percentage };
    return extraLine(wire, "Discount", share, tax, line.account_id ?? null);
  });
}

/** Whether the missing amount is the discount that the document states, as amount or as percent (to a minor unit). */
function isStatedDiscount(wire: WireDocument, amounts: readonly Money[], rest: Money): boolean {
  const missing = moneyToDecimal(rest).negated();
  if (missing.isNegative()) return false;
  if ((wire.discount_total ?? wire.discount_amount)?.equals(missing)) return true;
  const text = String(wire.discount ?? "").trim();
  if (!/^\d+(\.\d+)?%?$/.test(text)) return false;
  if (!text.endsWith("%")) return new Decimal(text).equals(missing);
  const unit = new Decimal(10).pow(-currencyScale(rest.currency));
  const base = moneyToDecimal(sum(amounts, rest.currency));
  return base.times(text.slice(0, -1)).dividedBy(HUNDRED).minus(missing).abs().lessThan(unit);
}

function extraLine(
  wire: WireDocument,
  description: string,
  amount: Money,
  tax: { taxKey: string | null; percent: Decimal | null } = { taxKey: null, percent: null },
  accountKey: string | null = null,
): DocumentLine[] {
  if (amount.minor === 0n) return [];
  return [
    {
      externalId: "",
      description,
      quantity: ONE,
      unitPrice: moneyToDecimal(amount),
      amount,
      itemId: null,
      itemCode: null,
      accountKey,
      taxKey: tax.taxKey,
      taxRatePercent: tax.percent ?? (tax.taxKey === null ? new Decimal(0) : null),
      tax: null,
      tracking: wire.tags,
    },
  ];
}

function toLine(wire: WireDocument, line: WireLine, amount: Money): DocumentLine {
  const description = [line.name, line.description].filter((text) => text !== "").join("\n");
  const price = unitPrice(line, amount);
  const tagged = new Set(line.tags.map(({ categoryKey }) => categoryKey));
  return {
    externalId: line.line_item_id ?? "",
    description: price === null ? `${description} (${quantityText(line)})`.trim() : description,
    quantity: price === null ? ONE : line.quantity,
    unitPrice: price ?? moneyToDecimal(amount),
    amount,
    itemId: line.item_id,
    itemCode: line.sku === "" ? null : line.sku,
    accountKey: line.account_id ?? null,
    taxKey: line.tax_id,
    taxRatePercent: line.tax_percentage ?? (line.tax_id === null ? new Decimal(0) : null),
    tax: null,
    // A tag on the document holds for every line that has none of that tag.
    tracking: [...line.tags, ...wire.tags.filter(({ categoryKey }) => !tagged.has(categoryKey))],
  };
}

/**
 * The unit price with which quantity times price gives the line's amount: the rate, or where the line bears a
 * discount the discounted price. Null where no price of four decimals does.
 */
function unitPrice(line: WireLine, amount: Money): Decimal | null {
  if (line.discount_amount === null || line.discount_amount.isZero()) return line.rate;
  if (line.quantity.isZero()) return null;
  const price = moneyToDecimal(amount).dividedBy(line.quantity).toDecimalPlaces(UNIT_PRICE_DECIMALS);
  const product = price.times(line.quantity).toDecimalPlaces(currencyScale(amount.currency));
  return product.equals(moneyToDecimal(amount)) ? price : null;
}

const quantityText = (line: WireLine): string =>
  `${decimalText(line.quantity)} at ${decimalText(line.rate)} less discount`;
