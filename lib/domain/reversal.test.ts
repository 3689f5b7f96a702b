import { describe, expect, it } from "vitest";
import { Decimal } from "@/lib/kernel/decimal";
import { aCreditNote, aLine, anInvoice, gbp } from "@/tests/builders/records";
import type { BankTransaction, Bill, SupplierCredit } from "./document";
import { parseLocalDate } from "./local-date";
import type { ManualJournal } from "./manual-journal";
import {
  isReversalId,
  parseReversalId,
  REVERSED_BY,
  type Reversible,
  reversalId,
  reversalNumber,
  reverseRecord,
  settleReversed,
  withOpposite,
} from "./reversal";

const DAY = parseLocalDate("2026-04-01");

const aBill = (changes: Partial<Bill> = {}): Bill => ({ ...anInvoice(), recordType: "bill", ...changes });

const aSupplierCredit = (): SupplierCredit => ({ ...aCreditNote(), recordType: "supplierCredit" });

const aBankTransaction = (): BankTransaction => ({
  ...aCreditNote(),
  ...{ recordType: "bankTransaction", kind: "spend", bankAccountKey: "090" },
});

const aJournal = (): ManualJournal => ({
  ...{ recordType: "manualJournal", externalId: "j1", version: "", number: "3", reference: "" },
  ...{ narration: "Moved", date: parseLocalDate("2026-03-02"), currency: "GBP", status: "open" },
  ...{ lineAmounts: "noTax", total: gbp("10.00"), marker: "ours" },
  lines: [gbp("10.00"), gbp("-10.00")].map((amount, index) => ({
    ...{ externalId: String(index), description: "", accountKey: "200", taxKey: null, taxRatePercent: null },
    ...{ amount, tracking: [] },
  })),
});

const RECORDS: readonly Reversible[] = [
  anInvoice(),
  aCreditNote(),
  aBill(),
  aSupplierCredit(),
  aBankTransaction(),
  aJournal(),
];

describe("the opposite of a record", () => {
  it.each(RECORDS)(
    "of a $recordType is the kind that takes it back, on the open day, and bears no marker",
    (record) => {
      const opposite = reverseRecord(record, DAY, "X-1");
      expect(opposite).toMatchObject({
        ...{ recordType: REVERSED_BY[record.recordType]?.by, date: DAY, status: "open" },
        ...{ marker: "", externalId: "" },
      });
    },
  );

  it("of a journal has each amount on the other side, and money goes the other way", () => {
    const journal = aJournal();
    const opposite = reverseRecord(journal, DAY, "X-1");
    expect("lines" in opposite && opposite.lines.map(({ amount }) => -amount.minor)).toEqual(
      journal.lines.map(({ amount }) => amount.minor),
    );
    expect(reverseRecord(aBankTransaction(), DAY, "X-1")).toMatchObject({ kind: "receive" });
  });

  it("has a line under a discount as one piece at what was left of it", () => {
    const off = aLine({ quantity: new Decimal(2), unitPrice: new Decimal("10"), amount: gbp("18.00") });
    const opposite = reverseRecord(anInvoice({ lines: [off] }), DAY, "X-1");
    expect("lines" in opposite && opposite.lines[0]).toMatchObject({
      ...{ quantity: new Decimal(1), unitPrice: new Decimal("18") },
    });
  });

  it("is numbered after the record, or after its id where it has no number", () => {
    expect(reversalNumber(anInvoice({ number: "INV-7" }))).toBe("CN-INV-7");
    expect(reversalNumber(aCreditNote({ number: "CN-3" }))).toBe("REV-CN-3");
    expect(reversalNumber(aBill({ number: "", externalId: "0123456789" }))).toBe("CN-01234567");
  });
});

describe("what sets it against its record", () => {
  it("is for the whole of it, and takes the opposite document's id once that is known", () => {
    const invoice = anInvoice({ externalId: "i1", number: "INV-7" });
    const planned = settleReversed(invoice, { externalId: "", number: "CN-INV-7" }, DAY);
    if (!planned) throw new Error("an invoice is set against its credit note");
    expect(withOpposite(planned, "c1")).toMatchObject({
      ...{ creditNoteId: "c1", creditNoteNumber: "CN-INV-7", invoiceId: "i1", invoiceNumber: "INV-7" },
      ...{ amount: invoice.gross, date: DAY },
    });
    const known = settleReversed(invoice, { externalId: "c0", number: "CN-INV-7" }, DAY);
    expect(known && withOpposite(known, "c1")).toMatchObject({ creditNoteId: "c0", invoiceId: "i1" });
  });

  it("is nothing for money and journals, which merely cancel out", () => {
    expect(settleReversed(aBankTransaction(), { externalId: "", number: "" }, DAY)).toBeNull();
  });
});

it("the id of a reversal names the record that it takes back, and no source record is taken for one", () => {
  const id = reversalId("manualJournal", "a:b");
  expect(isReversalId(id)).toBe(true);
  expect(parseReversalId(id)).toEqual({ recordType: "manualJournal", ledgerExternalId: "a:b" });
  expect(isReversalId("460000000026049")).toBe(false);
  expect(parseReversalId("reversal:nothing:1")).toBeNull();
});
