import { beforeEach, describe, expect, it } from "vitest";
import { ALL_SCOPES, REDIRECT_URI, startZohoAlone, type ZohoAlone } from "../testing";
import { ZOHO_CLIENT } from "./oauth";

let zoho: ZohoAlone;

beforeEach(async () => {
  zoho = await startZohoAlone();
});

const ASKED = {
  response_type: "code",
  client_id: ZOHO_CLIENT.clientId,
  redirect_uri: REDIRECT_URI,
  scope: "ZohoBooks.invoices.READ,ZohoBooks.settings.READ",
  state: '"><script>',
  access_type: "offline",
};

async function codeOf(consent = zoho.consent()): Promise<string> {
  return (await consent).searchParams.get("code") ?? "";
}

async function refreshTokenOf(): Promise<string> {
  return String((await zoho.exchange(await codeOf())).json.refresh_token);
}

const refresh = (refreshToken: string, dataCentre: "eu" | "com" = "eu") =>
  zoho.exchange("", { dataCentre, change: { grant_type: "refresh_token", refresh_token: refreshToken } });

const isValid = async (accessToken: string): Promise<boolean> => {
  const answer = await zoho.send("GET", "/eu/api/books/v3/organizations", {
    headers: { authorization: `Zoho-oauthtoken ${accessToken}` },
  });
  return answer.status === 200;
};

describe("the consent page", () => {
  it("tells the signed-in user in plain words what is asked, and escapes what came in", async () => {
    const page = await zoho.send("GET", "/eu/accounts/oauth/v2/auth", { query: ASKED });
    expect(page.status).toBe(200);
    expect(page.text).toContain("Olivia Shaw");
    expect(page.text).toContain("View your invoices");
    expect(page.text).toContain("View your organisation&#39;s settings, items, taxes and currencies");
    expect(page.text).not.toContain("<script>");
  });

  it.each([
    [{ client_id: "someone" }, "invalid_client"],
    [{ redirect_uri: "http://evil.example/" }, "invalid_redirect_uri"],
    [{ scope: "ZohoBooks.nothing.READ" }, "invalid_scope"],
    [{ response_type: "token" }, "invalid_response_type"],
  ])("refuses without redirecting: %o", async (change, error) => {
    const page = await zoho.send("GET", "/eu/accounts/oauth/v2/auth", { query: { ...ASKED, ...change } });
    expect(page.status).toBe(400);
    expect(page.text).toContain(error);
  });

  it("sends back code, state, location and accounts server after Accept", async () => {
    const redirect = await zoho.consent({ dataCentre: "eu" });
    expect(`${redirect.origin}${redirect.pathname}`).toBe(REDIRECT_URI);
    expect(Object.fromEntries(redirect.searchParams)).toEqual({
      state: "a state",
      code: expect.stringMatching(/^1000\./),
      location: "eu",
      "accounts-server": "http://localhost:4010/zoho/eu/accounts",
    });
  });

  it("sends back an error and no code after Reject", async () => {
    const redirect = await zoho.consent({ decision: "reject" });
    expect(Object.fromEntries(redirect.searchParams)).toEqual({ state: "a state", error: "access_denied" });
  });

  it("names the asked or the home data centre, as switched", async () => {
    expect((await zoho.consent({ dataCentre: "com" })).searchParams.get("location")).toBe("us");
    zoho.context.switches.set("zoho.consent-location", "home");
    expect((await zoho.consent({ dataCentre: "com" })).searchParams.get("location")).toBe("eu");
  });
});

describe("a code", () => {
  it("gives tokens once", async () => {
    const code = await codeOf();
    const first = await zoho.exchange(code);
    expect(first.json).toEqual({
      access_token: expect.stringMatching(/^1000\./),
      refresh_token: expect.stringMatching(/^1000\./),
      scope: ALL_SCOPES.replaceAll(",", " "),
      api_domain: "http://localhost:4010/zoho/eu/api",
      token_type: "Bearer",
      expires_in: 3600,
    });
    expect((await zoho.exchange(code)).json).toEqual({ error: "invalid_code" });
  });

  it("is worth nothing after two minutes", async () => {
    const code = await codeOf();
    zoho.machine.nowMs += 120_000;
    expect((await zoho.exchange(code)).json).toEqual({ error: "invalid_code" });
  });

  it("is invalid_client at another data centre and stays good at its own", async () => {
    const code = await codeOf();
    expect((await zoho.exchange(code, { dataCentre: "com" })).json).toEqual({ error: "invalid_client" });
    expect((await zoho.exchange(code)).json.access_token).toBeDefined();
  });

  it("gives no refresh token when access was asked for online only", async () => {
    const tokens = await zoho.exchange(await codeOf(zoho.consent({ accessType: "online" })));
    expect(tokens.json.refresh_token).toBeUndefined();
  });

  it.each([
    [{ client_id: "someone" }, "invalid_client"],
    [{ client_secret: "guessed" }, "invalid_client_secret"],
    [{ redirect_uri: "http://localhost:9/" }, "invalid_redirect_uri"],
    [{ grant_type: "password" }, "invalid_grant_type"],
  ])("is refused with %o, by HTTP 200 or 400 as switched", async (change, error) => {
    const first = await zoho.exchange(await codeOf(), { change });
    expect([first.status, first.json]).toEqual([200, { error }]);
    zoho.context.switches.set("zoho.token-error-status", "400");
    expect((await zoho.exchange(await codeOf(), { change })).status).toBe(400);
  });

  it("needs the secret of its data centre where secrets differ", async () => {
    zoho.context.switches.set("zoho.client-secret", "per-data-centre");
    const code = await codeOf();
    expect((await zoho.exchange(code)).json).toEqual({ error: "invalid_client_secret" });
    const change = { client_secret: `${ZOHO_CLIENT.clientSecret}-eu` };
    expect((await zoho.exchange(code, { change })).json.access_token).toBeDefined();
  });
});

describe("a refresh token", () => {
  it("is not rotated and gives a new access token each time", async () => {
    const refreshToken = await refreshTokenOf();
    const [first, second] = [await refresh(refreshToken), await refresh(refreshToken)];
    expect(first.json.refresh_token).toBeUndefined();
    expect(second.json.access_token).not.toBe(first.json.access_token);
  });

  it("gives ten access tokens in ten minutes and no more", async () => {
    const refreshToken = await refreshTokenOf();
    for (let count = 0; count < 10; count += 1)
      expect((await refresh(refreshToken)).json.access_token).toBeDefined();
    const eleventh = await refresh(refreshToken);
    expect([eleventh.status, eleventh.json.error]).toEqual([400, "Access Denied"]);
    zoho.context.clock.advance(600_001);
    expect((await refresh(refreshToken)).json.access_token).toBeDefined();
  });

  it("is worth nothing at another data centre", async () => {
    expect((await refresh(await refreshTokenOf(), "com")).json).toEqual({ error: "invalid_code" });
  });

  it("disappears silently when its user gets the 21st", async () => {
    const first = await refreshTokenOf();
    const second = await refreshTokenOf();
    for (let count = 2; count < 21; count += 1) {
      zoho.context.clock.advance(60_001);
      await refreshTokenOf();
    }
    expect((await refresh(first)).json).toEqual({ error: "invalid_code" });
    expect((await refresh(second)).json.access_token).toBeDefined();
  });

  it("takes its access tokens with it when revoked", async () => {
    const tokens = await zoho.exchange(await codeOf());
    expect(await isValid(String(tokens.json.access_token))).toBe(true);
    const revoked = await zoho.send("POST", "/eu/accounts/oauth/v2/token/revoke", {
      query: { token: String(tokens.json.refresh_token) },
    });
    expect(revoked.json).toEqual({ status: "success" });
    expect(await isValid(String(tokens.json.access_token))).toBe(false);
    expect((await refresh(String(tokens.json.refresh_token))).json).toEqual({ error: "invalid_code" });
  });

  it("is not stored in clear", async () => {
    const refreshToken = await refreshTokenOf();
    for (const [key, grant] of zoho.seed.books.grants.heads())
      expect(JSON.stringify([key, grant])).not.toContain(refreshToken);
  });
});

describe("an access token", () => {
  it("ends after an hour of real time, whatever the sandbox's time", async () => {
    const token = await zoho.connect();
    zoho.context.clock.advance(86_400_000);
    zoho.machine.nowMs += 3_599_000;
    expect(await isValid(token)).toBe(true);
    zoho.machine.nowMs += 1_000;
    expect(await isValid(token)).toBe(false);
  });
});

describe("the token endpoint", () => {
  it("takes the multipart form that Zoho's own SDKs send", async () => {
    const fields = {
      ...{ client_id: ZOHO_CLIENT.clientId, client_secret: ZOHO_CLIENT.clientSecret },
      ...{ grant_type: "refresh_token", refresh_token: await refreshTokenOf() },
    };
    const parts = Object.entries(fields).map(
      ([name, value]) => `--cut\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const answer = await zoho.send("POST", "/eu/accounts/oauth/v2/token", {
      body: `${parts.join("")}--cut--\r\n`,
      headers: { "content-type": "multipart/form-data; boundary=cut" },
    });
    expect(await isValid(String(answer.json.access_token))).toBe(true);
  });
});

describe("the list of data centres", () => {
  it("names the accounts address of each", async () => {
    const servers = await zoho.send("GET", "/com/accounts/oauth/serverinfo");
    expect(servers.json.locations).toMatchObject({
      us: "http://localhost:4010/zoho/com/accounts",
      au: "http://localhost:4010/zoho/com.au/accounts",
    });
    expect(Object.keys(servers.json.locations ?? {})).toHaveLength(9);
  });
});
