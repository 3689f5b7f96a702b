/**
 * Customer payments made up for the orders, which name none. Everything follows from the invoice number, so
 * the same files always give the same payments. `share` is a number from 0 to 99 hashed from the number:
 *
 *   0-7    stays open
 *   8-11   a first part (40 %) after 14 days, the rest stays open
 *   12-21  two parts: 40 % after 14 days, the rest after 35
 *   22-39  collected: with the customer's other such invoices of the same month, at most 10 a payment,
 *          21 days after the last of them
 *   40-42  paid too much: rounded up to the next ten pounds after 28 days, the excess stays unused
 *   43-99  in full after 7 to 30 days
 *
 * Only what allocated credits leave due is paid; an invoice with nothing due gets no payment.
 */
import { createHash } from "node:crypto";
import { Decimal } from "@/lib/kernel/decimal";
import { type DocumentOutline, inOrderOfTime } from "./allocate-credits";

export interface DerivedPayment {
  readonly number: string;
  readonly customerId: string;
  readonly date: string;
  readonly amount: Decimal;
  readonly applied: readonly { readonly invoiceId: string; readonly amount: Decimal }[];
}

const OPEN_BELOW = 8;
const FIRST_PART_BELOW = 12;
const TWO_PARTS_BELOW = 22;
const COLLECTED_BELOW = 40;
const EXCESS_BELOW = 43;
const FIRST_PART = new Decimal("0.4");
const COLLECTED_MAX = 10;

/** Payments in order of the invoices' times. `due` is what allocated credits leave of each invoice, by id. */
export function derivePayments(
  outlines: readonly DocumentOutline[],
  due: ReadonlyMap<string, Decimal>,
): DerivedPayment[] {
  const payments: DerivedPayment[] = [];
  const collected = new Map<string, DocumentOutline[]>();
  for (const invoice of inOrderOfTime(outlines)) {
    const amountDue = due.get(invoice.id);
    if (invoice.kind !== "invoice" || amountDue === undefined || !amountDue.greaterThan(0)) continue;
    const share = shareOf(invoice.number);
    if (share >= TWO_PARTS_BELOW && share < COLLECTED_BELOW) {
      const key = `${invoice.customerId} ${invoice.time.slice(0, 7)}`;
      collected.set(key, [...(collected.get(key) ?? []), invoice]);
      continue;
    }
    payments.push(...paymentsOfOne(invoice, amountDue, share));
  }
  for (const invoices of collected.values()) payments.push(...collectedPayments(invoices, due));
  return payments;
}

/** A number from 0 to 99 that depends on the text alone. */
export function shareOf(number: string): number {
  return createHash("sha256").update(number).digest().readUInt32BE(0) % 100;
}

function paymentsOfOne(invoice: DocumentOutline, due: Decimal, share: number): DerivedPayment[] {
  const pay = (number: string, days: number, applied: Decimal, amount = applied): DerivedPayment => ({
    number,
    customerId: invoice.customerId,
    date: dateAfter(invoice.time, days),
    amount,
    applied: [{ invoiceId: invoice.id, amount: applied }],
  });
  if (share < OPEN_BELOW) return [];
  if (share < TWO_PARTS_BELOW) {
    const first = due.times(FIRST_PART).toDecimalPlaces(2);
    const parts = [pay(`PR-${invoice.number}-1`, 14, first)];
    if (share >= FIRST_PART_BELOW) parts.push(pay(`PR-${invoice.number}-2`, 35, due.minus(first)));
    return parts.filter((part) => part.amount.greaterThan(0));
  }
  if (share < EXCESS_BELOW) {
    const paid = due.dividedBy(10).floor().plus(1).times(10);
    return [pay(`PR-${invoice.number}`, 28, due, paid)];
  }
  return [pay(`PR-${invoice.number}`, 7 + (share % 24), due)];
}

function collectedPayments(
  invoices: readonly DocumentOutline[],
  due: ReadonlyMap<string, Decimal>,
): DerivedPayment[] {
  const payments: DerivedPayment[] = [];
  for (let start = 0; start < invoices.length; start += COLLECTED_MAX) {
    const group = invoices.slice(start, start + COLLECTED_MAX);
    const [first] = group;
    const last = group.at(-1);
    if (first === undefined || last === undefined) break;
    const applied = group.map((invoice) => ({
      invoiceId: invoice.id,
      amount: due.get(invoice.id) ?? new Decimal(0),
    }));
    payments.push({
      number: `PR-${first.number}`,
      customerId: first.customerId,
      date: dateAfter(last.time, 21),
      amount: applied.reduce((sum, { amount }) => sum.plus(amount), new Decimal(0)),
      applied,
    });
  }
  return payments;
}

/** The calendar date a number of days after "2010-12-01 08:26:00". */
export function dateAfter(time: string, days: number): string {
  const instant = new Date(`${time.slice(0, 10)}T00:00:00Z`);
  instant.setUTCDate(instant.getUTCDate() + days);
  return instant.toISOString().slice(0, 10);
}
