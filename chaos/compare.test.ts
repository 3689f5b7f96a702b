import { expect, test } from "vitest";
import { compareLines } from "./compare";
import type { Line } from "./line";

const payment = (key: string, id = key): Line => ({ kind: "payment", key, facts: "", id });
const invoice = (key: string, total: string): Line => ({ kind: "invoice", key, facts: total, id: key });

test("equal books differ in nothing, whatever their order", () => {
  const lines = [payment("a"), payment("b"), invoice("a", "10.00")];
  expect(compareLines(lines, lines.toReversed())).toEqual({
    lost: 0,
    duplicated: 0,
    mismatched: 0,
    sentences: [],
  });
});

test("what Xero lacks is lost, and what it has once too often is doubled", () => {
  const { lost, duplicated, mismatched } = compareLines(
    [payment("a"), payment("a"), payment("b")],
    [payment("a"), payment("b"), payment("b", "b2"), payment("b", "b3")],
  );
  expect({ lost, duplicated, mismatched }).toEqual({ lost: 1, duplicated: 2, mismatched: 0 });
});

test("another amount, and a record that the source does not have, are mismatches", () => {
  const { lost, duplicated, mismatched, sentences } = compareLines(
    [invoice("a", "10.00")],
    [invoice("a", "10.01"), invoice("b", "5.00")],
  );
  expect({ lost, duplicated, mismatched }).toEqual({ lost: 0, duplicated: 0, mismatched: 2 });
  expect(sentences.join()).toMatch(/"10.00" in the source, "10.01" in Xero.*invoice b/);
});

test("a payment is not taken for an invoice of the same name", () => {
  expect(compareLines([payment("a")], [invoice("a", "")])).toMatchObject({ lost: 1, mismatched: 1 });
});
