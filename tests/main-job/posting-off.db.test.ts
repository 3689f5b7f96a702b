import { AsyncLocalStorage } from "node:async_hooks";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openCompany } from "./company";

/** The operator's switch: with TIEOUT_POSTING=off nothing is written anywhere, and reading goes on. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;

beforeAll(async () => {
  world = await startProductWorld({ env: { TIEOUT_POSTING: "off" } });
  access = await openCompany(world);
});
afterAll(() => world.stop());

const writesSeen = (): number =>
  world.sandbox.callLog.entries().filter(({ kind }) => kind === "write").length;

async function previewed(): Promise<string> {
  const { startPreview } = await import("@/lib/operations/runs/start-preview");
  const preview = await startPreview(access);
  if (!preview.ok) throw new Error(preview.error.message);
  await world.owner.followRun(access, preview.value.runId, (run) => run.state === "previewed");
  return preview.value.runId;
}

describe("while posting is switched off", () => {
  it("a preview is made, and posting it is refused in words", async () => {
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    expect(await startPosting(access, await previewed())).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/^Posting is switched off for everybody/) },
    });
    expect(writesSeen()).toBe(0);
  });

  it("a run that was let go before sends nothing, and is posted once the switch is on again", async () => {
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    const runtime = await getRuntime();
    const { env } = runtime;
    const runId = await previewed();
    // The switch is on for the press alone, and off for whatever works at the same time or later.
    const press = new AsyncLocalStorage<true>();
    const turning = { ...env };
    Object.defineProperty(turning, "TIEOUT_POSTING", { get: () => (press.getStore() ? "on" : "off") });
    Object.assign(runtime, { env: turning });
    const started = await press.run(true, () => startPosting(access, runId));
    expect(started).toMatchObject({ ok: true });
    await world.owner.followRun(access, runId, (run) => run.state === "finished");
    expect(writesSeen()).toBe(0);
    Object.assign(runtime, { env: { ...env, TIEOUT_POSTING: "on" } });
    await world.owner.syncOnce(access);
    expect(writesSeen()).toBeGreaterThan(0);
  });
});
