import { expect, test } from "vitest";
import { PROBLEM_CAUSES, problem } from "@/lib/domain/problem";
import { problemSentence } from "./problem-sentence";

const NAMES = { record: "Invoice 1042", source: "Zoho Books", ledger: "Xero" };

test.each(PROBLEM_CAUSES)("%s is told in whole sentences that name the record, with a remedy", (cause) => {
  for (const vendorMessage of [null, "The vendor's own words"]) {
    const { message, remedy } = problemSentence(problem(cause, "EUR", vendorMessage), NAMES);
    expect(message).toMatch(/^Invoice 1042\b.*\.$|\bInvoice 1042\b.*\.$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
    expect(`${message} ${remedy}`).not.toMatch(/undefined|null|\[object|""|\(\)/);
  }
});

test("the two systems are called by their names, never source and ledger mixed up", () => {
  const { message, remedy } = problemSentence(problem("nameTooLong", "A".repeat(300)), NAMES);
  expect(message).toContain("Xero takes at most 255 characters");
  expect(remedy).toContain("Shorten the name in Zoho Books");
});

test("a name of any length leaves the sentence readable", () => {
  for (const cause of PROBLEM_CAUSES) {
    const { message, remedy } = problemSentence(problem(cause, "A".repeat(4000)), NAMES);
    expect([cause, message.length < 500, remedy.length < 500]).toEqual([cause, true, true]);
  }
});

test("a number that only the vendor refused is told apart from one that a document in the ledger has", () => {
  const standing = problemSentence(problem("numberTaken", "total 99.00 GBP"), NAMES);
  const used = problemSentence(problem("numberTaken", "1042", "Invoice # must be unique."), NAMES);
  expect(standing.message).toContain("total 99.00 GBP");
  expect(used.message).toContain("void or deleted");
});
