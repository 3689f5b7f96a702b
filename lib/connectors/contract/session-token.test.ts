import { expect, test } from "vitest";
import { createSessionToken } from "./session-token";

test("calls that find one token refused at the same time renew it once", async () => {
  const asked: boolean[] = [];
  const token = createSessionToken({
    accessToken: async (options) => {
      asked.push(options?.force ?? false);
      return `token ${asked.length}`;
    },
  });
  const first = await token.current();
  const renewed = await Promise.all([token.renewed(first), token.renewed(first)]);
  expect(new Set([...renewed, await token.current()]).size).toBe(1);
  expect(renewed[0]).not.toBe(first);
  expect(asked).toEqual([false, true]);
});

test("a renewal that failed is asked for again", async () => {
  let count = 0;
  const token = createSessionToken({
    accessToken: async () => {
      count += 1;
      if (count === 1) throw new Error("not now");
      return "later";
    },
  });
  await expect(token.current()).rejects.toThrow("not now");
  expect(await token.current()).toBe("later");
});
