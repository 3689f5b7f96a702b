import { describe, expect, test } from "vitest";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { parseLocalDate } from "@/lib/domain/local-date";
import { moneyText, parseMoney } from "@/lib/domain/money";
import { decimal } from "@/lib/kernel/decimal";
import {
  aBankTransaction,
  aBill,
  aBillPayment,
  aJournal,
  aJournalLine,
  anOrder,
  aPurchaseLine,
  aSupplierAllocation,
  aSupplierCredit,
  aSupplierOverpayment,
} from "./fixtures/purchases";
import { CONTEXT, LEDGER } from "./fixtures/records";
import { predict } from "./predict";
import { xeroRules } from "./rules";

/** The pure rules of purchases, bank transactions and journals. */

const { prepare, preflight, isMarker, naturalKey, link } = xeroRules;

const prepared = <T extends CanonicalRecord>(record: T, context = CONTEXT): T =>
  prepare(record, context).record as T;
const causes = (record: CanonicalRecord): string[] =>
  preflight(record, LEDGER).map(({ cause, subject }) => `${cause}: ${subject}`);
const journalOf = (record: CanonicalRecord): string[] =>
  (predict(record, LEDGER)?.journal ?? []).map(
    ({ accountKey, amount }) => `${accountKey} ${moneyText(amount)}`,
  );

const MARKED = [
  aBill(),
  aSupplierCredit(),
  anOrder(),
  aBankTransaction(),
  aBillPayment(),
  aSupplierOverpayment(),
  aJournal(),
];

describe("markers", () => {
  test.each(MARKED)("a $recordType bears one of its pair and source record", (record) => {
    const { marker } = prepared(record);
    expect(isMarker(marker, CONTEXT)).toBe(true);
    expect(prepared(record, { ...CONTEXT, pairId: "pair-2" }).marker).not.toBe(marker);
    expect(prepared(record, { ...CONTEXT, sourceExternalId: "another" }).marker).not.toBe(marker);
  });

  test("records with one source id bear markers of their own kind", () => {
    const addresses = [aBill(), aBankTransaction(), aSupplierOverpayment(), aJournal()].map(
      (record) => prepared(record).marker,
    );
    expect(new Set(addresses).size).toBe(4);
  });
});

describe("what a record is known by", () => {
  test("a bill's number counts beside its supplier only, and without one its date and total", () => {
    expect(naturalKey(aBill())).not.toBe(naturalKey(aBill({ contactId: "another" })));
    expect(naturalKey(aBill({ number: "" }))).toBe(`${aBill().contactId} | 2026-05-10 | 24.00`);
    expect(naturalKey(aSupplierCredit())).toBe(`${aBill().contactId} | SC-5`);
  });

  test("money spent and money received are two things", () => {
    expect(naturalKey(aBankTransaction())).not.toBe(naturalKey(aBankTransaction({ kind: "receive" })));
    expect(naturalKey(aBankTransaction())).not.toBe(naturalKey(aBankTransaction({ bankAccountKey: "092" })));
  });

  test("settlements go by the ids of what they settle", () => {
    expect(naturalKey(aBillPayment({ billId: "b" }))).toBe("b | 2026-05-20 | 24.00");
    expect(naturalKey(aSupplierAllocation({ billId: "b", supplierCreditId: "c" }))).toBe("c | b | 5.00");
  });

  test("each has its page in Xero, an allocation that of its credit", () => {
    expect(link("bill", "1")).toContain("/AccountsPayable/View.aspx?InvoiceID=1");
    expect(link("supplierAllocation", "1/2/3")).toBe(link("supplierCredit", "1"));
  });
});

describe("preparing", () => {
  test("a bill's reference is named as what Xero does not keep", () => {
    const { record, warnings } = prepare(aBill({ reference: "Ordered by Jo" }), CONTEXT);
    expect(record).toMatchObject({ reference: "" });
    expect(warnings).toEqual([expect.stringContaining('"Ordered by Jo"')]);
    expect(prepare(aBill({ reference: "B-77" }), CONTEXT).warnings).toEqual([]);
  });

  test("the last line of a supplier's credit leaves room for the key", () => {
    const lines = [aPurchaseLine({ description: "x".repeat(4_000) })];
    const { record, warnings } = prepare(aSupplierCredit({ lines, reference: "" }), CONTEXT);
    const [line] = record.recordType === "supplierCredit" ? record.lines : [];
    expect((line?.description.length ?? 0) + 1 + record.marker.length).toBe(4_000);
    expect(warnings).toHaveLength(1);
  });

  test("numbers that Xero has no field for go before the text that people see", () => {
    expect(prepared(aBankTransaction()).reference).toBe("EXP-3, PO 7");
    expect(prepared(prepared(aBankTransaction())).reference).toBe("EXP-3, PO 7");
    expect(prepared(aJournal({ reference: "R9" })).narration).toBe("JE-4, Paper, paid privately, R9");
    expect(prepared(aJournal({ number: "", narration: " " })).narration).toBe("-");
  });

  test("a journal's line without a tax says so, and a journal without any is outside tax", () => {
    expect(prepared(aJournal()).lines.map(({ taxKey }) => taxKey)).toEqual(["INPUT2", "NONE"]);
    const untaxed = prepared(
      aJournal({ lines: [aJournalLine("429", null, "1.00"), aJournalLine("835", "NONE", "-1.00")] }),
    );
    expect(untaxed).toMatchObject({ lineAmounts: "noTax", lines: [{ taxKey: null }, { taxKey: null }] });
  });
});

describe("preflight", () => {
  test.each([...MARKED, aSupplierAllocation()])("has nothing against a good $recordType", (record) => {
    expect(causes(prepared(record))).toEqual([]);
  });

  test("a locked period holds up all but orders and drafts", () => {
    const date = parseLocalDate("2026-03-31");
    for (const record of [...MARKED, aSupplierAllocation()]) {
      const expected = record.recordType === "purchaseOrder" ? [] : ["periodLocked: 2026-03-31"];
      expect(causes(prepared({ ...record, date }))).toEqual(expected);
    }
    expect(causes(aBill({ date, status: "draft" }))).toEqual([]);
    expect(causes(prepared(aJournal({ date, status: "draft" })))).toEqual([]);
  });

  test("a bank account is for no line, and a line's tax has to suit its account", () => {
    expect(causes(aBill({ lines: [aPurchaseLine({ accountKey: "090" })] }))).toEqual([
      "accountNotUsable: 090",
    ]);
    expect(causes(aBill({ lines: [aPurchaseLine({ taxKey: "OUTPUT2" })] }))).toEqual([
      "taxNotAllowedForAccount: OUTPUT2 / 429",
    ]);
  });

  test("an order may leave account and tax open, a bill may not", () => {
    const lines = [aPurchaseLine({ accountKey: null, taxKey: null })];
    expect(causes(anOrder({ lines }))).toEqual([]);
    expect(causes(aBill({ lines }))).toEqual(["accountNotMapped: no account"]);
  });

  test("a bank transaction needs a bank account of its currency, a contact, and an amount", () => {
    expect(causes(aBankTransaction({ bankAccountKey: "835" }))).toEqual([
      "accountTakesNoPayments: 835 Directors' loan",
    ]);
    expect(causes(aBankTransaction({ bankAccountKey: "091" }))).toEqual([
      "accountCurrencyDiffers: 091 Euro bank is in EUR, the money in GBP",
    ]);
    expect(causes(aBankTransaction({ bankAccountKey: null }))).toEqual([
      "paymentAccountNotMapped: no account",
    ]);
    expect(causes(aBankTransaction({ contactId: "", contactName: "" }))).toEqual(["contactMissing: "]);
    expect(causes(aBankTransaction({ lines: [aPurchaseLine({ unitPrice: decimal("0") })] }))).toEqual([
      "negativeTotal: EXP-3",
    ]);
  });

  test("a bill is paid from an account that takes payments, an overpayment from a bank of its currency", () => {
    expect(causes(aBillPayment({ accountKey: "429" }))).toEqual([
      "accountTakesNoPayments: 429 General expenses",
    ]);
    expect(causes(aSupplierOverpayment({ accountKey: "091" }))).toEqual([
      "accountCurrencyDiffers: 091 Euro bank is in EUR, the money in GBP",
    ]);
  });

  test("a journal in another than the base currency is named, whatever else it is", () => {
    expect(causes(aJournal({ currency: "EUR", lines: [] }))).toEqual(["journalInForeignCurrency: EUR"]);
  });

  test("a journal has two lines that balance with their tax", () => {
    expect(causes(prepared(aJournal({ lines: [] })))).toEqual(["refused: JE-4"]);
    const [first] = aJournal().lines;
    const lines = first === undefined ? [] : [first, aJournalLine("835", null, "-100.00")];
    expect(causes(prepared(aJournal({ lines })))).toEqual(["totalsDiffer: JE-4"]);
  });

  test("a journal keeps off bank and control accounts, and may name the tax account", () => {
    const against = (accountKey: string) =>
      prepared(
        aJournal({ lines: [aJournalLine("429", null, "5.00"), aJournalLine(accountKey, null, "-5.00")] }),
      );
    expect(causes(against("090"))).toEqual(["accountNotUsable: 090"]);
    expect(causes(against("610"))).toEqual(["accountNotUsable: 610"]);
    expect(causes(against("820"))).toEqual([]);
  });

  test("more digits than Xero's numbers carry are named", () => {
    const total = parseMoney("12345678901234567.00", "GBP");
    expect(causes(aBillPayment({ amount: total }))).toEqual(["amountTooLarge: PAY-9"]);
    const lines = [
      { ...aJournalLine("429", null, "1.00"), amount: total },
      { ...aJournalLine("835", null, "1.00"), amount: { ...total, minor: -total.minor } },
    ];
    expect(causes(prepared(aJournal({ lines })))).toEqual(["amountTooLarge: JE-4"]);
  });
});

describe("predict", () => {
  test("a bill credits creditors; a supplier's credit does the reverse", () => {
    expect(journalOf(aBill())).toEqual(["Accounts Payable -24.00", "429 20.00", "Sales Tax 4.00"]);
    expect(journalOf(aSupplierCredit({ lines: [aPurchaseLine()] }))).toEqual([
      "Accounts Payable 24.00",
      "429 -20.00",
      "Sales Tax -4.00",
    ]);
  });

  test("an order has totals and books nothing", () => {
    expect(predict(anOrder(), LEDGER)).toMatchObject({ gross: { minor: 2_400n }, journal: [] });
  });

  test("a bank transaction moves its bank account", () => {
    expect(journalOf(aBankTransaction())).toEqual(["090 -24.00", "429 20.00", "Sales Tax 4.00"]);
    expect(
      journalOf(aBankTransaction({ kind: "receive", lines: [aPurchaseLine({ taxKey: "NONE" })] })),
    ).toEqual(["090 20.00", "429 -20.00"]);
  });

  test("what is paid to a supplier leaves the bank, and an allocation books nothing", () => {
    expect(journalOf(aBillPayment())).toEqual(["090 -24.00", "Accounts Payable 24.00"]);
    expect(journalOf(aSupplierOverpayment())).toEqual(["090 -24.00", "Accounts Payable 24.00"]);
    expect(journalOf(aSupplierAllocation())).toEqual([]);
  });

  test("a journal books its lines, and their tax on the tax account", () => {
    const journal = prepared(aJournal());
    expect(journalOf(journal)).toEqual(["429 100.00", "835 -120.00", "Sales Tax 20.00"]);
    expect(predict(journal, LEDGER)).toMatchObject({
      net: { minor: 10_000n },
      tax: { minor: 2_000n },
      gross: { minor: 12_000n },
    });
  });
});
