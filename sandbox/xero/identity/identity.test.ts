import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HARBOUR_TENANT_ID, TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { connectXero, postConsent, postToken, TEST_REDIRECT_URI, TEST_SCOPES } from "../test-client";
import { XERO_CLIENT_ID, XERO_CLIENT_SECRET } from "./registered-apps";

let sandbox: RunningSandbox;
let identity: string;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  identity = `${sandbox.origin}/xero/identity`;
});
afterAll(() => sandbox.stop());

const authorizeUrl = (fields: Record<string, string>): string => {
  const url = new URL(`${identity}/connect/authorize`);
  const all = {
    client_id: XERO_CLIENT_ID,
    redirect_uri: TEST_REDIRECT_URI,
    response_type: "code",
    scope: TEST_SCOPES,
    state: "s1",
    ...fields,
  };
  for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
  return url.toString();
};

const exchange = (code: string, more: Record<string, string> = {}) =>
  postToken(sandbox.origin, {
    grant_type: "authorization_code",
    code,
    redirect_uri: TEST_REDIRECT_URI,
    ...more,
  });

describe("consent", () => {
  it("asks who signs in, then shows scopes in words and the person's organisations", async () => {
    const signIn = await (await fetch(authorizeUrl({}))).text();
    expect(signIn).toContain("Sign in as Olivia Shaw");
    const consent = await (await fetch(authorizeUrl({ user: "olivia@tidewatergifts.test" }))).text();
    expect(consent).toContain("View and change contacts");
    expect(consent).toContain("Harbour Café Ltd");
    const priya = await (await fetch(authorizeUrl({ user: "priya@tidewatergifts.test" }))).text();
    expect(priya).not.toContain("Harbour Café Ltd");
  });

  it("asks for no organisation when only the person's identity is wanted", async () => {
    const page = await fetch(
      authorizeUrl({ scope: "openid profile email", user: "olivia@tidewatergifts.test" }),
    );
    expect(await page.text()).not.toContain("Choose one organisation");
    const { location } = await postConsent(sandbox.origin, { scope: "openid profile email", tenant: "" });
    expect(location.get("code")).not.toBeNull();
  });

  it("brings code and state back, and access_denied after Cancel", async () => {
    const allowed = await postConsent(sandbox.origin, {});
    expect(allowed.status).toBe(302);
    expect(allowed.location.get("state")).toBe("state-1");
    expect(allowed.location.get("code")).not.toBeNull();
    const cancelled = await postConsent(sandbox.origin, { decision: "cancel" });
    expect(cancelled.location.get("error")).toBe("access_denied");
    expect(cancelled.location.get("code")).toBeNull();
  });

  it("refuses a broad or unknown scope with invalid_scope", async () => {
    for (const scope of ["openid accounting.transactions", "openid nonsense"]) {
      const { location } = await postConsent(sandbox.origin, { scope });
      expect(location.get("error")).toBe("invalid_scope");
    }
  });

  it("refuses http://127.0.0.1 and plain http elsewhere as redirect address", async () => {
    for (const redirect_uri of ["http://127.0.0.1:3000/cb", "http://example.com/cb", "nonsense"]) {
      const page = await fetch(authorizeUrl({ redirect_uri }), { redirect: "manual" });
      expect(page.status).toBe(400);
    }
    const secure = await fetch(authorizeUrl({ redirect_uri: "https://example.com/cb" }));
    expect(secure.status).toBe(200);
  });

  it("refuses an organisation that is not the person's", async () => {
    const answer = await postConsent(sandbox.origin, {
      user: "priya@tidewatergifts.test",
      tenant: HARBOUR_TENANT_ID,
    });
    expect(answer.status).toBe(400);
  });
});

describe("tokens", () => {
  it("exchanges a code once only, at the address it was given for", async () => {
    const { location } = await postConsent(sandbox.origin, {});
    const code = location.get("code") ?? "";
    const first = await exchange(code);
    expect(first.status).toBe(200);
    expect(first.json).toMatchObject({ token_type: "Bearer", expires_in: 1800 });
    const second = await exchange(code);
    expect(second).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
    const other = await postConsent(sandbox.origin, {});
    const elsewhere = await exchange(other.location.get("code") ?? "", {
      redirect_uri: "http://localhost:1/",
    });
    expect(elsewhere.json).toEqual({ error: "invalid_grant" });
  });

  it("holds a code with a PKCE challenge to its verifier", async () => {
    const challenge = {
      code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
      code_challenge_method: "S256",
    };
    const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const wrong = await postConsent(sandbox.origin, challenge);
    expect((await exchange(wrong.location.get("code") ?? "", { code_verifier: "no" })).status).toBe(400);
    const right = await postConsent(sandbox.origin, challenge);
    expect((await exchange(right.location.get("code") ?? "", { code_verifier: verifier })).status).toBe(200);
  });

  it("refuses a wrong client secret, and takes it in the form as well as by Basic", async () => {
    const { location } = await postConsent(sandbox.origin, {});
    const form = {
      grant_type: "authorization_code",
      code: location.get("code") ?? "",
      redirect_uri: TEST_REDIRECT_URI,
      client_id: XERO_CLIENT_ID,
    };
    const ask = (client_secret: string) =>
      fetch(`${identity}/connect/token`, {
        method: "POST",
        body: new URLSearchParams({ ...form, client_secret }),
      });
    expect(await (await ask("wrong")).json()).toEqual({ error: "invalid_client" });
    expect((await ask(XERO_CLIENT_SECRET)).status).toBe(200);
  });

  it("signs an id_token that verifies against the published keys and carries nonce and name", async () => {
    const { location } = await postConsent(sandbox.origin, { nonce: "n-1" });
    const { json } = await exchange(location.get("code") ?? "");
    const keys = createRemoteJWKSet(new URL(`${identity}/.well-known/openid-configuration/jwks`));
    const { payload } = await jwtVerify(json.id_token, keys, { issuer: identity, audience: XERO_CLIENT_ID });
    expect(payload).toMatchObject({
      nonce: "n-1",
      email: "olivia@tidewatergifts.test",
      given_name: "Olivia",
      family_name: "Shaw",
      preferred_username: "olivia@tidewatergifts.test",
    });
    const access = decodeJwt(json.access_token);
    expect(access.xero_userid).toBe(payload.xero_userid);
    const info = await fetch(`${identity}/connect/userinfo`, {
      headers: { authorization: `Bearer ${json.access_token}` },
    });
    expect(await info.json()).toMatchObject({ sub: payload.sub, name: "Olivia Shaw" });
  });

  it("gives a refresh token only for offline_access", async () => {
    const { location } = await postConsent(sandbox.origin, { scope: "openid accounting.contacts" });
    const { json } = await exchange(location.get("code") ?? "");
    expect(json.refresh_token).toBeUndefined();
  });

  it("rotates refresh tokens and takes the previous one for thirty minutes more", async () => {
    const refresh = (token: string) =>
      postToken(sandbox.origin, { grant_type: "refresh_token", refresh_token: token });
    const first = (await connectXero(sandbox.origin)).tokens.refresh_token ?? "";
    const second = await refresh(first);
    expect(second.json.refresh_token).not.toBe(first);
    const retried = await refresh(first);
    expect(retried.status).toBe(200);
    sandbox.ageTokens("xero", 31);
    expect(await refresh(first)).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
    expect((await refresh(retried.json.refresh_token)).status).toBe(200);
  });

  it.each([
    ["served", 200],
    ["refused", 400],
  ])("has a second refresh at the same moment %s, as switched", async (position, status) => {
    sandbox.context.switches.set("xero.refresh-race", position);
    const refresh = (token: string) =>
      postToken(sandbox.origin, { grant_type: "refresh_token", refresh_token: token });
    const first = (await connectXero(sandbox.origin)).tokens.refresh_token ?? "";
    const winner = await refresh(first);
    expect((await refresh(first)).status).toBe(status);
    sandbox.ageTokens("xero", 1);
    expect((await refresh(first)).status).toBe(200);
    expect((await refresh(winner.json.refresh_token)).status).toBe(200);
  });

  it("lets an access token expire after thirty minutes", async () => {
    const client = await connectXero(sandbox.origin);
    sandbox.ageTokens("xero", 29);
    expect((await client.call("GET", "/Organisation")).status).toBe(200);
    sandbox.ageTokens("xero", 2);
    const refused = await client.call("GET", "/Organisation");
    expect(refused.status).toBe(401);
    expect(refused.json.Detail).toContain("TokenExpired");
  });

  it("ends a grant and its connections on revocation", async () => {
    const client = await connectXero(sandbox.origin, { user: "marcus@webbandpartners.test" });
    const response = await fetch(`${identity}/connect/revocation`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${XERO_CLIENT_ID}:${XERO_CLIENT_SECRET}`).toString("base64")}`,
      },
      body: new URLSearchParams({ token: client.tokens.refresh_token ?? "" }),
    });
    expect(response.status).toBe(200);
    const refreshed = await postToken(sandbox.origin, {
      grant_type: "refresh_token",
      refresh_token: client.tokens.refresh_token ?? "",
    });
    expect(refreshed.json).toEqual({ error: "invalid_grant" });
    expect((await client.call("GET", "/Organisation")).status).toBe(403);
  });
});

describe("connections", () => {
  const list = async (accessToken: string, query = ""): Promise<Record<string, string>[]> => {
    const response = await fetch(`${sandbox.origin}/xero/api/connections${query}`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    return response.json();
  };

  it("lists what a consent has connected, and marks a reconnection as updated", async () => {
    const first = await connectXero(sandbox.origin, { user: "priya@tidewatergifts.test" });
    const [link] = await list(first.tokens.access_token);
    expect(link).toMatchObject({
      tenantId: TIDEWATER_TENANT_ID,
      tenantName: "Tidewater Gifts Ltd",
      tenantType: "ORGANISATION",
    });
    sandbox.clock.advance(1_000);
    const again = await connectXero(sandbox.origin, { user: "priya@tidewatergifts.test" });
    const event = String(decodeJwt(again.tokens.access_token).authentication_event_id);
    const added = await list(again.tokens.access_token, `?authEventId=${event}`);
    expect(added).toHaveLength(1);
    expect(added[0]?.id).toBe(link?.id);
    expect(added[0]?.createdDateUtc).not.toBe(added[0]?.updatedDateUtc);
  });

  it("refuses the organisation after its connection was deleted, with 403 or 401", async () => {
    const client = await connectXero(sandbox.origin, { tenant: HARBOUR_TENANT_ID });
    expect((await client.call("GET", "/Organisation")).status).toBe(200);
    const links = await list(client.tokens.access_token);
    const link = links.find(({ tenantId }) => tenantId === HARBOUR_TENANT_ID);
    const remove = () =>
      fetch(`${sandbox.origin}/xero/api/connections/${link?.id}`, {
        method: "DELETE",
        headers: { authorization: `Bearer ${client.tokens.access_token}` },
      });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect((await client.call("GET", "/Organisation")).status).toBe(403);
    sandbox.context.switches.set("xero.after-disconnect", "401");
    expect((await client.call("GET", "/Organisation")).status).toBe(401);
    sandbox.context.switches.set("xero.after-disconnect", "403");
  });
});
