import { expect, test } from "vitest";
import { holdFence } from "./hold-fence";

const at = (seconds: number): Date => new Date(seconds * 1000);

test("of several calls under way the earliest lease holds for all, and none once they have ended", () => {
  const fence: { until: Date | null } = { until: null };
  const endFirst = holdFence(fence, at(10));
  const endSecond = holdFence(fence, at(5));
  const endThird = holdFence(fence, at(5));
  expect(fence.until).toEqual(at(5));
  endSecond();
  expect(fence.until).toEqual(at(5));
  endThird();
  expect(fence.until).toEqual(at(10));
  endFirst();
  expect(fence.until).toBeNull();
});
