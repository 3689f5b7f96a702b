import { describe, expect, it } from "vitest";
import { Decimal } from "@/lib/kernel/decimal";
import { allocateCredits, type DocumentOutline } from "./allocate-credits";

function anOutline(
  id: string,
  time: string,
  outline: Partial<Omit<DocumentOutline, "total" | "codes">> & { total: string; codes: number[] },
): DocumentOutline {
  return {
    kind: "invoice",
    number: id,
    customerId: "17850",
    ...outline,
    id,
    time: `2010-12-${time} 10:00:00`,
    total: new Decimal(outline.total),
    codes: Int32Array.from(outline.codes),
  };
}

const aNote = (id: string, time: string, total: string, codes: number[], customerId = "17850") =>
  anOutline(id, time, { kind: "creditNote", total, codes, customerId });

const pairs = (outlines: DocumentOutline[]) =>
  allocateCredits(outlines).map(({ creditNoteId, invoiceId, amount }) => [
    creditNoteId,
    invoiceId,
    amount.toFixed(),
  ]);

describe("a credit note", () => {
  it("is set against the latest earlier invoice of its customer that holds all its codes", () => {
    const outlines = [
      anOutline("first", "01", { total: "100", codes: [1, 2, 3] }),
      anOutline("second", "02", { total: "100", codes: [1, 2] }),
      anOutline("wrong codes", "03", { total: "100", codes: [1, 3] }),
      anOutline("other customer", "04", { total: "100", codes: [1, 2], customerId: "12345" }),
      aNote("note", "05", "30", [1, 2]),
      anOutline("later", "06", { total: "100", codes: [1, 2] }),
    ];
    expect(pairs(outlines)).toEqual([["note", "second", "30"]]);
  });

  it("takes no more than the invoice still owes, and the rest stays credit", () => {
    const outlines = [
      anOutline("invoice", "01", { total: "100", codes: [1] }),
      aNote("first note", "02", "80", [1]),
      aNote("second note", "03", "80", [1]),
      aNote("third note", "04", "80", [1]),
    ];
    expect(pairs(outlines)).toEqual([
      ["first note", "invoice", "80"],
      ["second note", "invoice", "20"],
    ]);
  });

  it("passes over an invoice that earlier credits have closed", () => {
    const outlines = [
      anOutline("older", "01", { total: "50", codes: [1] }),
      anOutline("newer", "02", { total: "50", codes: [1] }),
      aNote("first note", "03", "50", [1]),
      aNote("second note", "04", "20", [1]),
    ];
    expect(pairs(outlines)).toEqual([
      ["first note", "newer", "50"],
      ["second note", "older", "20"],
    ]);
  });

  it("is not set against an invoice of the very same time", () => {
    const outlines = [anOutline("invoice", "01", { total: "9", codes: [1] }), aNote("note", "01", "9", [1])];
    expect(pairs(outlines)).toEqual([]);
  });

  it("stays credit when no invoice fits", () => {
    expect(
      pairs([anOutline("invoice", "01", { total: "9", codes: [2] }), aNote("note", "02", "9", [1])]),
    ).toEqual([]);
  });
});
