import { afterAll, beforeAll, it } from "vitest";
import { writeFileSync } from "node:fs";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openCompany, listOpen, expectAgreement } from "./company";
import { openLedger, readBooks } from "./ledger-books";
let world: ProductWorld;
beforeAll(async () => { world = await startProductWorld(); });
afterAll(() => world.stop());
it("probe", async () => {
  const access = await openCompany(world);
  const { startPreview } = await import("@/lib/operations/runs/start-preview");
  await world.owner.syncOnce(access);
  await expectAgreement(access);
  const client = await openLedger(world.sandbox.origin);
  const books = await readBooks(client);
  const entries = world.sandbox.callLog.entries().filter(e => e.service === "xero" && e.kind === "write");
  writeFileSync("/tmp/probe.json", JSON.stringify({ books, open: await listOpen(access), writes: entries.map(e => `${e.method} ${e.operation} ${e.elements} ${e.status}`) }, null, 1));
});
