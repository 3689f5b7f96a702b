import fc from "fast-check";
import { expect, test } from "vitest";
import { alike, fittingBatch, sharersMax } from "./post-records";
import { SENDS_MAX } from "./settle-unknowns";

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

/** Sends until nothing waits; a call with one of the poisoned in it is never answered and saves nothing. */
function sendAll(count: number, batch: number, poisoned: ReadonlySet<number>) {
  let waiting = Array.from({ length: count }, (_, id) => ({ id, attempts: 0 }));
  const posted: number[] = [];
  const givenUp: number[] = [];
  while (waiting.length > 0) {
    const offered = waiting.slice(0, batch);
    const sent = alike(offered).slice(0, sharersMax(batch, offered[0]?.attempts ?? 0));
    const isAnswered = !sent.some((one) => poisoned.has(one.id));
    waiting = waiting.filter((one) => !sent.includes(one));
    for (const one of sent) {
      const attempts = one.attempts + 1;
      if (isAnswered) posted.push(one.id);
      else if (attempts >= SENDS_MAX) givenUp.push(one.id);
      else waiting.push({ id: one.id, attempts });
    }
  }
  return { posted, givenUp };
}

test("a record that the ledger stumbles over is given up alone, and every neighbour is posted", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 150 }),
      fc.integer({ min: 1, max: 50 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 149 }), { maxLength: 5 }),
      (count, batch, chosen) => {
        const poisoned = new Set(chosen.filter((id) => id < count));
        const { posted, givenUp } = sendAll(count, batch, poisoned);
        expect(new Set(givenUp)).toEqual(poisoned);
        expect(posted.length).toBe(count - poisoned.size);
      },
    ),
  );
});
