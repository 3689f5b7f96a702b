import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { HARBOUR_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { connectXero, type TestClient, type XeroReply } from "../test-client";

let sandbox: RunningSandbox;
let xero: TestClient;
beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, clock: createFrozenClock("2026-06-01T09:00:00Z") });
  xero = await connectXero(sandbox.origin);
});
afterEach(() => sandbox.stop());

const turn = (name: string, position: string): void => sandbox.context.switches.set(name, position);
const read = (client = xero): Promise<XeroReply> => client.call("GET", "/Organisation");
const problemOf = ({ status, headers }: XeroReply) => ({
  status,
  problem: headers.get("x-rate-limit-problem"),
  retryAfter: headers.get("retry-after"),
  minute: headers.get("x-minlimit-remaining"),
  day: headers.get("x-daylimit-remaining"),
  app: headers.get("x-appminlimit-remaining"),
});
const readMany = async (count: number, client = xero): Promise<void> => {
  for (let call = 0; call < count; call += 1) expect((await read(client)).status).toBe(200);
};

describe("a 429", () => {
  it("of the minute says how long to wait, and goes as the oldest call leaves the window", async () => {
    await readMany(30);
    sandbox.clock.advance(20_000);
    await readMany(30);
    expect(problemOf(await read())).toEqual({
      status: 429,
      problem: "minute",
      retryAfter: "40",
      minute: "0",
      day: "4940",
      app: "9940",
    });
    sandbox.clock.advance(40_000);
    await readMany(30);
    expect((await read()).status).toBe(429);
  });

  it("of the day comes first, and lasts until the day has room", async () => {
    turn("xero.day-limit", "1000");
    for (let minute = 0; minute < 17; minute += 1) {
      await readMany(minute === 16 ? 40 : 60);
      sandbox.clock.advance(60_000);
    }
    expect(problemOf(await read())).toMatchObject({
      status: 429,
      problem: "day",
      day: "0",
      minute: "60",
      retryAfter: String(86_400 - 17 * 60),
    });
    turn("xero.day-limit", "5000");
    expect((await read()).status).toBe(200);
  });

  it("of the app counts every organisation, and may keep its Retry-After to itself", async () => {
    turn("xero.app-minute-limit", "30");
    const harbour = await connectXero(sandbox.origin, { tenant: HARBOUR_TENANT_ID });
    await readMany(20);
    await readMany(10, harbour);
    expect(problemOf(await read(harbour))).toMatchObject({
      status: 429,
      problem: "appminute",
      retryAfter: "60",
      app: "0",
      minute: "50",
    });
    turn("xero.app-minute-retry-after", "absent");
    turn("xero.rate-limit-problem", "capitals");
    expect(problemOf(await read())).toMatchObject({ problem: "AppMinute", retryAfter: null });
  });

  it("of five calls at once has no Retry-After, in either spelling", async () => {
    turn("xero.latency-ms", "250");
    turn("xero.rate-limit-problem", "capitals");
    const replies = await Promise.all(Array.from({ length: 6 }, () => read()));
    const refused = replies.filter(({ status }) => status === 429).map(problemOf);
    expect(refused).toMatchObject([{ problem: "Concurrent", retryAfter: null }]);
  });

  it("counts for nothing, nor does a call that never got in", async () => {
    await readMany(59);
    expect((await xero.call("GET", "/Organisation", { headers: { authorization: "" } })).status).toBe(401);
    expect((await xero.call("GET", "/Nowhere")).status).toBe(404);
    expect((await read()).status).toBe(200);
    for (let call = 0; call < 3; call += 1) expect((await read()).status).toBe(429);
    sandbox.clock.advance(60_000);
    expect(problemOf(await read())).toMatchObject({ status: 200, minute: "59" });
  });
});

describe("the headers of what is left", () => {
  it("stand on refusals as well as on answers", async () => {
    expect(problemOf(await xero.call("GET", "/Invoices", { query: { where: "?" } }))).toMatchObject({
      status: 400,
      minute: "59",
      day: "4999",
      app: "9999",
    });
    const unknown = await xero.call("GET", "/Invoices/none");
    expect(problemOf(unknown)).toMatchObject({ status: 404, minute: "58" });
  });
});
