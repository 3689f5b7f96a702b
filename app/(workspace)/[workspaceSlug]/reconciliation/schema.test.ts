import { describe, expect, it } from "vitest";
import { acceptFindingSchema, closeMonthSchema, postAgainSchema } from "./schema";

describe("what the tie-out's forms may send", () => {
  it.each(["2026-07", "1999-12"])("takes the month %s", (month) => {
    expect(closeMonthSchema.safeParse({ month }).success).toBe(true);
  });

  it.each(["2026-13", "2026-7", "2026", "'; DROP", ""])("refuses the month %s", (month) => {
    expect(closeMonthSchema.safeParse({ month }).success).toBe(false);
  });

  it("wants a reason of words for what is accepted", () => {
    const why = (text: string) => acceptFindingSchema.safeParse({ findingId: "7", why: text }).success;
    expect([why("Agreed with the customer."), why("   "), why("x".repeat(501))]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("names a finding by its number alone", () => {
    expect(postAgainSchema.safeParse({ findingId: "1 OR 1=1" }).success).toBe(false);
  });
});
