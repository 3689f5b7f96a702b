import { expect, test } from "vitest";
import { moneyText } from "@/lib/domain/money";
import { aPayment } from "../fixtures/constructed-answers";
import { wirePaymentSchema } from "../wire/payment";
import { readRecord } from "../wire/unreadable";
import { toSettlements } from "./payment";

const settlements = (change: Record<string, unknown> = {}) =>
  toSettlements(readRecord(wirePaymentSchema, "payment", aPayment(change)), "from the row");

const applied = (invoice: string, amount: number) => ({
  invoice_id: invoice,
  invoice_number: `INV-${invoice}`,
  amount_applied: amount,
});

test("a payment over three invoices is one Payment each and the rest one Overpayment", () => {
  const { payments, overpayment } = settlements({
    amount: 100,
    unused_amount: 20.5,
    invoices: [applied("1", 30), applied("2", 40), applied("3", 9.5)],
  });
  expect(payments.map(({ externalId, amount }) => `${externalId} ${moneyText(amount)}`)).toEqual([
    "9030000079467:1 30.00",
    "9030000079467:2 40.00",
    "9030000079467:3 9.50",
  ]);
  expect(overpayment.externalId).toBe("9030000079467:excess");
  expect(moneyText(overpayment.amount)).toBe("20.50");
});

test("an invoice named twice in one payment is one Payment of the sum", () => {
  const { payments } = settlements({ amount: 50, invoices: [applied("1", 30), applied("1", 20)] });
  expect(payments.map(({ amount }) => moneyText(amount))).toEqual(["50.00"]);
});

test("money given back leaves no excess", () => {
  const { overpayment } = settlements({ amount: 100, amount_refunded: 40, invoices: [applied("1", 60)] });
  expect(moneyText(overpayment.amount)).toBe("0.00");
});

test("a payment whose parts exceed it, or whose unused amount is another, is unreadable", () => {
  expect(() => settlements({ amount: 50, invoices: [applied("1", 51)] })).toThrow(/"amount"/);
  expect(() => settlements({ amount: 50, unused_amount: 5, invoices: [applied("1", 50)] })).toThrow(
    /"unused_amount"/,
  );
});

test("a failed payment is a deleted one, and an unknown state is not guessed", () => {
  expect(settlements({ payment_status: "", status: "failure" }).payments[0]?.status).toBe("deleted");
  expect(settlements({ payment_status: "", status: "success" }).payments[0]?.status).toBe("open");
  expect(() => settlements({ payment_status: "maybe" })).toThrow(/"status".*"maybe"/);
});

test("the number comes from the row where the payment itself does not say it", () => {
  expect(settlements({ payment_number: undefined }).overpayment.paymentNumber).toBe("from the row");
  expect(settlements().overpayment.paymentNumber).toBe("2");
});

test("another share of an invoice is another version of that Payment alone", () => {
  const before = settlements({
    amount: 100,
    invoices: [applied("1", 30), applied("2", 70)],
    unused_amount: 0,
  });
  const after = settlements({
    amount: 100,
    invoices: [applied("1", 30), applied("2", 60)],
    unused_amount: 10,
  });
  expect(after.payments[0]?.version).toBe(before.payments[0]?.version);
  expect(after.payments[1]?.version).not.toBe(before.payments[1]?.version);
});
