import { expect, test } from "vitest";
import { readRecord } from "@/lib/connectors/contract/unreadable";
import { moneyText } from "@/lib/domain/money";
import { aPayment } from "../fixtures/constructed-answers";
import { aVendorPayment } from "../fixtures/constructed-purchases";
import { wirePaymentSchema } from "../wire/payment";
import { wireVendorPaymentSchema } from "../wire/vendor-payment";
import { toSettlements, toSupplierSettlements } from "./payment";

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

const supplier = (change: Record<string, unknown> = {}) =>
  toSupplierSettlements(readRecord(wireVendorPaymentSchema, "payment", aVendorPayment(change)), {
    currency: "GBP",
    billNumbers: new Map([["460000000053199", "B-1"]]),
  });

test("a vendor payment is one BillPayment a bill and one SupplierOverpayment for the rest", () => {
  const { payments, overpayment } = supplier();
  expect(payments).toMatchObject([
    {
      recordType: "billPayment",
      externalId: "460000000053219:460000000053199",
      paymentNumber: "4",
      billId: "460000000053199",
      billNumber: "B-1",
      contactId: "460000000026049",
      accountKey: "460000000000358",
      amount: { minor: 35_000n, currency: "GBP" },
      status: "open",
    },
  ]);
  expect(overpayment).toMatchObject({ externalId: "460000000053219:excess", amount: { minor: 15_000n } });
});

test("what a supplier gave back leaves no excess", () => {
  const refunds = [{ amount_fcy: 150, amount_bcy: 150 }];
  expect(moneyText(supplier({ vendorpayment_refunds: refunds, balance: 0 }).overpayment.amount)).toBe("0.00");
});

test("a vendor payment whose balance is not what its bills leave is unreadable", () => {
  expect(() => supplier({ balance: 300 })).toThrow(/"balance".*what the bills leave/);
  expect(() => supplier({ amount: 300 })).toThrow(/"amount"/);
});
