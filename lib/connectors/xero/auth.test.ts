import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fixedClock } from "@/lib/kernel/clock";
import { HARBOUR_TENANT_ID, TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { XERO_CLIENT_ID, XERO_CLIENT_SECRET } from "@/sandbox/xero/identity/registered-apps";
import { connectXeroTenant, REDIRECT_URI, startXeroWorld, type XeroWorld } from "@/tests/contract/xero-world";
import { createXeroConnector } from ".";
import { createXeroAuth } from "./auth";
import { xeroManifest } from "./manifest";

let world: XeroWorld;

beforeAll(async () => {
  world = await startXeroWorld({ fill: () => undefined });
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const auth = () => world.definition.auth;

describe("consent", () => {
  test("asks Xero's own login page for exactly the scopes that the manifest explains, with PKCE", () => {
    const { auth: real } = createXeroConnector({
      clientId: "an-id",
      clientSecret: "a-secret",
      authority: "https://identity.xero.com",
      apiBase: "https://api.xero.com",
    });
    const address = new URL(
      real.authorizeUrl({ redirectUri: REDIRECT_URI, state: "s", codeChallenge: "c", region: "global" }),
    );
    expect(address.origin + address.pathname).toBe("https://login.xero.com/identity/connect/authorize");
    expect(Object.fromEntries(address.searchParams)).toEqual({
      response_type: "code",
      client_id: "an-id",
      redirect_uri: REDIRECT_URI,
      scope: xeroManifest.scopes.map(({ name }) => name).join(" "),
      state: "s",
      code_challenge: "c",
      code_challenge_method: "S256",
    });
    expect(address.toString()).not.toContain("a-secret");
  });

  test("that a person denies is a permission error", async () => {
    await expect(connectXeroTenant(world.definition, { decision: "deny" })).rejects.toMatchObject({
      kind: "permission",
    });
  });

  test("is worthless with another code verifier", async () => {
    const exchange = connectXeroTenant(world.definition, {
      code_challenge: "the-challenge-of-some-other-verifier-entirely",
    });
    await expect(exchange).rejects.toMatchObject({ kind: "authExpired" });
  });

  test("lists the organisation that it connected and no other", async () => {
    const { tokens } = await connectXeroTenant(world.definition, { tenant: HARBOUR_TENANT_ID });
    const tenants = await auth().listTenants(tokens, world.where);
    expect(tenants).toMatchObject([{ tenantId: HARBOUR_TENANT_ID, name: "Harbour Café Ltd" }]);
  });
});

describe("tokens", () => {
  test("expire by the clock they were got by", async () => {
    const clock = fixedClock("2026-05-10T09:00:00Z");
    const other = createXeroAuth({
      clientId: XERO_CLIENT_ID,
      clientSecret: XERO_CLIENT_SECRET,
      authority: `${world.sandbox.origin}/xero/identity`,
      apiBase: world.where.apiBase,
      requestTimeoutMs: 900,
      clock,
    });
    const { expiresAt } = await other.refresh(world.connection().tokens, world.where);
    expect(expiresAt).toBe("2026-05-10T09:30:00.000Z");
  });

  test("a refresh gives a new refresh token and keeps the one before it", async () => {
    const { tokens } = world.connection();
    const renewed = await auth().refresh(tokens, world.where);
    expect(renewed.refreshToken).not.toBe(tokens.refreshToken);
    expect(renewed.previousRefreshToken).toBe(tokens.refreshToken);
    expect(renewed.scopes).toEqual(expect.arrayContaining(["accounting.invoices", "offline_access"]));
  });

  test("a refresh whose answer was lost succeeds with the same token again", async () => {
    const { tokens } = world.connection();
    world.sandbox.faults.order({
      service: "xero",
      method: "POST",
      skip: 0,
      times: 1,
      effect: { type: "drop-after" },
    });
    await expect(auth().refresh(tokens, world.where)).rejects.toMatchObject({ kind: "unavailable" });
    await expect(auth().refresh(tokens, world.where)).resolves.toMatchObject({
      previousRefreshToken: tokens.refreshToken,
    });
  });

  test("a newest token that Xero does not know gives way to the one before it", async () => {
    const { tokens } = world.connection();
    const damaged = { ...tokens, refreshToken: "never-given-out", previousRefreshToken: tokens.refreshToken };
    const renewed = await auth().refresh(damaged, world.where);
    expect(renewed.previousRefreshToken).toBe(tokens.refreshToken);
  });

  test("no good token left is authExpired, and the error shows none", async () => {
    const tokens = { ...world.connection().tokens, refreshToken: "never-given-out" };
    const failure = await auth()
      .refresh(tokens, world.where)
      .catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ kind: "authExpired", retry: "never" });
    const shown = inspect(failure, { depth: 8 });
    for (const secret of [XERO_CLIENT_SECRET, tokens.accessToken, "never-given-out"])
      expect(shown).not.toContain(secret);
  });

  test("a wrong client secret is the app's fault and not the connection's", async () => {
    const { auth: wrong } = createXeroConnector({
      clientId: XERO_CLIENT_ID,
      clientSecret: "a-wrong-secret",
      authority: `${world.sandbox.origin}/xero/identity`,
      apiBase: world.where.apiBase,
    });
    await expect(wrong.refresh(world.connection().tokens, world.where)).rejects.toMatchObject({
      kind: "permission",
    });
  });
});

describe("disconnecting", () => {
  test("ends one organisation and leaves the person's other one connected", async () => {
    const { tokens: other } = await connectXeroTenant(world.definition, { tenant: HARBOUR_TENANT_ID });
    const { tokens, authorisationId } = world.connection();
    await auth().disconnect(tokens, { ...world.where, authorisationId });
    await expect(auth().refresh(other, world.where)).resolves.toBeDefined();
    const session = await world.openSession();
    const harbour = world.definition.open({ ...session, tenantId: HARBOUR_TENANT_ID });
    expect(await harbour.probe()).toMatchObject({ tenantName: "Harbour Café Ltd" });
    const tidewater = world.definition.open(session);
    await expect(tidewater.probe()).rejects.toMatchObject({ kind: "authExpired" });
  });

  test("twice is no error, and the last one takes the refresh token back", async () => {
    const { tokens, authorisationId } = world.connection();
    await auth().disconnect(tokens, { ...world.where, authorisationId });
    await auth().disconnect(tokens, { ...world.where, authorisationId });
    await expect(auth().refresh(tokens, world.where)).rejects.toMatchObject({ kind: "authExpired" });
  });

  test.each(["403", "401"])(
    "inside Xero shows as authExpired at the next call (status %s)",
    async (position) => {
      world.sandbox.context.switches.set("xero.after-disconnect", position);
      const { tokens, authorisationId } = world.connection();
      await auth().disconnect(tokens, { ...world.where, authorisationId });
      const session = await world.openSession();
      const connector = world.definition.open({ ...session, accessToken: async () => tokens.accessToken });
      await expect(connector.probe()).rejects.toMatchObject({ kind: "authExpired" });
    },
  );
});

describe("sessions", () => {
  test("of two organisations at once never see each other's", async () => {
    const { tokens } = await connectXeroTenant(world.definition, { tenant: HARBOUR_TENANT_ID });
    const session = await world.openSession();
    const tidewater = world.definition.open(session);
    const harbour = world.definition.open({
      ...session,
      tenantId: HARBOUR_TENANT_ID,
      accessToken: async () => tokens.accessToken,
    });
    const names = await Promise.all(
      Array.from({ length: 4 }, (_, turn) => (turn % 2 === 0 ? tidewater : harbour).probe()),
    );
    expect(names.map(({ tenantName }) => tenantName)).toEqual([
      "Tidewater Gifts Ltd",
      "Harbour Café Ltd",
      "Tidewater Gifts Ltd",
      "Harbour Café Ltd",
    ]);
  });

  test.each(["401", "403"])("without the scope get a permission error (status %s)", async (position) => {
    world.sandbox.context.switches.set("xero.insufficient-scope", position);
    const { tokens } = await connectXeroTenant(world.definition, {
      tenant: TIDEWATER_TENANT_ID,
      scope: "openid offline_access accounting.contacts",
    });
    const session = await world.openSession();
    let forced = 0;
    const connector = world.definition.open({
      ...session,
      async accessToken(options) {
        if (options?.force === true) forced += 1;
        return tokens.accessToken;
      },
    });
    await expect(connector.referenceData()).rejects.toMatchObject({ kind: "permission" });
    expect(forced).toBe(0);
  });
});
