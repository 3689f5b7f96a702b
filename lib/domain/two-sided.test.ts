import { describe, expect, test } from "vitest";
import { aContact } from "@/tests/builders/records";
import type { Contact } from "./contact";
import {
  type Agreed,
  advanceAgreement,
  compareSides,
  fieldsOf,
  settleDispute,
  withFieldsOf,
} from "./two-sided";

const base = aContact({ version: "2026-07-01T10:00:00Z x" });
const agreed: Agreed = { source: fieldsOf(base), ledger: fieldsOf(base) };
const changed = (changes: Partial<Contact>): Contact => ({ ...base, ...changes });

describe("what goes where", () => {
  test("a field that one side changed goes to the other, and each its own way", () => {
    const sides = compareSides(agreed, changed({ email: "a@b.test" }), changed({ phone: "1" }), "ask");
    expect(sides).toEqual({ toLedger: ["email"], toSource: ["phone"], disputed: [] });
  });

  test("a field that says the same on both sides goes nowhere, whoever wrote it", () => {
    const both = changed({ email: "a@b.test", name: "Ada  Byron" });
    const sides = compareSides(agreed, both, { ...both, name: "Ada Byron" }, "ask");
    expect(sides).toEqual({ toLedger: [], toSource: [], disputed: [] });
  });

  test("a spelling that one system does not keep is no change", () => {
    const spelled: Agreed = { ...agreed, ledger: { ...agreed.ledger, name: "(Ada)" } };
    const sides = compareSides(
      { ...spelled, source: { ...spelled.source, name: "<Ada>" } },
      changed({ name: "<Ada>" }),
      changed({ name: "(Ada)" }),
      "ask",
    );
    expect(sides).toEqual({ toLedger: [], toSource: [], disputed: [] });
  });

  test("nothing is known to have changed before both sides were noted once", () => {
    const sides = compareSides(null, changed({ email: "a@b.test" }), changed({ email: "c@d.test" }), "ask");
    expect(sides).toEqual({ toLedger: [], toSource: [], disputed: [] });
  });

  test.each([
    ["sourceWins", { toLedger: ["email"], toSource: [], disputed: [] }],
    ["ledgerWins", { toLedger: [], toSource: ["email"], disputed: [] }],
    ["newestWins", { toLedger: [], toSource: ["email"], disputed: [] }],
    [
      "ask",
      { toLedger: [], toSource: [], disputed: [{ field: "email", ledger: "l@b.test", source: "s@b.test" }] },
    ],
  ] as const)("one field that both changed is decided by %s", (rule, expected) => {
    const source = changed({ email: "s@b.test", version: "2026-07-02T10:00:00Z x" });
    const ledger = changed({ email: "l@b.test", version: "2026-07-02T10:00:01.500Z" });
    expect(compareSides(agreed, source, ledger, rule)).toEqual(expected);
  });

  test("two changes in one second, or without a time, wait for a person though the newest should win", () => {
    const source = changed({ email: "s@b.test", version: "2026-07-02T10:00:00Z" });
    for (const version of ["2026-07-02T10:00:00.000Z", "no time"])
      expect(
        compareSides(agreed, source, changed({ email: "l@b.test", version }), "newestWins").disputed,
      ).toHaveLength(1);
  });
});

describe("the note of the agreement", () => {
  test("moves on with what was written and keeps the change that has yet to go its way", () => {
    const source = fieldsOf(changed({ email: "s@b.test" }));
    const ledger = fieldsOf(changed({ email: "s@b.test", phone: "2" }));
    const next = advanceAgreement(agreed, source, ledger, ["email"]);
    expect(next.source.email).toBe("s@b.test");
    expect(next.ledger.phone).toBe(agreed.ledger.phone);
    const after = compareSides(
      next,
      changed({ email: "s@b.test" }),
      changed({ email: "s@b.test", phone: "2" }),
      "ask",
    );
    expect(after.toSource).toEqual(["phone"]);
  });

  test.each([
    ["source", true, { toLedger: ["email"], toSource: [] }],
    ["ledger", true, { toLedger: [], toSource: ["email"] }],
    ["ledger", false, { toLedger: [], toSource: [] }],
  ] as const)("settled for the %s (carried: %s) leaves one change or none", (kept, isCarried, expected) => {
    const source = changed({ email: "s@b.test" });
    const ledger = changed({ email: "l@b.test" });
    const { disputed } = compareSides(agreed, source, ledger, "ask");
    const next = settleDispute(agreed, disputed, kept, isCarried);
    expect(compareSides(next, source, ledger, "ask")).toEqual({ ...expected, disputed: [] });
  });
});

test("a record takes over the fields that are named and no other", () => {
  const giver = changed({ name: "New", email: "new@b.test", currency: "EUR" });
  expect(withFieldsOf(base, giver, ["email"])).toEqual({ ...base, email: "new@b.test" });
});
