import { createHash } from "node:crypto";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { HARBOUR_TENANT_ID, TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { connectXero, postConsent, postToken, TEST_REDIRECT_URI, type TestClient } from "../test-client";
import { XERO_CLIENT_ID, XERO_CLIENT_SECRET } from "./registered-apps";

let sandbox: RunningSandbox;
let identity: string;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, limitSpeed: 1_000_000, admin: true });
  identity = `${sandbox.origin}/xero/identity`;
});
afterAll(() => sandbox.stop());
afterEach(() => {
  for (const name of ["xero.premium-scopes", "xero.refresh-after-user-disconnect", "xero.after-disconnect"])
    sandbox.context.switches.set(name, INITIAL[name] ?? "");
});
const INITIAL: Readonly<Record<string, string>> = {
  "xero.premium-scopes": "refused",
  "xero.refresh-after-user-disconnect": "invalid-grant",
  "xero.after-disconnect": "403",
};

const ask = (fields: Record<string, string>): Promise<Response> => {
  const url = new URL(`${identity}/connect/authorize`);
  const all = {
    client_id: XERO_CLIENT_ID,
    redirect_uri: TEST_REDIRECT_URI,
    response_type: "code",
    scope: "openid",
    state: "s 1&2",
    ...fields,
  };
  for (const [name, value] of Object.entries(all)) if (value !== "") url.searchParams.set(name, value);
  return fetch(url, { redirect: "manual" });
};
const codeOf = async (form: Record<string, string>): Promise<string> =>
  (await postConsent(sandbox.origin, form)).location.get("code") ?? "";
const exchange = (code: string, more: Record<string, string> = {}) =>
  postToken(sandbox.origin, {
    grant_type: "authorization_code",
    code,
    redirect_uri: TEST_REDIRECT_URI,
    ...more,
  });
const refresh = (refresh_token: string | undefined) =>
  postToken(sandbox.origin, { grant_type: "refresh_token", refresh_token: refresh_token ?? "" });
const connections = async (
  client: TestClient,
  query = "",
): Promise<{ status: number; links: Record<string, string>[] }> => {
  const response = await fetch(`${sandbox.origin}/xero/api/Connections${query}`, {
    headers: { authorization: `Bearer ${client.tokens.access_token}` },
  });
  return { status: response.status, links: await response.json() };
};

describe("discovery", () => {
  it("names every endpoint under the issuer, and each answers", async () => {
    const document = await (await fetch(`${identity}/.well-known/openid-configuration`)).json();
    expect(document).toMatchObject({
      issuer: identity,
      token_endpoint: `${identity}/connect/token`,
      id_token_signing_alg_values_supported: ["RS256"],
      code_challenge_methods_supported: ["S256", "plain"],
    });
    for (const name of ["authorization", "token", "userinfo", "revocation"])
      expect((await fetch(document[`${name}_endpoint`], { method: "POST" })).status).not.toBe(500);
    expect((await (await fetch(document.jwks_uri)).json()).keys[0]).toMatchObject({
      kty: "RSA",
      alg: "RS256",
    });
  });
});

describe("authorize", () => {
  it.each([
    ["an unknown client", { client_id: "0000" }],
    ["no client", { client_id: "" }],
    ["http://127.0.0.1", { redirect_uri: "http://127.0.0.1:3000/cb" }],
    ["http elsewhere", { redirect_uri: "http://example.com/cb" }],
    ["no address to come back to", { redirect_uri: "" }],
  ])("shows a page and sends nobody back with %s", async (_, fields) => {
    const response = await ask(fields);
    expect(response.status).toBe(400);
    expect(response.headers.get("location")).toBeNull();
    expect(await response.text()).toContain("unauthorized_client");
  });

  it.each([
    ["another response type", { response_type: "token" }, "unsupported_response_type"],
    ["no response type", { response_type: "" }, "unsupported_response_type"],
    ["no scope", { scope: "" }, "invalid_scope"],
    ["an unknown scope", { scope: "openid accounting.nonsense" }, "invalid_scope"],
    [
      "a challenge of an unknown method",
      { code_challenge: "x".repeat(43), code_challenge_method: "S512" },
      "invalid_request",
    ],
    [
      "a challenge that is too short",
      { code_challenge: "x".repeat(42), code_challenge_method: "S256" },
      "invalid_request",
    ],
  ])("comes back with %s as %s, the state and nothing else", async (_, fields, error) => {
    const response = await ask(fields);
    expect(response.status).toBe(302);
    const location = new URL(response.headers.get("location") ?? "");
    expect(Object.fromEntries(location.searchParams)).toEqual({ error, state: "s 1&2" });
  });
});

describe("scopes of an app made today", () => {
  const outcome = async (scope: string): Promise<string> =>
    new URL(
      (await ask({ scope })).headers.get("location") ?? "http://localhost/?error=none",
    ).searchParams.get("error") ?? "";

  it.each([
    "accounting.transactions",
    "accounting.transactions.read",
    "accounting.reports.read",
    "accounting.journals",
    "accounting.journals.read",
    "accounting.budgets",
    "accounting.reports.trialbalance",
    "bankfeeds",
    "ACCOUNTING.CONTACTS",
  ])("%s is refused, also beside good ones", async (scope) => {
    expect(await outcome(scope)).toBe("invalid_scope");
    expect(await outcome(`openid accounting.contacts ${scope}`)).toBe("invalid_scope");
  });

  it.each([
    ...[
      "invoices",
      "payments",
      "banktransactions",
      "manualjournals",
      "contacts",
      "settings",
      "attachments",
    ].flatMap((name) => [`accounting.${name}`, `accounting.${name}.read`]),
    ...[
      "aged",
      "balancesheet",
      "banksummary",
      "budgetsummary",
      "executivesummary",
      "profitandloss",
      "trialbalance",
      "taxreports",
      "tenninetynine",
    ].map((name) => `accounting.reports.${name}.read`),
    "accounting.budgets.read",
    "payroll.employees",
    "payroll.employees.read",
    "openid profile email offline_access",
  ])("%s is taken", async (scope) => {
    expect(await outcome(scope)).toBe("none");
  });

  it("accounting.journals.read is taken once Xero has granted it", async () => {
    sandbox.context.switches.set("xero.premium-scopes", "granted");
    expect(await outcome("accounting.journals.read")).toBe("none");
  });
});

describe("a code", () => {
  it("is held to its challenge by either method", async () => {
    const verifier = "plain-verifier-that-is-long-enough-for-rfc-7636";
    const hashed = createHash("sha256").update(verifier).digest("base64url");
    for (const [method, challenge] of [
      ["plain", verifier],
      ["S256", hashed],
    ] as const) {
      const form = { code_challenge: challenge, code_challenge_method: method };
      expect((await exchange(await codeOf(form), { code_verifier: verifier })).status).toBe(200);
      const wrongs: Record<string, string>[] = [{ code_verifier: `${verifier}x` }, {}];
      for (const wrong of wrongs)
        expect(await exchange(await codeOf(form), wrong)).toMatchObject({
          status: 400,
          json: { error: "invalid_grant" },
        });
    }
    const unnamed = { code_challenge: verifier };
    expect((await exchange(await codeOf(unnamed), { code_verifier: verifier })).status).toBe(200);
  });

  it("is good for five minutes and for one exchange", async () => {
    const late = await codeOf({});
    sandbox.ageTokens("xero", 6);
    expect((await exchange(late)).json).toEqual({ error: "invalid_grant" });
    const used = await codeOf({});
    expect((await exchange(used)).status).toBe(200);
    expect((await exchange(used)).json).toEqual({ error: "invalid_grant" });
    expect((await exchange("made-up")).json).toEqual({ error: "invalid_grant" });
  });
});

describe("the token endpoint", () => {
  it.each([
    ["client_credentials", "unauthorized_client"],
    ["password", "unsupported_grant_type"],
    ["", "unsupported_grant_type"],
  ])("answers the grant type '%s' with %s", async (grant_type, error) => {
    expect(await postToken(sandbox.origin, { grant_type })).toEqual({ status: 400, json: { error } });
  });

  it("takes the client by Basic or in the form, and nobody else", async () => {
    const { tokens } = await connectXero(sandbox.origin);
    const post = async (headers: Record<string, string>, form: Record<string, string>) => {
      const body = new URLSearchParams({
        grant_type: "refresh_token",
        refresh_token: tokens.refresh_token ?? "",
        ...form,
      });
      const response = await fetch(`${identity}/connect/token`, { method: "POST", headers, body });
      return { status: response.status, json: await response.json() };
    };
    const basic = (user: string, secret: string) => ({
      authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}`,
    });
    expect((await post(basic(XERO_CLIENT_ID, XERO_CLIENT_SECRET), {})).status).toBe(200);
    expect((await post({}, { client_id: XERO_CLIENT_ID, client_secret: XERO_CLIENT_SECRET })).status).toBe(
      200,
    );
    for (const [headers, form] of [
      [basic(XERO_CLIENT_ID, "wrong"), {}],
      [basic("wrong", XERO_CLIENT_SECRET), {}],
      [{}, { client_id: XERO_CLIENT_ID }],
      [{}, {}],
    ] as const)
      expect(await post({ ...headers }, { ...form })).toEqual({
        status: 400,
        json: { error: "invalid_client" },
      });
  });
});

describe("a refresh token", () => {
  it("is replaced at each use; the one before is good for thirty minutes, and no older one", async () => {
    const first = (await connectXero(sandbox.origin)).tokens.refresh_token;
    const second = (await refresh(first)).json.refresh_token;
    sandbox.ageTokens("xero", 29);
    expect((await refresh(first)).status).toBe(200);
    sandbox.ageTokens("xero", 2);
    expect(await refresh(first)).toEqual({ status: 400, json: { error: "invalid_grant" } });
    const third = await refresh(second);
    expect(third.status).toBe(200);
    expect(third.json.refresh_token).not.toBe(second);
  });

  it("that nobody uses is good for sixty days", async () => {
    const token = (await connectXero(sandbox.origin)).tokens.refresh_token;
    const days = (count: number): number => count * 24 * 60;
    sandbox.ageTokens("xero", days(60) - 5);
    const next = await refresh(token);
    expect(next.status).toBe(200);
    sandbox.ageTokens("xero", days(60) + 5);
    expect((await refresh(next.json.refresh_token)).json).toEqual({ error: "invalid_grant" });
  });
});

describe("the id_token", () => {
  it("verifies through jwks_uri, and carries nonce and the hash of its access token", async () => {
    const { json } = await exchange(await codeOf({ nonce: "n-7" }));
    const keys = createRemoteJWKSet(new URL(`${identity}/.well-known/openid-configuration/jwks`));
    const { payload } = await jwtVerify(json.id_token, keys, { issuer: identity, audience: XERO_CLIENT_ID });
    expect(decodeProtectedHeader(json.id_token).alg).toBe("RS256");
    const half = createHash("sha256")
      .update(json.access_token)
      .digest()
      .subarray(0, 16)
      .toString("base64url");
    expect(payload).toMatchObject({ nonce: "n-7", at_hash: half, email: "olivia@tidewatergifts.test" });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(300);
    await expect(jwtVerify(`${json.id_token.slice(0, -4)}AAAA`, keys)).rejects.toThrow();
  });

  it("and userinfo tell only what the scopes allow", async () => {
    const { json } = await exchange(await codeOf({ scope: "openid", tenant: "" }));
    const info = await fetch(`${identity}/connect/userinfo`, {
      headers: { authorization: `Bearer ${json.access_token}` },
    });
    expect(Object.keys(await info.json()).sort()).toEqual(["sub", "xero_userid"]);
    expect((await fetch(`${identity}/connect/userinfo`)).status).toBe(401);
  });
});

describe("connections", () => {
  it("have Xero's shape, are found by their consent, and by nothing else", async () => {
    const client = await connectXero(sandbox.origin, { user: "priya@tidewatergifts.test" });
    const { links } = await connections(client);
    const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
    expect(links).toEqual([
      {
        id: expect.stringMatching(uuid),
        authEventId: expect.stringMatching(uuid),
        tenantId: TIDEWATER_TENANT_ID,
        tenantType: "ORGANISATION",
        tenantName: "Tidewater Gifts Ltd",
        createdDateUtc: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}$/),
        updatedDateUtc: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}$/),
      },
    ]);
    expect((await connections(client, `?authEventId=${links[0]?.authEventId}`)).links).toEqual(links);
    expect((await connections(client, `?authEventId=${links[0]?.id}`)).links).toEqual([]);
  });

  it("of another person cannot be deleted", async () => {
    const priya = await connectXero(sandbox.origin, { user: "priya@tidewatergifts.test" });
    const marcus = await connectXero(sandbox.origin, { user: "marcus@webbandpartners.test" });
    const [link] = (await connections(priya)).links;
    const response = await fetch(`${sandbox.origin}/xero/api/connections/${link?.id}`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${marcus.tokens.access_token}` },
    });
    expect(response.status).toBe(404);
    expect((await priya.call("GET", "/Organisation")).status).toBe(200);
  });

  it.each(["403", "401"])("that the app deletes are felt by the next call, as %s", async (position) => {
    sandbox.context.switches.set("xero.after-disconnect", position);
    const tidewater = await connectXero(sandbox.origin);
    const harbour = await connectXero(sandbox.origin, { tenant: HARBOUR_TENANT_ID });
    const { links } = await connections(tidewater);
    const link = links.find(({ tenantId }) => tenantId === TIDEWATER_TENANT_ID);
    await fetch(`${sandbox.origin}/xero/api/connections/${link?.id}`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${tidewater.tokens.access_token}` },
    });
    expect(await tidewater.call("GET", "/Organisation")).toMatchObject({
      status: Number(position),
      json: { Detail: "AuthenticationUnsuccessful" },
    });
    expect((await harbour.call("GET", "/Organisation")).status).toBe(200);
    expect((await refresh(tidewater.tokens.refresh_token)).status).toBe(200);
  });

  const disconnect = async (tenantId: string): Promise<unknown> => {
    const response = await fetch(`${sandbox.origin}/control/disconnect`, {
      method: "POST",
      body: JSON.stringify({ service: "xero", tenantId }),
    });
    expect(response.status).toBe(200);
    return response.json();
  };

  it.each([
    ["invalid-grant", 400],
    ["works", 200],
  ])(
    "that a person ends inside Xero are felt by the next call; a refresh then: %s",
    async (position, status) => {
      sandbox.context.switches.set("xero.refresh-after-user-disconnect", position);
      const client = await connectXero(sandbox.origin, { user: "priya@tidewatergifts.test" });
      expect((await client.call("GET", "/Organisation")).status).toBe(200);
      expect(await disconnect(TIDEWATER_TENANT_ID.toUpperCase())).toMatchObject({
        ended: expect.any(Number),
      });
      expect((await client.call("GET", "/Organisation")).status).toBe(403);
      expect((await connections(client)).links).toEqual([]);
      expect((await refresh(client.tokens.refresh_token)).status).toBe(status);
      expect(sandbox.disconnect("xero", TIDEWATER_TENANT_ID)).toBe(0);
    },
  );

  it("of other organisations outlive it, with their tokens", async () => {
    const tidewater = await connectXero(sandbox.origin);
    const harbour = await connectXero(sandbox.origin, { tenant: HARBOUR_TENANT_ID });
    expect(sandbox.disconnect("xero", TIDEWATER_TENANT_ID)).toBeGreaterThan(0);
    expect((await tidewater.call("GET", "/Organisation")).status).toBe(403);
    expect((await harbour.call("GET", "/Organisation")).status).toBe(200);
    expect((await refresh(tidewater.tokens.refresh_token)).status).toBe(200);
  });

  it("end with a revocation, and every token for them with it", async () => {
    const [first, second] = [await connectXero(sandbox.origin), await connectXero(sandbox.origin)];
    const basic = Buffer.from(`${XERO_CLIENT_ID}:${XERO_CLIENT_SECRET}`).toString("base64");
    const revoke = (token: string, authorization: string) =>
      fetch(`${identity}/connect/revocation`, {
        method: "POST",
        headers: { authorization },
        body: new URLSearchParams({ token }),
      });
    const token = first.tokens.refresh_token ?? "";
    expect((await revoke(token, "Basic eDp5")).status).toBe(400);
    expect((await first.call("GET", "/Organisation")).status).toBe(200);
    expect((await revoke("unknown", `Basic ${basic}`)).status).toBe(200);
    expect((await revoke(token, `Basic ${basic}`)).status).toBe(200);
    for (const client of [first, second]) {
      expect((await client.call("GET", "/Organisation")).status).toBe(403);
      expect((await refresh(client.tokens.refresh_token)).json).toEqual({ error: "invalid_grant" });
    }
  });
});
