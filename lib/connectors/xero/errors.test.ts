import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { HttpFailure } from "@/lib/http/send-request";
import { errorOfAnswer, errorOfFailure, isTokenRefused, problemOfMessages } from "./errors";

const answer = (status: number, body: object | string = "", headers: Record<string, string> = {}) => ({
  status,
  headers,
  text: typeof body === "string" ? body : JSON.stringify(body),
  bytes: 0,
});

describe("Xero's sentences on orders and journals", () => {
  test.each([
    ["Purchase Order # must be unique.", "numberTaken"],
    ["Purchase order status cannot be changed from BILLED to DELETED.", "documentNotOpen"],
    ["Manual journal not of valid status for modification", "documentNotOpen"],
    ["The total debits (100.00) must equal total credits (-120.00)", "totalsDiffer"],
  ] as const)("%s", (sentence, cause) => {
    expect(problemOfMessages([sentence], "JE-4")).toEqual({
      cause,
      subject: "JE-4",
      vendorMessage: sentence,
    });
  });
});

describe("kinds of error", () => {
  test.each([
    [400, { Type: "QueryParseException", Message: "No property" }, "validation"],
    [401, { Detail: "TokenExpired: token expired" }, "authExpired"],
    [401, { Detail: "AuthorizationUnsuccessful" }, "permission"],
    [403, { Detail: "AuthorizationUnsuccessful" }, "permission"],
    [403, { Detail: "AuthenticationUnsuccessful" }, "authExpired"],
    [403, "", "permission"],
    [404, "The resource you're looking for cannot be found", "notFound"],
    [409, "", "conflict"],
    [412, "", "conflict"],
    [413, "", "validation"],
    [429, "", "rateLimited"],
    [500, "<html>", "unavailable"],
    [503, "", "unavailable"],
    [302, "", "unavailable"],
  ] as const)("status %i with %j is %s", (status, body, kind) => {
    expect(errorOfAnswer(answer(status, body), "read").kind).toBe(kind);
  });

  test("only a write without a clear answer may have been applied", () => {
    expect(errorOfAnswer(answer(500), "write").mayHaveBeenApplied).toBe(true);
    expect(errorOfAnswer(answer(500), "read").mayHaveBeenApplied).toBe(false);
    expect(errorOfAnswer(answer(429), "write").mayHaveBeenApplied).toBe(false);
    for (const [kind, may] of [
      ["refused", false],
      ["timeout", true],
      ["broken", true],
    ] as const) {
      expect(errorOfFailure(new HttpFailure(kind, null), "write").mayHaveBeenApplied).toBe(may);
      expect(errorOfFailure(new HttpFailure(kind, null), "read").mayHaveBeenApplied).toBe(false);
    }
  });

  test("a limit says when to come back, by Xero's word or by the limit's own window", () => {
    const limited = (headers: Record<string, string>) => errorOfAnswer(answer(429, "", headers), "read");
    expect(limited({ "retry-after": "34" }).retryAfterMs).toBe(34_000);
    expect(limited({ "x-rate-limit-problem": "concurrent" }).retryAfterMs).toBe(1_000);
    expect(limited({ "x-rate-limit-problem": "Minute" }).retryAfterMs).toBe(60_000);
    expect(limited({ "x-rate-limit-problem": "minute" }).message).toContain("minute");
  });

  test("the request id is kept and nothing of headers or body is shown", () => {
    const secret = "eyJhbGciOi-a-token";
    const error = errorOfAnswer(
      answer(
        400,
        { Type: "ValidationException", Message: secret },
        {
          "xero-correlation-id": "abc",
          authorization: secret,
        },
      ),
      "read",
    );
    expect(error.vendorRequestId).toBe("abc");
    expect(inspect(error, { depth: 8 })).not.toContain(secret);
  });

  test("a missing scope asks for no new token, an old token does", () => {
    expect(isTokenRefused(answer(401, { Detail: "TokenExpired" }))).toBe(true);
    expect(isTokenRefused(answer(401))).toBe(true);
    expect(isTokenRefused(answer(401, { Detail: "AuthorizationUnsuccessful" }))).toBe(false);
    expect(isTokenRefused(answer(403))).toBe(false);
  });
});

describe("what Xero's sentences mean", () => {
  test.each([
    [
      "The contact name Ada is already assigned to another contact. The contact name must be unique across all active contacts.",
      "nameTaken",
      "Ada",
    ],
    ["Invoice # must be unique.", "numberTaken", "INV-1"],
    ["Organisation is not subscribed to currency EUR", "currencyNotEnabled", "EUR"],
    [
      "The TaxType code 'INPUT2' cannot be used with account code '200'.",
      "taxNotAllowedForAccount",
      "INPUT2 / 200",
    ],
    ["Account code '999' is not a valid code for this document.", "accountNotUsable", "999"],
    [
      "The document date cannot be before the period lock date, currently set at 31 March 2026",
      "periodLocked",
      "INV-1",
    ],
    ["Something that nobody has seen before", "refused", "INV-1"],
  ])("%s", (message, cause, subject) => {
    expect(problemOfMessages([message], "INV-1")).toEqual({ cause, subject, vendorMessage: message });
  });

  test("a known sentence counts before an unknown one, and Xero's words stay whole", () => {
    const problem = problemOfMessages(["Who knows", "Invoice # must be unique."], "INV-1");
    expect(problem.cause).toBe("numberTaken");
    expect(problem.vendorMessage).toBe("Who knows Invoice # must be unique.");
  });
});
