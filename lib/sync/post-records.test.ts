import fc from "fast-check";
import { expect, test } from "vitest";
import { fittingBatch } from "./post-records";

const row = fc.record({
  verb: fc.constantFrom("create", "update", "void"),
  payload_bytes: fc.nat({ max: 4_000_000 }),
});
const rows = fc
  .array(row, { maxLength: 60 })
  .map((all) => all.map((one, index) => ({ ...one, id: `${index}` })));

test("a batch is the longest beginning of one verb that fits the bytes, and never empty while something waits", () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 0, max: 4_000_000 }), (waiting, limit) => {
      const ids = fittingBatch(waiting, limit);
      const batch = waiting.slice(0, ids.length);
      expect(ids).toEqual(batch.map((one) => one.id));
      expect(new Set(batch.map((one) => one.verb)).size).toBe(waiting.length > 0 ? 1 : 0);
      const bytes = batch.reduce((total, one) => total + one.payload_bytes, 0);
      expect(ids.length <= 1 || bytes <= limit).toBe(true);
      const next = waiting[ids.length];
      if (next && next.verb === batch[0]?.verb) expect(bytes + next.payload_bytes).toBeGreaterThan(limit);
    }),
  );
});

test("one record that alone is over the limit goes alone, so that it can be refused by name", () => {
  const waiting = [
    { id: "big", verb: "create", payload_bytes: 5_000 },
    { id: "small", verb: "create", payload_bytes: 1 },
  ];
  expect(fittingBatch(waiting, 3_500)).toEqual(["big"]);
});
