import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { HARBOUR_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { xeroRecords } from "../open-books";
import { connectXero, postConsent, type TestClient } from "../test-client";
import { XERO_CLIENT_ID } from "./registered-apps";

let sandbox: RunningSandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, clock: createFrozenClock("2026-06-01T09:00:00Z") });
});
afterEach(() => sandbox.stop());

const turn = (name: string, position: string): void => sandbox.context.switches.set(name, position);

/** Connections of the app to organisations of other people. */
const connectOthers = (count: number): void => {
  const { connections } = xeroRecords(sandbox.context);
  for (let index = 0; index < count; index += 1)
    connections.put({
      id: sandbox.context.newId(),
      clientId: XERO_CLIENT_ID,
      userId: "somebody-else",
      tenantId: sandbox.context.newId(),
      authEventId: sandbox.context.newId(),
      createdMs: 0,
      updatedMs: 0,
    });
};

describe("a consent", () => {
  it.each([5, 50, 1000])("is refused once the app has its %d organisations", async (most) => {
    turn("xero.app-connections", String(most));
    connectOthers(most - 1);
    const first = await postConsent(sandbox.origin, {});
    expect(first.location.get("code")).not.toBeNull();
    const next = await postConsent(sandbox.origin, { tenant: HARBOUR_TENANT_ID });
    expect(next).toMatchObject({ status: 400 });
    expect(next.body).toContain("This app has reached the number of organisations that it can connect to.");
    const again = await postConsent(sandbox.origin, { user: "marcus@webbandpartners.test" });
    expect(again.location.get("code")).not.toBeNull();
  });

  it("is refused by an organisation with two uncertified apps, unless ours is one of them", async () => {
    await connectXero(sandbox.origin);
    turn("xero.uncertified-apps", "two");
    const refused = await postConsent(sandbox.origin, { tenant: HARBOUR_TENANT_ID });
    expect(refused.status).toBe(400);
    expect(refused.body).toContain("connected to two uncertified apps already");
    expect((await postConsent(sandbox.origin, {})).location.get("code")).not.toBeNull();
    turn("xero.uncertified-apps", "none");
    const taken = await postConsent(sandbox.origin, { tenant: HARBOUR_TENANT_ID });
    expect(taken.location.get("code")).not.toBeNull();
  });

  it("that is refused so may come back to the app as access_denied", async () => {
    turn("xero.uncertified-apps", "two");
    turn("xero.refused-connection", "access-denied");
    const { status, location } = await postConsent(sandbox.origin, {});
    expect(status).toBe(302);
    expect(Object.fromEntries(location)).toEqual({ error: "access_denied", state: "state-1" });
  });
});

describe("the first half hour of a connection", () => {
  const statuses = async (client: TestClient, calls: number): Promise<number[]> => {
    const seen = new Set<number>();
    for (let call = 0; call < calls; call += 1) seen.add((await client.call("GET", "/Currencies")).status);
    return [...seen];
  };

  it("has no limit of the minute or the day with Rapid Sync, and leaves both untouched", async () => {
    turn("xero.rapid-sync", "on");
    const xero = await connectXero(sandbox.origin);
    expect(await statuses(xero, 130)).toEqual([200]);
    sandbox.clock.advance(30 * 60_000);
    const { headers } = await xero.call("GET", "/Currencies");
    expect([headers.get("x-minlimit-remaining"), headers.get("x-daylimit-remaining")]).toEqual([
      "59",
      "4999",
    ]);
    expect(await statuses(xero, 60)).toEqual([200, 429]);
  });

  it("still counts for the app and begins anew with no second consent", async () => {
    turn("xero.rapid-sync", "on");
    turn("xero.app-minute-limit", "30");
    const xero = await connectXero(sandbox.origin);
    expect(await statuses(xero, 31)).toEqual([200, 429]);
    turn("xero.app-minute-limit", "10000");
    sandbox.clock.advance(30 * 60_000);
    expect(await statuses(await connectXero(sandbox.origin), 61)).toEqual([200, 429]);
  });

  it("has the usual limits without Rapid Sync", async () => {
    expect(await statuses(await connectXero(sandbox.origin), 61)).toEqual([200, 429]);
  });
});
