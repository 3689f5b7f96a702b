import { beforeEach, describe, expect, it } from "vitest";
import { startZohoAlone, type ZohoAlone } from "../testing";
import { ZOHO_CLIENT } from "./oauth";

let zoho: ZohoAlone;

beforeEach(async () => {
  zoho = await startZohoAlone();
});

const codeOf = async (options?: Parameters<ZohoAlone["consent"]>[0]): Promise<string> =>
  (await zoho.consent(options)).searchParams.get("code") ?? "";

const refresh = (refreshToken: string) =>
  zoho.exchange("", { change: { grant_type: "refresh_token", refresh_token: refreshToken } });

const isValid = async (accessToken: string, scheme = "Zoho-oauthtoken"): Promise<boolean> => {
  const answer = await zoho.send("GET", "/eu/api/books/v3/organizations", {
    headers: { authorization: `${scheme} ${accessToken}` },
  });
  return answer.status === 200;
};

const DENIED = {
  status: 400,
  json: {
    error: "Access Denied",
    error_description: "You have made too many requests continuously. Please try again after some time.",
    status: "failure",
  },
};

describe("a code", () => {
  it("lives 120 seconds or 60, as switched", async () => {
    const long = await codeOf();
    zoho.machine.nowMs += 119_000;
    expect((await zoho.exchange(long)).json.access_token).toBeDefined();
    zoho.context.switches.set("zoho.code-lifetime", "60");
    const short = await codeOf();
    zoho.machine.nowMs += 60_000;
    expect((await zoho.exchange(short)).json).toEqual({ error: "invalid_code" });
  });
});

describe("refresh tokens", () => {
  it("come five a minute to a user and no more", async () => {
    for (let count = 0; count < 5; count += 1)
      expect((await zoho.exchange(await codeOf())).json.refresh_token).toBeDefined();
    expect(await zoho.exchange(await codeOf())).toMatchObject(DENIED);
    expect((await zoho.exchange(await codeOf({ accessType: "online" }))).json.access_token).toBeDefined();
    zoho.context.clock.advance(60_001);
    expect((await zoho.exchange(await codeOf())).json.refresh_token).toBeDefined();
  });

  it("are counted by data centre, whose accounts are people of their own", async () => {
    for (let count = 0; count < 5; count += 1) await zoho.exchange(await codeOf());
    const american = await zoho.connect({ dataCentre: "com" });
    const headers = { authorization: `Zoho-oauthtoken ${american}` };
    expect((await zoho.send("GET", "/com/api/books/v3/organizations", { headers })).status).toBe(200);
  });

  it("come without prompt=consent only while the user has none, or always, as switched", async () => {
    const tokens = await zoho.exchange(await codeOf({ prompt: "" }));
    expect(tokens.json.refresh_token).toBeDefined();
    const again = await zoho.exchange(await codeOf({ prompt: "" }));
    expect(again.json.access_token).toBeDefined();
    expect(again.json.refresh_token).toBeUndefined();
    expect((await zoho.exchange(await codeOf({ prompt: "consent" }))).json.refresh_token).toBeDefined();
    zoho.context.switches.set("zoho.refresh-token-without-prompt", "given");
    expect((await zoho.exchange(await codeOf({ prompt: "" }))).json.refresh_token).toBeDefined();
  });

  it("are blocked after ten requests in ten minutes with the error of too many requests", async () => {
    const refreshToken = String((await zoho.exchange(await codeOf())).json.refresh_token);
    for (let count = 0; count < 10; count += 1) await refresh(refreshToken);
    expect(await refresh(refreshToken)).toMatchObject(DENIED);
  });
});

describe("access tokens of one refresh token", () => {
  it.each([
    ["10", 10],
    ["30", 30],
  ])("live %s at once, the oldest dying first", async (position, most) => {
    zoho.context.switches.set("zoho.active-access-tokens", position);
    const first = await zoho.exchange(await codeOf());
    const refreshToken = String(first.json.refresh_token);
    const second = String((await refresh(refreshToken)).json.access_token);
    for (let count = 2; count < most; count += 1) {
      zoho.context.clock.advance(60_001);
      await refresh(refreshToken);
    }
    expect(await isValid(String(first.json.access_token))).toBe(true);
    zoho.context.clock.advance(60_001);
    await refresh(refreshToken);
    expect(await isValid(String(first.json.access_token))).toBe(false);
    expect(await isValid(second)).toBe(true);
  });

  it("are taken as Bearer and as Zoho-oauthtoken, and as nothing else", async () => {
    const token = await zoho.connect();
    expect(await isValid(token, "Bearer")).toBe(true);
    expect(await isValid(token, "Zoho-oauthtoken")).toBe(true);
    expect(await isValid(token, "Token")).toBe(false);
  });
});

describe("revoking", () => {
  const basic = (secret: string) => ({
    authorization: `Basic ${Buffer.from(`${ZOHO_CLIENT.clientId}:${secret}`).toString("base64")}`,
  });

  it("by the address of the Accounts docs wants the app, and kills the access tokens", async () => {
    const tokens = await zoho.exchange(await codeOf());
    const form = { token: String(tokens.json.refresh_token) };
    const revoke = (headers: Record<string, string>, dataCentre = "eu") =>
      zoho.send("POST", `/${dataCentre}/accounts/oauth/v2/revoke/token`, { form, headers });
    expect((await revoke({})).json).toEqual({ error: "invalid_client" });
    expect((await revoke(basic("guessed"))).json).toEqual({ error: "invalid_client_secret" });
    expect((await revoke(basic(ZOHO_CLIENT.clientSecret), "com")).json).toEqual({ error: "invalid_code" });
    expect(await isValid(String(tokens.json.access_token))).toBe(true);
    expect((await revoke(basic(ZOHO_CLIENT.clientSecret))).json).toEqual({ status: "success" });
    expect(await isValid(String(tokens.json.access_token))).toBe(false);
  });

  it("of a token that does not exist says so in the words that are switched", async () => {
    const path = "/eu/accounts/oauth/v2/token/revoke";
    const revoke = () => zoho.send("POST", path, { query: { token: "1000.guessed" } });
    expect((await revoke()).json).toEqual({ error: "invalid_code" });
    zoho.context.switches.set("zoho.revoked-error", "invalid_token");
    expect((await revoke()).json).toEqual({ error: "invalid_token" });
  });
});
