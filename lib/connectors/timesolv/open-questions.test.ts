import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import { createVersionStore, failureOf, idsOf, openCounted, pullAll } from "@/tests/contract/contract-tools";
import { REDIRECT_URI, startTimesolvWorld, type TimesolvWorld } from "@/tests/contract/timesolv-world";
import { createTimesolvConnector } from "./index";
import { timesolvManifest } from "./manifest";

/** What is not known of TimeSolv is a switch of the sandbox; the connector is right in each position. */
let world: TimesolvWorld;
beforeAll(async () => {
  world = await startTimesolvWorld();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const own = RECORD_TYPES.filter((type) => timesolvManifest.capabilities[type].read === "full");

const connectorAt = (change: object = {}) =>
  createTimesolvConnector({
    clientId: "SANDBOX-TIEOUT-APP-KEY",
    clientSecret: "sandbox-timesolv-secret-key",
    appBase: `${world.sandbox.origin}/timesolv/App`,
    apiBase: `${world.sandbox.origin}/timesolv/Services/rest/oAuth2V1/`,
    ...change,
  });

test.each([
  ["timesolv.token-lifetime", "named"],
  ["timesolv.token-lifetime", "unnamed"],
  ["timesolv.token-error-status", "200"],
])("with %s %s every type is read once, and later additions once", async (name, position) => {
  world.sandbox.context.switches.set(name, position);
  const { connector } = await openCounted(world);
  const store = createVersionStore();
  for (const recordType of own) {
    const first = await pullAll(connector, recordType, { store });
    expect(idsOf(first.records, recordType)).toHaveLength(
      (await world.reading.externalIds(recordType)).length,
    );
    const added = await world.reading.insert(recordType);
    const next = await pullAll(connector, recordType, { store, cursor: first.cursor });
    expect(idsOf(next.records, recordType)).toEqual([added]);
  }
});

test.each(["400", "200"])("a permission taken back is authExpired with status %s", async (status) => {
  world.sandbox.context.switches.set("timesolv.token-error-status", status);
  const { connector } = await openCounted(world);
  await world.revokeAuthorisation();
  expect((await failureOf(world, () => connector.probe())).kind).toBe("authExpired");
});

describe("where the firm itself cannot be read", () => {
  beforeEach(() => world.sandbox.context.switches.set("timesolv.firm-search", "absent"));

  test("clients are read as ever, under the currency of the installation", async () => {
    const { connector } = await openCounted(world);
    expect(await connector.probe()).toEqual({
      tenantName: "TimeSolv firm",
      baseCurrency: "USD",
      timeZone: null,
    });
    const { records } = await pullAll(connector, "contact", { store: createVersionStore() });
    expect(records).toHaveLength((await world.reading.externalIds("contact")).length);
  });

  test("an invoice with a tax is kept aside, since its tax cannot be named", async () => {
    const { connector } = await openCounted(world);
    const { records, quarantined } = await pullAll(connector, "invoice", { store: createVersionStore() });
    expect(records).toEqual([]);
    expect(quarantined[0]?.problem).toContain("TaxRateId");
  });

  test("the firm is known by its code, so the same permission is the same firm", async () => {
    const { auth } = connectorAt();
    const tokens = {
      accessToken: await (await world.openSession()).accessToken(),
      refreshToken: JSON.stringify({ code: "abc", redirectUri: REDIRECT_URI }),
      expiresAt: "2026-11-21T09:00:00Z",
      scopes: [],
      previousRefreshToken: null,
    };
    const where = { region: "global", apiBase: "" };
    const [one] = await auth.listTenants(tokens, where);
    expect(one?.tenantId).toMatch(/^firm-.{16}$/);
    expect(await auth.listTenants(tokens, where)).toEqual([one]);
    expect(one?.tenantId).not.toContain("abc");
  });
});

describe("consent", () => {
  const asked = { redirectUri: REDIRECT_URI, state: "s", codeChallenge: "c", region: "global" };

  test("goes to Authorize with the two parameters that it knows, and the state", () => {
    const url = new URL(connectorAt().auth.authorizeUrl(asked));
    expect(url.pathname).toBe("/timesolv/App/Authorize.aspx");
    expect([...url.searchParams.keys()].sort()).toEqual(["client_id", "redirect_uri", "state"]);
  });

  test("is refused in plain words where Tieout is not registered", () => {
    expect(() => connectorAt({ clientId: "" }).auth.authorizeUrl(asked)).toThrow(/not registered/);
  });

  test.each([
    [new URLSearchParams({ state: "s" }), "authExpired"],
    [new URLSearchParams({ code: "nobody's" }), "authExpired"],
  ])("that brings %s is %s", async (callback, kind) => {
    const { auth } = connectorAt();
    const request = { callback, redirectUri: REDIRECT_URI, codeVerifier: "v", region: "global" };
    expect((await failureOf(world, () => auth.exchange(request))).kind).toBe(kind);
  });

  test("of a wrong secret is our own fault and nobody's who could connect again", async () => {
    const { auth } = connectorAt({ clientSecret: "wrong" });
    const callback = new URLSearchParams({ code: "any" });
    const request = { callback, redirectUri: REDIRECT_URI, codeVerifier: "v", region: "global" };
    expect((await failureOf(world, () => auth.exchange(request))).kind).toBe("permission");
  });
});

test("a prospect is never read, is not said to be gone, and comes once it is a client", async () => {
  const { connector } = await openCounted(world);
  const store = createVersionStore();
  const id = world.seed().addClient({ name: "Larkspur", status: "Prospect" });
  const first = await pullAll(connector, "contact", { store });
  expect(idsOf(first.records, "contact")).not.toContain(id);
  expect(await connector.get("contact", id)).toBeNull();
  const listed: string[] = [];
  for await (const ids of connector.listIds("contact")) listed.push(...ids);
  expect(listed).toContain(id);
  world.seed().change("client", id, { ClientStatus: "Active" });
  const next = await pullAll(connector, "contact", { store, cursor: first.cursor });
  expect(next.records).toMatchObject([{ externalId: id, name: "Larkspur", active: true }]);
});

test("an excess that was used up comes once more as deleted, and then no more", async () => {
  const { connector } = await openCounted(world);
  const store = createVersionStore();
  const seed = world.seed();
  const clientId = seed.ids("client")[0] ?? "";
  const id = seed.addPayment({ number: "P-x", clientId, date: "2026-10-01", amount: "30" });
  const first = await pullAll(connector, "payment", { store });
  expect(idsOf(first.records, "overpayment")).toContain(`${id}:excess`);
  const invoiceId = seed.ids("invoice")[0] ?? "";
  seed.change("payment", id, { AppliedTo: [{ InvoiceId: invoiceId, InvoiceNumber: "TL-1", Amount: 30 }] });
  const next = await pullAll(connector, "payment", { store, cursor: first.cursor });
  expect(next.records).toMatchObject([
    { externalId: `${id}:${invoiceId}`, status: "open" },
    { externalId: `${id}:excess`, status: "deleted" },
  ]);
  const quiet = await pullAll(connector, "payment", { store, cursor: next.cursor });
  expect(quiet.records).toEqual([]);
});
