import { describe, expect, test } from "vitest";
import { createLogger } from "./logger";
import { redactText } from "./redact";

const OPAQUE = "k3Jq-8sYw_opaque-refresh-token-7ZpXv2";
const JWT = "eyJhbGciOiJSUzI1NiIsImtpZCI6IjFDQUY4RTY2.eyJuYmYiOjE3NjMwMDB9.c2lnbmF0dXJl-_x";
const ZOHO = "1000.41d9f2cfbd1b7a8f9e314b7aff7bc2d1.8fcc9810810a216793f385b9dd6e125f";
const SECRETS = [OPAQUE, JWT, ZOHO];

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger("debug", { write: (line: string) => void lines.push(line) }));
  for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  return lines.join("");
}

function expectSafe(write: (logger: ReturnType<typeof createLogger>) => void): void {
  const output = logged(write);
  for (const secret of SECRETS) expect(output).not.toContain(secret);
  expect(output).toContain("[redacted]");
}

const nest = (value: unknown, depth: number): unknown =>
  depth === 0 ? value : { inner: nest(value, depth - 1), list: [nest(value, depth - 1)] };

describe("by name", () => {
  const names = [
    "accessToken",
    "refresh_token",
    "previousRefreshToken",
    "id_token",
    "sessionToken",
    "Authorization",
    "authorization",
    "set-cookie",
    "Cookie",
    "clientSecret",
    "client_secret",
    "codeVerifier",
    "password",
    "X-Api-Key",
    "code",
  ];
  test.each(names)("a member called %s is cut at any depth, in lists too", (name) => {
    for (const depth of [0, 1, 3, 5])
      expectSafe((logger) => logger.info({ at: nest({ [name]: OPAQUE }, depth) }));
    expectSafe((logger) => logger.info({ [name]: OPAQUE }));
  });

  test("a child's bindings are cut too", () => {
    expectSafe((logger) => logger.child({ refreshToken: OPAQUE }).info("hello"));
  });

  test("a value interpolated into the message is cut too", () => {
    expectSafe((logger) => logger.info("answer %o %j", { refresh_token: OPAQUE }, { accessToken: OPAQUE }));
  });

  test("a map and headers of a request are cut too", () => {
    expectSafe((logger) => logger.info({ headers: new Map([["x", { authorization: OPAQUE }]]) }));
  });
});

describe("by look", () => {
  const texts = [
    `Authorization: Bearer ${JWT}`,
    `authorization: bearer ${OPAQUE}`,
    `Zoho-oauthtoken ${ZOHO}`,
    `token ${JWT} has expired`,
    `the refresh token ${ZOHO} was revoked`,
    `grant_type=refresh_token&refresh_token=${OPAQUE}&client_secret=${OPAQUE}`,
    `{"access_token":"${OPAQUE}","expires_in":1800}`,
    JSON.stringify({ body: JSON.stringify({ refresh_token: OPAQUE }) }),
    `GET https://app.example/callback?state=1&code=${OPAQUE}`,
    `postgresql://tieout:${OPAQUE}@localhost:5432/tieout`,
  ];
  for (const text of texts) {
    test(`a token is cut from: ${text.slice(0, 50).replaceAll(/[%"]/g, "'")}`, () => {
      expectSafe((logger) => logger.info(text));
      expectSafe((logger) => logger.info({ deep: [{ answer: text }] }, "said"));
      expectSafe((logger) => logger.info("vendor says %s", text));
      expectSafe((logger) => logger.error(new Error(text)));
      expectSafe((logger) => logger.error({ err: new Error(text) }));
      expectSafe((logger) =>
        logger.error({ failure: new Error("outer", { cause: new Error(text) }) }, "failed"),
      );
      expectSafe((logger) => logger.error({ err: new AggregateError([new Error(text)], "many") }, "failed"));
      expectSafe((logger) => logger.child({ text }).info("hello"));
    });
  }

  test("a token that the message and its value only form together is cut", () => {
    expectSafe((logger) => logger.info("sent Bearer %s", OPAQUE));
  });
});

test.each([
  "sk_live_51QabcDEFghiJKL",
  "rk_test_51QabcDEFghiJKL",
  "whsec_k3Jq8sYwopaque",
  "https://hooks.slack.com/services/T00/B00/k3Jq8sYwopaque",
])("%s is cut from a sentence", (secret) => {
  const output = logged((logger) => logger.info(`refused with ${secret}`));
  expect(output).not.toContain(secret.slice(-8));
  expect(output).toContain("[redacted]");
});

describe("details of people", () => {
  const details = ["anna.hart@shop.co.uk", "+44 20 7946 0018", "DE89 3704 0044 0532 0130 00"];

  test("are masked in a message, a member, an error and what is interpolated", () => {
    for (const detail of details)
      for (const write of [
        (logger: ReturnType<typeof createLogger>) => logger.info(`refused for ${detail}`),
        (logger: ReturnType<typeof createLogger>) =>
          logger.info({ deep: [{ said: `of\n${detail}` }] }, "said"),
        (logger: ReturnType<typeof createLogger>) =>
          logger.error({ err: new Error(`no ${detail}`) }, "failed"),
        (logger: ReturnType<typeof createLogger>) => logger.info("vendor says %s", detail),
      ]) {
        const output = logged(write);
        expect(output).not.toContain(detail);
        expect(output).toContain("***");
      }
  });
});

describe("errors", () => {
  test("an error is told with its causes, and without the request that an SDK hung on it", () => {
    const inner = Object.assign(new Error("401"), { config: { headers: { "X-Custom": OPAQUE } } });
    const output = logged((logger) =>
      logger.error({ err: new TypeError("refused", { cause: inner }) }, "failed"),
    );
    expect(output).not.toContain(OPAQUE);
    expect(JSON.parse(output)).toMatchObject({
      msg: "failed",
      err: { type: "TypeError", message: "refused", cause: { type: "Error", message: "401" } },
    });
  });

  test("what is no error is told as what it is", () => {
    const output = logged((logger) => logger.error({ err: `Bearer ${OPAQUE}` }, "thrown as text"));
    expect(JSON.parse(output).err).toBe("[redacted]");
  });

  test("an object that contains itself is logged once", () => {
    const circle: Record<string, unknown> = { name: "circle" };
    circle.self = circle;
    expect(JSON.parse(logged((logger) => logger.info({ circle }))).circle).toEqual({
      name: "circle",
      self: "[circular]",
    });
  });
});

describe("what is no secret", () => {
  test("names, amounts, ids and error codes are written as they are", () => {
    const fields = {
      errorId: "e-1",
      connectorId: "zoho-books",
      amount: "1204.50",
      minor: 5n,
      code: "OAUTH_CALLBACK_ERROR",
      cause: { code: "23505" },
      tokenCount: 3,
      at: new Date(0),
      address: "https://api.xero.com/api.xro/2.0/Invoices?page=2",
    };
    const output = JSON.parse(logged((logger) => logger.info(fields, "posted 12 of 50 at 10:15")));
    expect(output).toMatchObject({
      ...fields,
      minor: "5",
      at: "1970-01-01T00:00:00.000Z",
      msg: "posted 12 of 50 at 10:15",
    });
  });

  test("cleaning a text twice changes nothing more", () => {
    const text = `Bearer ${JWT} refresh_token=${OPAQUE}`;
    expect(redactText(redactText(text))).toBe(redactText(text));
  });

  test("a quiet level writes nothing", () => {
    const lines: string[] = [];
    createLogger("silent", { write: (line: string) => void lines.push(line) }).error("x");
    expect(lines).toEqual([]);
  });
});
