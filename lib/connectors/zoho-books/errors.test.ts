import { describe, expect, test } from "vitest";
import { HttpFailure } from "@/lib/http/send-request";
import { readAnswer } from "./client";
import { errorOfThrown } from "./errors";

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
  status,
  headers,
  text: typeof body === "string" ? body : JSON.stringify(body),
  bytes: 0,
});

function kindOf(status: number, body: unknown, headers?: Record<string, string>) {
  try {
    readAnswer(answer(status, body, headers));
  } catch (thrown) {
    return thrown;
  }
  return null;
}

describe("an answer of Zoho Books", () => {
  test.each([
    [400, { code: 4, message: "Invalid value" }, "validation"],
    [401, { code: 14, message: "Invalid value passed for authtoken." }, "authExpired"],
    [401, { code: 57, message: "You are not authorized" }, "permission"],
    [401, { code: 6041, message: "not associated" }, "permission"],
    [404, { code: 1002, message: "Invoice does not exist." }, "notFound"],
    [400, { code: 1002, message: "Invoice does not exist." }, "notFound"],
    [404, { code: 5, message: "Invalid URL Passed" }, "wireMismatch"],
    [429, { code: 44, message: "blocked" }, "rateLimited"],
    [429, "<html>", "rateLimited"],
    [200, { code: 1002, message: "Invoice does not exist." }, "notFound"],
    [200, { code: 9999, message: "?" }, "validation"],
    [500, "<html>", "unavailable"],
    [503, { code: 0, message: "success" }, "unavailable"],
    [302, "", "wireMismatch"],
    [200, '{"code":0,"invoices":[', "wireMismatch"],
    [200, "[]", "wireMismatch"],
  ])("of status %i and body %j is %s", (status, body, kind) => {
    expect(kindOf(status, body)).toMatchObject({ name: "ConnectorError", kind, mayHaveBeenApplied: false });
  });

  test("of code 0 is its body, with the server's own time", () => {
    const read = readAnswer(answer(200, { code: 0, items: [] }, { date: "Sat, 21 Nov 2026 09:00:00 GMT" }));
    expect(read.body.items).toEqual([]);
    expect(read.serverTime?.toISOString()).toBe("2026-11-21T09:00:00.000Z");
  });

  test("about limits says when to come back, by Retry-After where there is one", () => {
    expect(kindOf(429, { code: 44 })).toMatchObject({ retryAfterMs: 60_000 });
    expect(kindOf(429, { code: 45 })).toMatchObject({ retryAfterMs: 3_600_000 });
    expect(kindOf(429, { code: 1070 })).toMatchObject({ retryAfterMs: 2_000 });
    expect(kindOf(429, { code: 44 }, { "retry-after": "7" })).toMatchObject({ retryAfterMs: 7_000 });
  });
});

test("no answer is a timeout or unavailable, and nothing can have been applied", () => {
  expect(errorOfThrown(new HttpFailure("timeout", null))).toMatchObject({
    kind: "timeout",
    mayHaveBeenApplied: false,
  });
  expect(errorOfThrown(new HttpFailure("refused", null))).toMatchObject({ kind: "unavailable" });
  expect(errorOfThrown(new HttpFailure("broken", null))).toMatchObject({ kind: "unavailable" });
});
