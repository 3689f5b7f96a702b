import { describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { createMemoryContext } from "@/sandbox/kit/context";
import type { SandboxContext, SandboxResponse } from "@/sandbox/kit/types";
import { PROSPECT, seedLawFirm, TWICE_SPACED } from "@/sandbox/seed/law-firm";
import { LAW_FIRM_ID } from "@/sandbox/seed/timesolv-firm";
import { TIMESOLV_CLIENT } from "./oauth";
import { createTimesolvService, type TimesolvService } from "./service";
import { TIMESOLV_SWITCHES } from "./switches";

const REDIRECT_URI = "http://localhost:3000/api/connect/timesolv/callback";
const API = "/Services/rest/oAuth2V1";

interface Alone {
  readonly context: SandboxContext;
  readonly service: TimesolvService;
  readonly machine: { nowMs: number };
  send(path: string, sent?: { form?: object; json?: object; token?: string }): Promise<SandboxResponse>;
  code(): Promise<string>;
  token(code: string, change?: object): Promise<SandboxResponse>;
  search(operation: string, body?: object): Promise<Record<string, unknown[]>>;
}

async function startAlone(): Promise<Alone> {
  const context = await createMemoryContext(TIMESOLV_SWITCHES, {
    clock: createFrozenClock("2026-11-21T09:00:00Z"),
  });
  const machine = { nowMs: Date.parse("2026-11-21T09:00:00Z") };
  const service = createTimesolvService(context, { machineNow: () => machine.nowMs });
  seedLawFirm(context);
  const alone: Alone = {
    context,
    service,
    machine,
    send: (path, { form, json, token } = {}) =>
      service.handle({
        method: "POST",
        path,
        query: new URLSearchParams(),
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        body: Buffer.from(
          json === undefined ? new URLSearchParams({ ...form }).toString() : JSON.stringify(json),
        ),
      }),
    async code() {
      const form = { client_id: TIMESOLV_CLIENT.clientId, redirect_uri: REDIRECT_URI, state: "s" };
      const answer = await alone.send("/App/Authorize.aspx", { form: { ...form, decision: "allow" } });
      return locationOf(answer).searchParams.get("code") ?? "";
    },
    token: (code, change = {}) =>
      alone.send(`${API}/Token`, {
        form: {
          client_id: TIMESOLV_CLIENT.clientId,
          client_secret: TIMESOLV_CLIENT.clientSecret,
          grant_type: "authorization_code",
          redirect_uri: REDIRECT_URI,
          code,
          ...change,
        },
      }),
    async search(operation, body = {}) {
      const token = String(jsonOf(await alone.token(await alone.code())).access_token);
      return jsonOf(await alone.send(`${API}/${operation}`, { json: body, token })) as Record<
        string,
        unknown[]
      >;
    },
  };
  return alone;
}

const jsonOf = (answer: SandboxResponse): Record<string, unknown> => JSON.parse(String(answer.body));
const locationOf = (answer: SandboxResponse): URL => new URL(answer.headers?.location ?? "about:blank");

describe("a code", () => {
  it("does not expire and is exchanged as often as a token is needed", async () => {
    const alone = await startAlone();
    const code = await alone.code();
    const first = jsonOf(await alone.token(code)).access_token;
    alone.machine.nowMs += 400 * 86_400_000;
    const second = jsonOf(await alone.token(code)).access_token;
    expect(second).not.toBe(first);
    expect(String(second)).not.toBe("undefined");
  });

  it("is good at the address that it was given for and nowhere else", async () => {
    const alone = await startAlone();
    const code = await alone.code();
    const answer = await alone.token(code, { redirect_uri: "http://localhost:3000/other" });
    expect(jsonOf(answer)).toMatchObject({ error: "invalid_grant" });
    expect(answer.status).toBe(400);
  });

  it("is worth nothing once the firm took the permission back, nor is a token of it", async () => {
    const alone = await startAlone();
    const code = await alone.code();
    const token = String(jsonOf(await alone.token(code)).access_token);
    expect(alone.service.disconnect(LAW_FIRM_ID)).toBe(1);
    expect(jsonOf(await alone.token(code))).toMatchObject({ error: "invalid_grant" });
    expect((await alone.send(`${API}/clientSearch`, { json: {}, token })).status).toBe(401);
  });

  it("comes back with the state, or without it where the switch timesolv.state says dropped", async () => {
    const alone = await startAlone();
    const form = { client_id: TIMESOLV_CLIENT.clientId, redirect_uri: REDIRECT_URI, state: "a-state" };
    const stateOf = async () =>
      locationOf(
        await alone.send("/App/Authorize.aspx", { form: { ...form, decision: "allow" } }),
      ).searchParams.get("state");
    expect(alone.context.switches.get("timesolv.state")).toBe("returned");
    expect(await stateOf()).toBe("a-state");
    alone.context.switches.set("timesolv.state", "dropped");
    expect(await stateOf()).toBeNull();
  });
});

describe("the Token address", () => {
  it.each([
    [{ client_secret: "wrong" }, "invalid_client"],
    [{ grant_type: "refresh_token" }, "unsupported_grant_type"],
    [{ code: "wrong" }, "invalid_grant"],
  ])("answers %j with %s and a description", async (change, error) => {
    const alone = await startAlone();
    const answer = jsonOf(await alone.token(await alone.code(), change));
    expect(answer.error).toBe(error);
    expect(answer.error_description).toMatch(/\.$/);
  });

  it.each(["400", "200"])("answers errors with status %s, as switched", async (status) => {
    const alone = await startAlone();
    alone.context.switches.set("timesolv.token-error-status", status);
    expect((await alone.token("wrong")).status).toBe(Number(status));
  });

  it.each([
    ["named", 1800],
    ["unnamed", undefined],
  ])("says how long a token lives where that is %s", async (position, expected) => {
    const alone = await startAlone();
    alone.context.switches.set("timesolv.token-lifetime", position);
    expect(jsonOf(await alone.token(await alone.code())).expires_in).toBe(expected);
  });
});

describe("a search", () => {
  it.each([
    ["clientSearch", "Clients", 10],
    ["taskcodeSearch", "TaskCodes", 3],
    ["firmUserSearch", "FirmUsers", 0],
    ["timecardSearch", "TimeCards", 0],
    ["abbreviationSearch", "Abbreviations", 0],
    ["invoiceSearch", "Invoices", 5],
    ["paymentSearch", "Payments", 3],
  ])("%s answers %s", async (operation, list, rows) => {
    const alone = await startAlone();
    expect((await alone.search(operation))[list]).toHaveLength(rows);
  });

  it("gives pages of PageSize, and the last with fewer", async () => {
    const alone = await startAlone();
    const page = async (PageNumber: number) =>
      (await alone.search("clientSearch", { PageSize: 4, PageNumber })).Clients?.length;
    expect([await page(1), await page(2), await page(3), await page(4)]).toEqual([4, 4, 2, 0]);
  });

  it("obeys its criteria and its order", async () => {
    const alone = await startAlone();
    const status = (Value: string) =>
      alone.search("clientSearch", { Criteria: [{ FieldName: "ClientStatus", Operator: "=", Value }] });
    expect((await status("Prospect")).Clients).toMatchObject([{ ClientName: PROSPECT }]);
    expect((await status("Inactive")).Clients).toHaveLength(1);
    const down = await alone.search("clientSearch", { OrderBy: "ClientName", SortOrderAscending: false });
    expect(down.Clients?.[0]).toMatchObject({ ClientName: "Whitby Harbour Trust" });
    expect(JSON.stringify(down.Clients)).toContain(TWICE_SPACED);
  });

  it("is refused with an operator that nobody was seen to use, and without a token", async () => {
    const alone = await startAlone();
    const odd = await alone.search("clientSearch", {
      Criteria: [{ FieldName: "Id", Operator: ">", Value: "1" }],
    });
    expect(odd).toMatchObject({ error: "invalid_request" });
    expect((await alone.send(`${API}/clientSearch`, { json: {} })).status).toBe(401);
  });

  it.each([
    ["present", "Firms"],
    ["absent", "error"],
  ])("of the firm is %s as switched", async (position, key) => {
    const alone = await startAlone();
    alone.context.switches.set("timesolv.firm-search", position);
    expect(Object.keys(await alone.search("firmSearch"))).toContain(key);
  });

  it("is refused past 60 calls a minute", async () => {
    const alone = await startAlone();
    const token = String(jsonOf(await alone.token(await alone.code())).access_token);
    const statuses: number[] = [];
    for (let call = 0; call < 61; call += 1)
      statuses.push((await alone.send(`${API}/clientSearch`, { json: {}, token })).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    expect(statuses.at(-1)).toBe(429);
  });
});
