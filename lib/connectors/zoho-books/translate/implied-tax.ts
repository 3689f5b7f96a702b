import { UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import { currencyScale } from "@/lib/domain/money";
import { Decimal, decimalText } from "@/lib/kernel/decimal";
import type { WireDocument } from "../wire/document";

/**
 * The tax of a document that does not state it (Zoho's file of vendor credits has neither tax_total nor taxes): what the
 * total has beside the lines, discounts and charges. It is believed only where the lines' own percentages come
 * to the same but for rounding; anything else is refused, since a wrong split of a total moves tax.
 */
export function impliedTax(wire: WireDocument, what: string): Decimal {
  const expected = expectedTax(wire);
  const tolerance = new Decimal(10).pow(-currencyScale(wire.currency_code)).times(wire.line_items.length + 1);
  const readings = wire.is_inclusive_tax === true ? inclusiveReadings(wire) : exclusiveReadings(wire);
  const tax = readings.find((reading) => reading.minus(expected).abs().lessThanOrEqualTo(tolerance));
  if (tax !== undefined) return tax;
  throw new UnreadableRecord(
    `The field "tax_total" of this ${what} cannot be read: it is missing, and the total of ${decimalText(wire.total)} ${wire.currency_code} does not fit the lines and their taxes.`,
  );
}

/** What the total has beyond the amounts given. */
function beyond(wire: WireDocument, amounts: Decimal): Decimal {
  return wire.total
    .minus(amounts)
    .plus(discountOf(wire))
    .minus(wire.shipping_charge ?? 0)
    .minus(wire.adjustment ?? 0)
    .minus(wire.roundoff_value ?? 0);
}

/** item_total stands for the line after its own discount, so only one on the whole document counts. */
function discountOf(wire: WireDocument): Decimal {
  if (wire.discount_type !== "entity_level") return new Decimal(0);
  return wire.discount_total ?? wire.discount_amount ?? new Decimal(0);
}

const itemTotals = (wire: WireDocument): Decimal =>
  wire.line_items.reduce((total, line) => total.plus(line.item_total), new Decimal(0));

const exclusiveReadings = (wire: WireDocument): Decimal[] => [beyond(wire, itemTotals(wire))];

/** Where rates include the tax: the total beyond a net sub_total, beyond net lines, and the lines' own statement. */
function inclusiveReadings(wire: WireDocument): Decimal[] {
  const said = wire.line_items.reduce(
    (total, line) => total.plus((line.item_total_inclusive_of_tax ?? line.item_total).minus(line.item_total)),
    new Decimal(0),
  );
  return [
    ...(wire.sub_total === null ? [] : [beyond(wire, wire.sub_total)]),
    beyond(wire, itemTotals(wire)),
    said,
  ];
}

/** By the percentages of the lines, less what a discount before tax takes of each. */
function expectedTax(wire: WireDocument): Decimal {
  const whole = itemTotals(wire);
  const lowers = wire.is_discount_before_tax !== false && !whole.isZero();
  const kept = lowers ? whole.minus(discountOf(wire)).dividedBy(whole) : new Decimal(1);
  return wire.line_items.reduce((total, line) => {
    const percentage = line.tax_percentage ?? new Decimal(0);
    const divisor = holdsTax(wire) ? percentage.plus(100) : new Decimal(100);
    return total.plus(line.item_total.times(kept).times(percentage).dividedBy(divisor));
  }, new Decimal(0));
}

/** Whether item_total has the tax inside, which it has only where its sum is the total before discounts and charges. */
function holdsTax(wire: WireDocument): boolean {
  return wire.is_inclusive_tax === true && beyond(wire, itemTotals(wire)).isZero();
}
