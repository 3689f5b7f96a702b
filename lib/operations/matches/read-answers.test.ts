import { describe, expect, it } from "vitest";
import { parseRowKey, type RowKey } from "./match-sheet";
import { readAnswers, type Said } from "./read-answers";

const NOTHING_SAID: Said = () => null;
const KEY: RowKey = { recordType: "invoice", sourceExternalId: "s1", ledgerExternalId: "l1" };

function read(answer: string, ledgerId: string, key: RowKey = KEY, said: Said = NOTHING_SAID) {
  const cells = Array.from({ length: 16 }, () => "");
  cells[1] = "INV-7";
  cells[13] = answer;
  cells[14] = ledgerId;
  const { answered, faults } = readAnswers([{ row: 9, key, cells }], said);
  return {
    words: answered.flatMap(({ words }) => words.map((word) => [word.ledgerExternalId, word.verdict])),
    faults: faults.map(({ row, column }) => [row, column]),
  };
}

const NO_FAULT = { faults: [] };

describe("an answered row", () => {
  it("says nothing where nothing was changed", () => {
    expect(read("", "l1")).toEqual({ words: [], ...NO_FAULT });
    expect(read("Same", "l1", KEY, () => "same")).toEqual({ words: [], ...NO_FAULT });
  });

  it("says what is written, in any case and with any blanks", () => {
    expect(read(" SAME ", "l1")).toEqual({ words: [["l1", "same"]], ...NO_FAULT });
    expect(read("another", "l1")).toEqual({ words: [["l1", "another"]], ...NO_FAULT });
  });

  it("takes a word back where the answer was emptied", () => {
    expect(read("", "l1", KEY, () => "same")).toEqual({ words: [["l1", null]], ...NO_FAULT });
  });

  it("is the record whose id was put there, and no longer the one before", () => {
    const said: Said = ({ ledgerExternalId }) => (ledgerExternalId === "l1" ? "same" : null);
    expect(read("", "l2", KEY, said)).toEqual({
      words: [
        ["l1", null],
        ["l2", "same"],
      ],
      ...NO_FAULT,
    });
    expect(read("", "l2", { ...KEY, ledgerExternalId: "" })).toEqual({
      words: [["l2", "same"]],
      ...NO_FAULT,
    });
  });

  it("is another where the id was taken away", () => {
    expect(read("", "")).toEqual({ words: [["l1", "another"]], ...NO_FAULT });
  });

  it("is refused at its cell where it says neither, or contradicts itself", () => {
    expect(read("yes", "l1").faults).toEqual([[9, "N"]]);
    expect(read("Another", "l2").faults).toEqual([[9, "O"]]);
    expect(read("Same", "").faults).toEqual([[9, "O"]]);
    expect(read("Same", "l1", { ...KEY, sourceExternalId: "" }).faults).toEqual([[9, "N"]]);
  });
});

it("a key that is none of ours is not taken", () => {
  expect(parseRowKey("invoice/a%2Fb/")).toEqual({
    recordType: "invoice",
    sourceExternalId: "a/b",
    ledgerExternalId: "",
  });
  for (const text of ["", "invoice", "dragon/1/2", "invoice/%E0%A4%A/2"])
    expect(parseRowKey(text)).toBeNull();
});
