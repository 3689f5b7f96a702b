import { expect, test } from "vitest";
import { describeSeconds } from "./describe-seconds";

test.each([
  [0, "under a minute"],
  [60, "1 minute"],
  [61, "2 minutes"],
  [7199, "120 minutes"],
  [7200, "2 hours"],
  [172_800, "2 days"],
])("%i seconds are %s", (seconds, words) => {
  expect(describeSeconds(seconds)).toBe(words);
});
