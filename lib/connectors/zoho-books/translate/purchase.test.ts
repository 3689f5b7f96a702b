import { describe, expect, test } from "vitest";
import { readRecord } from "@/lib/connectors/contract/unreadable";
import { moneyText } from "@/lib/domain/money";
import { aLine } from "../fixtures/constructed-answers";
import { aBill, aPurchaseOrder, aVendorCredit } from "../fixtures/constructed-purchases";
import {
  wireBillSchema,
  wireCreditedBillSchema,
  wirePurchaseOrderSchema,
  wireVendorCreditSchema,
} from "../wire/purchase";
import { toBill, toPurchaseOrder, toSupplierAllocation, toSupplierCredit } from "./purchase";

type Change = Record<string, unknown>;
const bill = (change: Change = {}) => toBill(readRecord(wireBillSchema, "bill", aBill(change)));
const wireCredit = (change: Change = {}) =>
  readRecord(wireVendorCreditSchema, "supplier credit", aVendorCredit(change));
const credit = (change: Change = {}) => toSupplierCredit(wireCredit(change));
const order = (change: Change = {}) =>
  toPurchaseOrder(readRecord(wirePurchaseOrderSchema, "purchase order", aPurchaseOrder(change)));

describe("a bill", () => {
  test("keeps the supplier's number, figures, keys and dates", () => {
    const record = bill();
    expect(record).toMatchObject({
      recordType: "bill",
      externalId: "460000000098765",
      number: "00454",
      reference: "4321133",
      contactId: "460000000038029",
      contactName: "Paper Mill",
      date: "2026-09-11",
      dueDate: "2026-09-26",
      currency: "GBP",
      fxRate: null,
      status: "open",
      lineAmounts: "exclusive",
      net: { minor: 12000n },
      tax: { minor: 2400n },
      gross: { minor: 14400n },
      remaining: { minor: 14400n },
    });
    expect(record.lines[0]).toMatchObject({ accountKey: "460000000000403", taxKey: "982000000557028" });
  });

  test("in a foreign currency has Zoho's rate, base for one foreign", () => {
    expect(bill({ currency_code: "EUR", exchange_rate: 0.8631 }).fxRate?.toFixed()).toBe("0.8631");
  });

  test.each([
    ["draft", "draft"],
    ["pending_approval", "submitted"],
    ["open", "open"],
    ["overdue", "open"],
    ["partially_paid", "open"],
    ["paid", "paid"],
    ["void", "void"],
  ])("of status %s is %s", (status, canonical) => {
    expect(bill({ status }).status).toBe(canonical);
  });

  test("with tax inside its rates is taken with it", () => {
    const record = bill({ is_inclusive_tax: true, line_items: [aLine({ rate: 144, item_total: 144 })] });
    expect(record.lineAmounts).toBe("inclusive");
    expect([record.net, record.tax, record.gross].map(moneyText)).toEqual(["120.00", "24.00", "144.00"]);
  });

  test.each([
    ["is_reverse_charge_applied", { is_reverse_charge_applied: true }],
    ["reverse_charge_vat_id", { line_items: [aLine({ reverse_charge_vat_id: "46" })] }],
    ["acquisition_vat_id", { line_items: [aLine({ acquisition_vat_id: "46" })] }],
    ["reverse_charge_tax_id", { line_items: [aLine({ reverse_charge_tax_id: "46" })] }],
  ])(
    "whose tax is owed to the state is kept aside by %s, never posted with an ordinary tax",
    (field, change) => {
      expect(() => bill(change)).toThrow(new RegExp(`^The field "${field}" of this bill`));
    },
  );

  test("whose reverse charge fields are there and empty is an ordinary one", () => {
    const empty = { reverse_charge_vat_id: "", acquisition_vat_id: null, reverse_charge_tax_id: " " };
    expect(moneyText(bill({ line_items: [aLine(empty)] }).gross)).toBe("144.00");
  });
});

describe("a supplier credit, of which Zoho's file has no tax", () => {
  test("takes as tax what the total has beyond the lines", () => {
    expect([credit().net, credit().tax, credit().gross].map(moneyText)).toEqual([
      "120.00",
      "24.00",
      "144.00",
    ]);
  });

  test("takes a tax rounded by line as it is", () => {
    const line = aLine({ rate: 0.33, item_total: 0.33, tax_percentage: 20 });
    const record = credit({ line_items: [line, line, line], sub_total: 0.99, total: 1.2, balance: 1.2 });
    expect(moneyText(record.tax)).toBe("0.21");
  });

  test("with tax inside its rates finds it whether sub_total is net or not", () => {
    const inside = { is_inclusive_tax: true, line_items: [aLine({ rate: 144, item_total: 144 })] };
    expect(moneyText(credit({ ...inside, sub_total: 120 }).tax)).toBe("24.00");
    const net = aLine({ rate: 144, item_total: 120, item_total_inclusive_of_tax: 144 });
    expect(moneyText(credit({ ...inside, line_items: [net], sub_total: 144 }).tax)).toBe("24.00");
  });

  test("whose total fits no tax of its lines is unreadable", () => {
    expect(() => credit({ total: 150 })).toThrow(/"tax_total" of this supplier credit/);
    expect(() => credit({ total: 120 })).toThrow(/"tax_total"/);
  });

  test("is read with one line shown as Zoho's file has it, and refused where more were left out", () => {
    const [line] = [aLine()];
    expect(moneyText(credit({ line_items: line }).gross)).toBe("144.00");
    expect(() => credit({ line_items: line, sub_total: 240, total: 288 })).toThrow(/"tax_total"/);
  });

  test("is paid when closed and void when void", () => {
    expect(credit({ status: "closed", balance: 0 }).status).toBe("paid");
    expect(credit({ status: "void", balance: 0 }).status).toBe("void");
  });

  test("set against a bill is an allocation named by its own id", () => {
    const credited = readRecord(wireCreditedBillSchema, "supplier credit", {
      vendor_credit_bill_id: "55",
      bill_id: "77",
      bill_number: "00454",
      date: "2026-09-19",
      amount: 12.02,
    });
    expect(toSupplierAllocation(wireCredit(), credited)).toMatchObject({
      recordType: "supplierAllocation",
      externalId: "3000000002075:55",
      supplierCreditId: "3000000002075",
      supplierCreditNumber: "DN-00002",
      billId: "77",
      billNumber: "00454",
      date: "2026-09-19",
      amount: { minor: 1202n, currency: "GBP" },
    });
  });
});

describe("a purchase order", () => {
  test("books nothing, so nothing of it remains", () => {
    expect(order()).toMatchObject({
      number: "PO-00001",
      deliveryDate: "2026-09-30",
      status: "open",
      gross: { minor: 14400n },
      remaining: { minor: 0n },
    });
  });

  test.each([
    ["draft", "draft"],
    ["approved", "submitted"],
    ["issued", "open"],
    ["partially_billed", "open"],
    ["received", "open"],
    ["billed", "paid"],
    ["closed", "paid"],
    ["cancelled", "void"],
  ])("of status %s is %s", (status, canonical) => {
    expect(order({ status }).status).toBe(canonical);
  });

  test("takes off a discount that it states without saying of what", () => {
    const record = order({ discount: "10%", is_discount_before_tax: true, tax_total: 21.6, total: 129.6 });
    expect(record.lines.map(({ amount }) => moneyText(amount))).toEqual(["120.00", "-12.00"]);
    expect([record.net, record.tax].map(moneyText)).toEqual(["108.00", "21.60"]);
    expect(() => order({ discount: "9%", tax_total: 21.6, total: 129.6 })).toThrow(/do not add up/);
  });

  test("of a status that only other documents have is unreadable", () => {
    expect(() => order({ status: "overdue" })).toThrow(/"status".*"overdue"/);
  });

  test("takes quantities as text, as Zoho's file types them", () => {
    expect(moneyText(order({ line_items: [aLine({ quantity: "1" })] }).gross)).toBe("144.00");
  });
});
