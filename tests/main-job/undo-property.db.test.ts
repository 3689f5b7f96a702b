import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openWholeLedger, setGroups } from "./bought-company";
import { expectAgreement, listOpen } from "./company";
import { seedRandomCompany } from "./random-company";
import { seedRandomPurchases } from "./random-purchases";
import {
  addBalances,
  closePeriod,
  followUndo,
  previewAgain,
  previewUndo,
  readYearToDate,
  whatStayedBooked,
} from "./undo-rounds";

/**
 * Companies that nobody designed, with sales, purchases, bank and journals, undone after part of the year was closed: from
 * the first open day on the trial balance is the one before the run, but for exactly what the preview said would stay; and
 * posted again once all is open, it is the one after the run, whichever numbers Xero gives twice.
 */
vi.setConfig({ testTimeout: 300_000, hookTimeout: 240_000 });

const CASES = [
  { seed: 11, lockedTo: "2026-07-31", reuse: "deleted" },
  { seed: 523, lockedTo: "2026-06-15", reuse: "deleted-and-voided" },
  { seed: 90_210, lockedTo: "2026-09-30", reuse: "never" },
] as const;
const YEAR_END = "2027-03-31";

let world: ProductWorld;
beforeAll(async () => {
  world = await startProductWorld();
});
afterAll(() => world.stop());

async function openRandomCompany(seed: number): Promise<WorkspaceAccess> {
  await world.sandbox.reset();
  seedRandomCompany(world.sandbox.context, seed, { invoices: 24, creditNotes: 6 });
  seedRandomPurchases(world.sandbox.context, seed, { bills: 14, credits: 4, expenses: 8, journals: 5 });
  const access = await world.owner.signUp(`olivia-${seed}@random.test`);
  await world.owner.connect(access, "xero", "global");
  await world.owner.connect(access, "zoho-books", "eu");
  await setGroups(access, ["purchases", "bank", "journals"], "previewOnly");
  await world.owner.confirmSuggestions(access);
  return access;
}

async function disconnectAll(access: WorkspaceAccess): Promise<void> {
  const { listConnections } = await import("@/lib/operations/connections/list-connections");
  const { disconnect } = await import("@/lib/operations/connections/disconnect");
  for (const { connectionId } of await listConnections(access)) await disconnect(access, connectionId);
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

describe.each(CASES)(
  "a company of chance, number $seed, closed to $lockedTo",
  ({ seed, lockedTo, reuse }) => {
    it("is taken back from the first open day on, and posted again whichever numbers Xero gives twice", async () => {
      const access = await openRandomCompany(seed);
      const ledger: TestClient = await openWholeLedger(world.sandbox.origin);
      const days = [dayAfter(lockedTo), YEAR_END];
      const look = (): Promise<Record<string, bigint>[]> =>
        Promise.all(days.map((day) => readYearToDate(ledger, day)));
      const before = await look();
      const { runId } = await world.owner.syncOnce(access);
      expect((await listOpen(access)).map(({ name, message }) => `${name}: ${message}`)).toEqual([]);
      const posted = await readYearToDate(ledger, YEAR_END);
      expect(posted).not.toEqual(before[1]);

      closePeriod(world, lockedTo);
      const undo = await previewUndo(world, access, runId, { takesLocked: true });
      expect(undo.view.closedPeriods?.documents).toBeGreaterThan(3);
      const run = await followUndo(world, access, undo.runId);
      const blocked = undo.rows.filter(({ verb }) => verb === "block").length;
      expect(run.passes.reduce((failed, pass) => failed + pass.failed, 0)).toBe(blocked);
      const after = await look();
      for (const [index, day] of days.entries()) {
        const stayed = await whatStayedBooked(access, undo.runId, ledger, day);
        expect(after[index], day).toEqual(addBalances(before[index] ?? {}, stayed));
      }
      await expectAgreement(access);

      closePeriod(world, null);
      world.sandbox.context.switches.set("xero.number-reuse", reuse);
      const { releaseUndone } = await import("@/lib/operations/runs/release-undone");
      await releaseUndone(access);
      const again = await previewAgain(world, access);
      await followUndo(world, access, again.runId);
      expect(await listOpen(access)).toEqual([]);
      // What took it back and what it took back come to nothing together.
      expect(await readYearToDate(ledger, YEAR_END)).toEqual(posted);
      await expectAgreement(access);
      await world.waitUntilIdle();
      await disconnectAll(access);
    });
  },
);
