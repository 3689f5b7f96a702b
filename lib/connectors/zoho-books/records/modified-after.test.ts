import { expect, test } from "vitest";
import { type ModifiedAfter, nextModifiedAfter, secondToAsk, showsInclusive } from "./modified-after";

const after = (change: Partial<ModifiedAfter> = {}): ModifiedAfter => ({
  newest: "2026-07-01T10:00:00Z",
  settled: false,
  inclusive: false,
  ...change,
});

/** Whether a record of that second comes, with either reading of the filter. */
const gives = (asked: string, second: string, inclusive: boolean): boolean =>
  second > asked || (inclusive && second === asked);

test.each([true, false])(
  "a second still running when it was read is read again (inclusive filter: %s)",
  (inclusive) => {
    expect(gives(secondToAsk(after()), "2026-07-01T10:00:00Z", inclusive)).toBe(true);
  },
);

test.each([true, false])(
  "the second after a settled one is always asked for (inclusive filter: %s)",
  (inclusive) => {
    const asked = secondToAsk(after({ settled: true, inclusive }));
    expect(gives(asked, "2026-07-01T10:00:01Z", inclusive)).toBe(true);
    expect(gives(asked, "2026-07-01T10:00:00Z", inclusive)).toBe(false);
  },
);

test("a filter counts as inclusive only once it gave the very second asked for", () => {
  const asked = after({ settled: true });
  expect(showsInclusive(asked, ["2026-07-01T10:00:01Z", null])).toBe(false);
  expect(showsInclusive(asked, ["2026-07-01T10:00:00Z"])).toBe(true);
});

test("the next reading starts no later than this one began", () => {
  const next = nextModifiedAfter(after(), {
    newest: "2026-07-01T12:30:00Z",
    startedAt: "2026-07-01T12:00:00Z",
    inclusive: false,
  });
  expect(next).toEqual({ newest: "2026-07-01T12:00:00Z", settled: false, inclusive: false });
});

test("a second is settled a minute later, also when nothing new came", () => {
  const seen = { newest: null, inclusive: true };
  expect(nextModifiedAfter(after(), { ...seen, startedAt: "2026-07-01T10:00:59Z" })?.settled).toBe(false);
  expect(nextModifiedAfter(after(), { ...seen, startedAt: "2026-07-01T10:01:00Z" })?.settled).toBe(true);
});

test("an empty organisation has no start yet", () => {
  expect(
    nextModifiedAfter(null, { newest: null, startedAt: "2026-07-01T10:00:00Z", inclusive: false }),
  ).toBeNull();
});
