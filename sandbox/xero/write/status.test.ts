import { describe, expect, it } from "vitest";
import type { DocumentStatus } from "../records";
import { nextStatus } from "./status";

const ALL: readonly DocumentStatus[] = ["DRAFT", "SUBMITTED", "AUTHORISED", "PAID", "VOIDED", "DELETED"];

/** Rows: the present status. Columns: what a write may ask for. */
const ALLOWED: readonly [DocumentStatus | null, readonly DocumentStatus[]][] = [
  [null, ["DRAFT", "SUBMITTED", "AUTHORISED"]],
  ["DRAFT", ["DRAFT", "SUBMITTED", "AUTHORISED", "DELETED"]],
  ["SUBMITTED", ["DRAFT", "SUBMITTED", "AUTHORISED", "DELETED"]],
  ["AUTHORISED", ["AUTHORISED", "VOIDED"]],
  ["PAID", ["PAID"]],
  ["VOIDED", []],
  ["DELETED", []],
];

describe("the status graph", () => {
  const steps = ALLOWED.flatMap(([present, allowed]) =>
    ALL.map((asked) => [present, asked, allowed.includes(asked)] as const),
  );
  it.each(steps)("from %s to %s is allowed: %s", (present, asked, isAllowed) => {
    const outcome = nextStatus(present, asked, "Invoice");
    expect(outcome.ok).toBe(isAllowed);
    if (outcome.ok) expect(outcome.value).toBe(asked);
    else if (present === null)
      expect(outcome.error).toBe(`Invoice status '${asked}' is not valid for a new document.`);
    else if (present === "VOIDED" || present === "DELETED")
      expect(outcome.error).toBe("Invoice not of valid status for modification");
    else expect(outcome.error).toBe(`Invoice status cannot be changed from ${present} to ${asked}.`);
  });

  it("stays where it is when nothing is asked, and begins as a draft", () => {
    expect(nextStatus(null, undefined, "Invoice")).toEqual({ ok: true, value: "DRAFT" });
    expect(nextStatus("AUTHORISED", null, "Invoice")).toEqual({ ok: true, value: "AUTHORISED" });
    expect(nextStatus("DRAFT", "authorised", "Invoice")).toEqual({ ok: true, value: "AUTHORISED" });
    expect(nextStatus(null, "NONSENSE", "Invoice").ok).toBe(false);
  });
});
