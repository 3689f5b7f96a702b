import { readMoney, unreadable } from "@/lib/connectors/contract/unreadable";
import type { DocumentLine, DocumentStatus } from "@/lib/domain/document";
import { moneyToDecimal, roundToMoney, sum } from "@/lib/domain/money";
import { Decimal, decimalText } from "@/lib/kernel/decimal";
import type { WireDocument, WireLine } from "../wire/document";

/** Amounts of documents as TIMS states them. What does not add up, or has parts of a cent, is refused with a sentence. */

/** TIMS' rate is taken as base currency for one unit, as ours; 1 stands in base currency. */
export const toFxRate = (rate: Decimal | null): Decimal | null =>
  rate === null || rate.isZero() || rate.equals(1) ? null : rate;

export type StatusTable = Readonly<Record<string, DocumentStatus>>;

/** A status that is not in the table is not guessed: it could post a draft. */
export function toStatus(status: string, statuses: StatusTable, what: string): DocumentStatus {
  const known = Object.hasOwn(statuses, status) ? statuses[status] : undefined;
  if (known === undefined)
    throw unreadable("status", what, `"${status.slice(0, 40)}" is no status that Tieout knows`);
  return known;
}

/** What all documents have alike. */
export function sharedFields(wire: WireDocument, what: string) {
  const { currency } = wire;
  const lines = wire.lines.map((line, index) => toLine(line, currency, index, what));
  const net = readMoney(wire.subtotal, currency, "subtotal", what);
  const tax = readMoney(wire.taxTotal, currency, "taxTotal", what);
  const gross = readMoney(wire.total, currency, "total", what);
  const ofLines = sum(
    lines.map(({ amount }) => amount),
    currency,
  );
  if (ofLines.minor !== net.minor)
    throw unreadable("subtotal", what, `the lines add up to ${decimalText(moneyToDecimal(ofLines))}`);
  if (net.minor + tax.minor !== gross.minor)
    throw unreadable("total", what, "it is not what subtotal and tax come to");
  return {
    currency,
    fxRate: toFxRate(wire.exchangeRate),
    lineAmounts: "exclusive" as const,
    lines,
    ...{ net, tax, gross },
    marker: "",
  };
}

/** Where quantity times price is not the amount (a discount), the line is one piece at its amount. */
function toLine(line: WireLine, currency: string, index: number, what: string): DocumentLine {
  const amount = readMoney(line.amount, currency, `lines.${index}.amount`, what);
  const isExact = roundToMoney(line.quantity.times(line.unitPrice), currency).minor === amount.minor;
  const description = line.description === "" ? (line.sku ?? "") : line.description;
  return {
    externalId: line.lineId ?? "",
    description: isExact
      ? description
      : `${description} (${decimalText(line.quantity)} at ${decimalText(line.unitPrice)} less discount)`,
    quantity: isExact ? line.quantity : new Decimal(1),
    unitPrice: isExact ? line.unitPrice : moneyToDecimal(amount),
    amount,
    itemId: line.sku,
    itemCode: line.sku,
    accountKey: line.accountCode,
    taxKey: line.taxCode,
    taxRatePercent: line.taxRate ?? (line.taxCode === null ? new Decimal(0) : null),
    tax:
      line.taxAmount === null ? null : readMoney(line.taxAmount, currency, `lines.${index}.taxAmount`, what),
    tracking: line.dimensions,
  };
}
