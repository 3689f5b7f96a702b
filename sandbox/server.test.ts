import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, startSandbox } from "./server";
import { XERO_CLIENT_ID } from "./xero/identity/registered-apps";
import { type Answered, connectXero, postToken, type TestClient } from "./xero/test-client";

let sandbox: RunningSandbox;
let xero: TestClient;
beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, limitSpeed: 1_000, admin: true });
  xero = await connectXero(sandbox.origin);
});
afterEach(() => sandbox.stop());

const control = async (method: string, path: string, body?: object): Promise<Answered> => {
  const response = await fetch(`${sandbox.origin}/control${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, ...(await response.json()) };
};
const putContact = (name: string) => xero.call("PUT", "/Contacts", { body: { Name: name } });
const contactNames = async (): Promise<string[]> =>
  (await xero.call("GET", "/Contacts")).json.Contacts.map(({ Name }: Answered) => Name);

describe("the call log", () => {
  it("counts calls by kind and operation, and those after a mark alone", async () => {
    const { seq } = await control("GET", "/calls");
    await xero.create("Contacts", { Name: "Ann" }, { Name: "Bob" });
    await xero.call("GET", "/contacts");
    const { services } = await control("GET", `/calls?since=${seq}`);
    expect(services.xero).toMatchObject({
      total: 2,
      writes: 1,
      reads: 1,
      auth: 0,
      elementsWritten: 2,
      byOperation: { "PUT /Contacts": 1, "GET /Contacts": 1 },
    });
    expect(services.zoho.total).toBe(0);
    const all = await control("GET", "/calls");
    expect(all.services.xero).toMatchObject({ total: 4, auth: 1, pages: 1 });
    expect(all.services.xero.bytesIn).toBeGreaterThan(0);
    const { entries } = await control("GET", `/calls/entries?since=${seq}`);
    expect(entries[0]).toMatchObject({ seq: seq + 1, service: "xero", operation: "/Contacts", status: 200 });
  });

  it("counts refused calls apart", async () => {
    await control("POST", "/limit-speed", { speed: 1 });
    for (let call = 0; call < 62; call += 1) await xero.call("GET", "/Organisation");
    const { services } = await control("GET", "/calls");
    expect(services.xero).toMatchObject({ reads: 60, rateLimited: 2 });
  });
});

describe("faults", () => {
  const order = (effect: object, more: object = {}) =>
    control("POST", "/faults", { service: "xero", operation: "/Contacts", method: "PUT", effect, ...more });

  it("drop a call after it was committed, once", async () => {
    await order({ type: "drop-after" });
    await expect(putContact("Ann")).rejects.toThrow();
    expect(await contactNames()).toEqual(["Ann"]);
    expect((await putContact("Bob")).status).toBe(200);
  });

  it("drop a call before it was handled", async () => {
    await order({ type: "drop-before" });
    await expect(putContact("Ann")).rejects.toThrow();
    expect(await contactNames()).toEqual([]);
  });

  it("answer another status before or after handling, after so many calls, so many times", async () => {
    await order(
      { type: "status", status: 503, body: "no", headers: { "retry-after": "2" } },
      { skip: 1, times: 2 },
    );
    const statuses: number[] = [];
    for (const name of ["Ann", "Bob", "Cid", "Dan"]) statuses.push((await putContact(name)).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
    expect(await contactNames()).toEqual(["Ann", "Dan"]);
    await order({ type: "status", status: 500, afterHandling: true });
    expect((await putContact("Eve")).status).toBe(500);
    expect(await contactNames()).toEqual(["Ann", "Dan", "Eve"]);
  });

  it("cut an answer short", async () => {
    await order({ type: "truncate", bytes: 20 });
    await expect(putContact("Ann")).rejects.toThrow();
    expect(await contactNames()).toEqual(["Ann"]);
  });

  it("strike the sign-in as well, so that a rotated token can be lost", async () => {
    await control("POST", "/faults", {
      service: "xero",
      operation: "/identity/connect/token",
      effect: { type: "drop-after" },
    });
    const form = { grant_type: "refresh_token", refresh_token: xero.tokens.refresh_token ?? "" };
    await expect(postToken(sandbox.origin, form)).rejects.toThrow();
    expect((await postToken(sandbox.origin, form)).status).toBe(200);
  });
});

describe("control", () => {
  it("sets, advances and frees the clock, and every answer's Date follows", async () => {
    const set = await control("POST", "/clock", { set: "2030-01-01T00:00:00Z" });
    expect(set.now).toMatch(/^2030-01-01T00:00:0/);
    expect((await control("POST", "/clock", { advanceMs: 86_400_000 })).now).toMatch(/^2030-01-02/);
    const reply = await xero.call("GET", "/Organisation");
    expect(reply.headers.get("date")).toContain("02 Jan 2030");
    expect((await control("POST", "/clock", { set: null })).now).not.toMatch(/^2030/);
  });

  it("ages tokens as sandbox time moves, however it moves", async () => {
    await control("POST", "/clock", { advanceMs: 29 * 60_000 });
    expect((await xero.call("GET", "/Organisation")).status).toBe(200);
    await control("POST", "/clock", { advanceMs: 61_000 });
    expect((await xero.call("GET", "/Organisation")).status).toBe(401);
    const form = { grant_type: "refresh_token", refresh_token: xero.tokens.refresh_token ?? "" };
    expect((await postToken(sandbox.origin, form)).status).toBe(200);
    await control("POST", "/clock", { advanceMs: 60 * 86_400_000 });
    expect((await postToken(sandbox.origin, form)).status).toBe(400);
  });

  it("changes the pace of time", async () => {
    expect(await control("POST", "/clock", { scale: 60 })).toMatchObject({ status: 200, scale: 60 });
    expect((await control("POST", "/clock", { scale: 0 })).status).toBe(400);
    expect(await control("GET", "/clock")).toMatchObject({ scale: 60 });
  });

  it("groups calls by caller, path and outcome", async () => {
    await xero.create("Contacts", { Name: "Ann" });
    await putContact("Ann");
    const { groups } = await control("GET", "/calls/groups?by=caller,operation,outcome&operation=contacts");
    expect(groups).toEqual([
      { caller: XERO_CLIENT_ID, operation: "/Contacts", outcome: "200", count: 1 },
      { caller: XERO_CLIENT_ID, operation: "/Contacts", outcome: "400", count: 1 },
    ]);
    expect((await control("GET", "/calls/groups?by=colour")).status).toBe(400);
  });

  it("has a page whose forms order faults, move time and turn switches", async () => {
    const send = (path: string, form: Record<string, string>): Promise<Response> =>
      fetch(`${sandbox.origin}/control/page${path}`, {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams(form),
      });
    expect((await send("/faults", { fault: "timeout-after", service: "zoho", times: "3" })).status).toBe(302);
    expect(sandbox.faults.list()).toMatchObject([
      { service: "zoho", times: 3, effect: { type: "timeout-after" } },
    ]);
    expect(await (await send("/faults", { fault: "xero-day", service: "zoho" })).text()).toContain(
      'role="alert"',
    );
    expect((await send("/clock", { move: "set", value: "2031-03-04T05:06" })).status).toBe(302);
    expect((await control("GET", "/clock")).now).toMatch(/^2031-03-04T05:06/);
    expect((await send("/switches", { name: "xero.day-limit", position: "1000" })).status).toBe(302);
    await putContact("Ann");
    const page = await (await fetch(`${sandbox.origin}/control?operation=contacts`)).text();
    expect(page).toContain("1 calls by caller, path and outcome");
    expect(page).toContain(XERO_CLIENT_ID);
  });

  it("is not there unless it was asked for", async () => {
    const without = await startSandbox({ port: 0 });
    for (const path of ["", "/health", "/calls"])
      expect((await fetch(`${without.origin}/control${path}`)).status).toBe(404);
    expect((await fetch(`${without.origin}/control/reset`, { method: "POST" })).status).toBe(404);
    await without.stop();
  });

  it("turns switches, and refuses unknown names and positions", async () => {
    const turned = await control("POST", "/switches", { name: "xero.day-limit", position: "1000" });
    expect(turned.status).toBe(200);
    const { switches } = await control("GET", "/switches");
    expect(switches.find(({ name }: Answered) => name === "xero.day-limit").position).toBe("1000");
    expect((await control("POST", "/switches", { name: "nope", position: "1" })).status).toBe(400);
    expect((await control("POST", "/switches", { name: "xero.day-limit", position: "7" })).status).toBe(400);
  });

  it("makes tokens older", async () => {
    await control("POST", "/tokens", { service: "xero", ageMinutes: 31 });
    expect((await xero.call("GET", "/Organisation")).status).toBe(401);
  });

  it("resets to a first start", async () => {
    await putContact("Ann");
    await control("POST", "/reset");
    expect((await control("GET", "/calls")).services.xero.total).toBe(0);
    expect((await xero.call("GET", "/Organisation")).status).toBe(401);
    xero = await connectXero(sandbox.origin);
    expect(await contactNames()).toEqual([]);
  });

  it("answers what it knows to a call that it does not, and 404 for a strange service", async () => {
    const unknown = await control("GET", "/nope");
    expect(unknown.status).toBe(404);
    expect(unknown.known).toContain("POST /control/faults");
    expect((await fetch(`${sandbox.origin}/quickbooks/x`)).status).toBe(404);
  });
});

describe("a sandbox with a folder", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "sandbox-"));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it("still has every answered write, its tokens and its numbers after it was killed", async () => {
    const first = await startSandbox({ port: 0, dir });
    const client = await connectXero(first.origin);
    const [contact] = await client.create("Contacts", { Name: "Ann" });
    await first.kill();
    const second = await startSandbox({ port: Number(new URL(first.origin).port), dir });
    const { json } = await client.call("GET", `/Contacts/${contact?.ContactID}`);
    expect(json.Contacts[0].Name).toBe("Ann");
    const refreshed = await postToken(second.origin, {
      grant_type: "refresh_token",
      refresh_token: client.tokens.refresh_token ?? "",
    });
    expect(refreshed.status).toBe(200);
    await second.stop();
    await first.stop();
  });
});

describe("a restart on the same folder", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "sandbox-"));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it("still knows the keys of the last six minutes and their answers", async () => {
    const first = await startSandbox({ port: 0, dir });
    const client = await connectXero(first.origin);
    const put = (name: string) =>
      client.call("PUT", "/Contacts", { body: { Name: name }, headers: { "idempotency-key": "key-1" } });
    const answer = await put("Ann");
    await first.kill();
    const second = await startSandbox({ port: Number(new URL(first.origin).port), dir });
    expect((await put("Ann")).text).toBe(answer.text);
    expect((await put("Bob")).status).toBe(400);
    expect((await client.call("GET", "/Contacts")).json.Contacts).toHaveLength(1);
    second.clock.advance(6 * 60_000);
    expect((await put("Bob")).status).toBe(200);
    await second.stop();
    await first.stop();
  });

  it("goes on with the time that was set", async () => {
    const first = await startSandbox({ port: 0, dir, admin: true });
    await fetch(`${first.origin}/control/clock`, {
      method: "POST",
      body: JSON.stringify({ set: "2031-01-01T00:00:00Z" }),
    });
    await first.stop();
    const second = await startSandbox({ port: 0, dir });
    expect(second.clock.now().toISOString()).toMatch(/^2031-01-01/);
    await second.stop();
  });
});

describe("a fault of the sandbox itself", () => {
  it("is answered with 500 and told, never hidden", async () => {
    const told: unknown[] = [];
    const broken = await startSandbox({ port: 0, onError: (error) => told.push(error) });
    const client = await connectXero(broken.origin);
    broken.context.newId = () => {
      throw new Error("out of ids");
    };
    const reply = await client.call("PUT", "/Contacts", { body: { Name: "Ann" } });
    expect(reply).toMatchObject({ status: 500, json: { sandboxError: "out of ids" } });
    expect(told).toHaveLength(1);
    await broken.stop();
  });
});

describe("seeding", () => {
  it("fills the sandbox with the demo company, once until a reset", async () => {
    const report = await control("POST", "/seed", { kind: "demo-company" });
    expect(report).toMatchObject({ status: 200, kind: "demo-company" });
    await expect(sandbox.seed({ kind: "demo-company" })).rejects.toThrow("reset it first");
    await control("POST", "/reset");
    expect((await control("POST", "/seed", { kind: "demo-company" })).status).toBe(200);
    expect((await control("POST", "/seed", { kind: "nothing" })).status).toBe(400);
  });
});
