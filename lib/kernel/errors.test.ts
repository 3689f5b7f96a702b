import { expect, test } from "vitest";
import { errorText } from "./errors";

test("an error gives its message and a text gives itself", () => {
  expect(errorText(new RangeError("too long"))).toBe("too long");
  expect(errorText("the SDK rejects with texts")).toBe("the SDK rejects with texts");
});

test("whatever else was thrown has a text too, and asking for it never throws", () => {
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  const thrown = [{ status: 500 }, undefined, null, 5n, Symbol("s"), () => 1, circular, Object.create(null)];
  for (const value of thrown) expect(errorText(value)).toEqual(expect.any(String));
  expect(errorText({ status: 500 })).toBe('{"status":500}');
});
