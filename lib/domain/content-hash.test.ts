import { expect, test } from "vitest";
import { decimal } from "@/lib/kernel/decimal";
import { encode } from "@/lib/kernel/json";
import { aContact, aLine, anInvoice, aPayment, gbp, oneOfEach } from "@/tests/builders/records";
import { type CanonicalRecord, canonicalRecordSchema } from "./canonical-record";
import { contentHash } from "./content-hash";

test("a record that was stored and read again has the hash that it had", () => {
  for (const record of oneOfEach()) {
    const stored = canonicalRecordSchema.parse(JSON.parse(JSON.stringify(encode(record))));
    expect(contentHash(stored)).toBe(contentHash(record));
  }
});

test("the order in which a connector fills the fields does not matter", () => {
  const record = anInvoice();
  const reversed = Object.fromEntries(Object.entries(record).reverse()) as CanonicalRecord;
  expect(contentHash(reversed)).toBe(contentHash(record));
});

test("a price written with more zeros is the same price", () => {
  expect(contentHash(anInvoice({ lines: [aLine({ unitPrice: decimal("10.00") })] }))).toBe(
    contentHash(anInvoice()),
  );
});

test("an invoice that was paid since has not changed", () => {
  const paid = anInvoice({ status: "paid", remaining: gbp("0.00"), version: "2", marker: "m" });
  expect(contentHash(paid)).toBe(contentHash(anInvoice()));
});

test("a customer who was renamed has not changed his invoices and payments", () => {
  expect(contentHash(anInvoice({ contactName: "Other" }))).toBe(contentHash(anInvoice()));
  const renamed = aPayment({ contactName: "Other", invoiceNumber: "INV-9" });
  expect(contentHash(renamed)).toBe(contentHash(aPayment()));
});

test("an invoice that was voided or drafted since has changed", () => {
  const hashes = (["open", "void", "deleted", "draft"] as const).map((status) =>
    contentHash(anInvoice({ status })),
  );
  expect(new Set(hashes).size).toBe(4);
});

test("every other field that is posted shows in the hash", () => {
  const changes: CanonicalRecord[] = [
    anInvoice({ number: "INV-2" }),
    anInvoice({ contactId: "z-ben" }),
    anInvoice({ dueDate: null }),
    anInvoice({ fxRate: decimal("1.1") }),
    anInvoice({ lines: [aLine(), aLine()] }),
    anInvoice({ lines: [aLine({ description: "Gift bag" })] }),
    anInvoice({ lines: [aLine({ tracking: [{ categoryKey: "c", optionKey: "o" }] })] }),
    anInvoice({ gross: gbp("24.01") }),
    aPayment({ status: "deleted" }),
    aContact({ active: false }),
    ...oneOfEach(),
  ];
  expect(new Set(changes.map(contentHash)).size).toBe(changes.length);
});

test("the order of lines is content", () => {
  const lines = [aLine({ description: "first" }), aLine({ description: "second" })];
  expect(contentHash(anInvoice({ lines }))).not.toBe(contentHash(anInvoice({ lines: [...lines].reverse() })));
});
