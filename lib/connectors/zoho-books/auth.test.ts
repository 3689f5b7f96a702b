import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fixedClock } from "@/lib/kernel/clock";
import { ZOHO_ORGANIZATION_ID } from "@/sandbox/seed/zoho-reference-data";
import { failureOf } from "@/tests/contract/contract-tools";
import {
  giveConsent,
  REDIRECT_URI,
  startZohoBooksWorld,
  type ZohoBooksWorld,
} from "@/tests/contract/zoho-books-world";
import { createZohoBooksConnector, type ZohoBooksConfig } from "./index";
import { zohoBooksManifest } from "./manifest";

let world: ZohoBooksWorld;
beforeAll(async () => {
  world = await startZohoBooksWorld();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

function authWith(change: Partial<ZohoBooksConfig> = {}) {
  const { origin } = world.sandbox;
  return createZohoBooksConnector({
    clientId: "1000.SANDBOXTIEOUT",
    clientSecret: "sandbox-zoho-client-secret",
    accountsBase: (region) => `${origin}/zoho/${region}/accounts`,
    apiBase: (region) => `${origin}/zoho/${region}/api/`,
    clock: fixedClock("2026-11-21T09:00:00Z"),
    ...change,
  }).auth;
}

const authorize = (region: string): string =>
  authWith().authorizeUrl({ redirectUri: REDIRECT_URI, state: "s", codeChallenge: "c", region });

const exchange = (callback: URLSearchParams, auth = authWith(), region = "eu") =>
  auth.exchange({ callback, redirectUri: REDIRECT_URI, codeVerifier: "v", region });

async function connected() {
  return exchange(await giveConsent(authorize("eu")));
}

describe("consent", () => {
  test("asks the region's own page for reading alone, offline", () => {
    const url = new URL(authorize("com.au"));
    expect(url.pathname).toBe("/zoho/com.au/accounts/oauth/v2/auth");
    expect(url.searchParams.get("access_type")).toBe("offline");
    const scopes = (url.searchParams.get("scope") ?? "").split(",");
    expect(scopes).toEqual(zohoBooksManifest.scopes.map(({ name }) => name));
    expect(scopes.every((scope) => scope.endsWith(".READ"))).toBe(true);
  });

  test("gives tokens that end when Zoho says, and the organisation", async () => {
    const { tokens, region, apiBase } = await connected();
    expect(region).toBe("eu");
    expect(apiBase).toBe(`${world.sandbox.origin}/zoho/eu/api`);
    expect(tokens.expiresAt).toBe("2026-11-21T10:00:00.000Z");
    expect(tokens.scopes).toEqual(zohoBooksManifest.scopes.map(({ name }) => name));
    expect(await authWith().listTenants(tokens, { region, apiBase })).toEqual([
      { tenantId: ZOHO_ORGANIZATION_ID, name: "Tidewater Gifts Ltd", authorisationId: "" },
    ]);
  });

  test("follows the account to its own data centre", async () => {
    world.sandbox.context.switches.set("zoho.consent-location", "home");
    const result = await exchange(await giveConsent(authorize("com")), authWith(), "com");
    expect(result.region).toBe("eu");
    expect(result.apiBase).toBe(`${world.sandbox.origin}/zoho/eu/api`);
  });

  test("that was declined says so", async () => {
    const failure = await failureOf(world, () => exchange(new URLSearchParams({ error: "access_denied" })));
    expect(failure.kind).toBe("authExpired");
    expect(failure.message).toContain("declined");
  });
});

test("without configured addresses Zoho's own are used", () => {
  const { auth } = createZohoBooksConnector({ clientId: "id", clientSecret: "secret" });
  const address = (region: string) =>
    new URL(auth.authorizeUrl({ redirectUri: REDIRECT_URI, state: "s", codeChallenge: "c", region })).origin;
  expect(["com", "eu", "com.au", "ca"].map(address)).toEqual([
    "https://accounts.zoho.com",
    "https://accounts.zoho.eu",
    "https://accounts.zoho.com.au",
    "https://accounts.zohocloud.ca",
  ]);
  expect(() => address("evil.example")).toThrow(/no data centre/);
});

describe("the secret goes to no host but the configured", () => {
  const strangers: readonly (readonly [string, Record<string, string>])[] = [
    ["another host", { "accounts-server": "https://accounts.zoho.eu.example.com", location: "eu" }],
    ["the host of another region", { "accounts-server": "ORIGIN/zoho/in/accounts", location: "eu" }],
    ["a longer path", { "accounts-server": "ORIGIN/zoho/eu/accounts/../../evil", location: "eu" }],
    ["no address at all", { "accounts-server": "accounts.zoho.eu", location: "eu" }],
    ["a location that is none", { location: "moon" }],
  ];
  test.each(strangers)("not to %s", async (_name, query) => {
    const before = world.sandbox.callLog.seq;
    const callback = new URLSearchParams({ code: "1000.code" });
    for (const [key, value] of Object.entries(query))
      callback.set(key, value.replace("ORIGIN", world.sandbox.origin));
    const failure = await failureOf(world, () => exchange(callback));
    expect(failure.kind).toBe("permission");
    expect(world.sandbox.callLog.seq).toBe(before);
  });

  test("and the token to no API address that is not Zoho's or configured", async () => {
    const auth = authWith({ apiBase: undefined });
    const callback = await giveConsent(authorize("eu"));
    expect((await failureOf(world, () => exchange(callback, auth))).kind).toBe("permission");
  });
});

describe.each(["200", "400"])("token errors with status %s", (status) => {
  beforeEach(() => world.sandbox.context.switches.set("zoho.token-error-status", status));

  test("a used code is authExpired", async () => {
    const callback = await giveConsent(authorize("eu"));
    await exchange(callback);
    expect((await failureOf(world, () => exchange(callback))).kind).toBe("authExpired");
  });

  test("a wrong secret is our fault, not the customer's", async () => {
    const callback = await giveConsent(authorize("eu"));
    const failure = await failureOf(world, () =>
      exchange(callback, authWith({ clientSecret: "a wrong secret" })),
    );
    expect(failure.kind).toBe("permission");
    expect(failure.message).not.toContain("wrong secret");
  });

  test("a refresh gives another access token and keeps the refresh token until it is revoked", async () => {
    const { tokens, region, apiBase } = await connected();
    const next = await authWith().refresh(tokens, { region, apiBase });
    expect(next.accessToken).not.toBe(tokens.accessToken);
    expect(next.refreshToken).toBe(tokens.refreshToken);
    await authWith().disconnect(next, { region, apiBase, authorisationId: "" });
    expect((await failureOf(world, () => authWith().refresh(next, { region, apiBase }))).kind).toBe(
      "authExpired",
    );
    await authWith().disconnect(next, { region, apiBase, authorisationId: "" });
  });
});

test("a data centre with a secret of its own is given that one", async () => {
  world.sandbox.context.switches.set("zoho.client-secret", "per-data-centre");
  const auth = authWith({ clientSecretOf: (region) => `sandbox-zoho-client-secret-${region}` });
  const { tokens } = await exchange(await giveConsent(authorize("eu")), auth);
  expect(tokens.accessToken).not.toBe("");
});

test("the eleventh access token in ten minutes is a limit, not a lost connection", async () => {
  world.sandbox.setLimitSpeed(1);
  const { tokens, region, apiBase } = await connected();
  for (let count = 0; count < 10; count += 1) await authWith().refresh(tokens, { region, apiBase });
  const failure = await failureOf(world, () => authWith().refresh(tokens, { region, apiBase }));
  expect(failure).toMatchObject({ kind: "rateLimited", retryAfterMs: 600_000 });
});
