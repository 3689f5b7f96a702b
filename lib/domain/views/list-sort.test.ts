import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type ListSort, sortSchema, sortText } from "./list-sort";

const FALLBACK: ListSort<"date" | "amount"> = { key: "date", descending: true };
const schema = z.object({ sort: sortSchema(["date", "amount"], FALLBACK) });

describe("the order of a list in an address", () => {
  it("comes back out of the address that it makes", () => {
    for (const key of ["date", "amount"] as const)
      for (const descending of [false, true])
        expect(schema.parse({ sort: sortText({ key, descending }) }).sort).toEqual({ key, descending });
  });

  it("is the list's own where none is chosen, and where it is none of that list", () => {
    for (const sort of [undefined, "", "-", "--date", "name", ["date", "amount"], 3])
      expect(schema.parse({ sort }).sort).toEqual(FALLBACK);
    expect(schema.parse({}).sort).toEqual(FALLBACK);
  });
});
