import { afterAll, beforeAll, expect, it } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getCallMeter } from "@/lib/operations/overview/get-call-meter";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openCompany } from "./company";

/** What the owner is told of the calls, held against what the sandbox itself counted. */
let world: ProductWorld;
let access: WorkspaceAccess;

beforeAll(async () => {
  world = await startProductWorld();
  access = await openCompany(world);
});

afterAll(async () => {
  await world.stop();
});

it("counts the calls that the vendors were asked, and what one record a call would have taken", async () => {
  const before = await getCallMeter(access);
  const { seq } = world.sandbox.callLog.entries(0).at(-1) ?? { seq: 0 };
  await world.owner.syncOnce(access);
  const meters = await getCallMeter(access);
  for (const [place, service] of (["zoho", "xero"] as const).entries()) {
    const asked = world.sandbox.callLog.entries(seq).filter((call) => call.service === service);
    const calls = (meters[place]?.calls ?? 0) - (before[place]?.calls ?? 0);
    expect(calls, service).toBe(asked.length);
    expect(meters[place]?.today.calls).toBe(meters[place]?.calls);
    expect(BigInt(meters[place]?.bytesReceived ?? 0)).toBeGreaterThan(0n);
  }
  expect(meters[1]?.singleCalls).toBeGreaterThan(3 * (meters[1]?.calls ?? 0));
});
