import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { letBack, syncBothWays } from "./back-to-source";
import { expectAgreement, openCompany, waitUntil } from "./company";
import { holdCall, KILLABLE, killAndReplace } from "./killed-worker";
import { listAll, openLedger } from "./ledger-books";
import { openSource } from "./source-books";

/**
 * The worker is killed with SIGKILL around a write to Zoho Books, which has no key that would recognise a second try. Zoho's
 * own list and its call log say how often each record was made.
 */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;

beforeAll(async () => {
  world = await startProductWorld(KILLABLE);
  access = await openCompany(world);
  await world.owner.syncOnce(access);
  await letBack(world, access, ["contact", "payment"]);
  await syncBothWays(world, access);
});

afterAll(() => world.stop());

const hold = (operation: string, afterHandling: boolean): void =>
  holdCall(world, { service: "zoho", method: "POST", operation, afterHandling });

const callsOf = (operation: string): number =>
  world.sandbox.callLog.entries().filter((call) => call.method === "POST" && call.operation === operation)
    .length;

it.each([
  ["between Zoho's commit and its answer", true],
  ["while its call is still on the way", false],
] as const)("a worker that is killed %s leaves one contact", async (when, afterHandling) => {
  const ledger = await openLedger(world.sandbox.origin);
  const source = await openSource(world.sandbox.origin);
  const name = `Killed ${when}`;
  await ledger.call("PUT", "/Contacts", { body: { Contacts: [{ Name: name }] } });
  hold("/contacts", afterHandling);
  await world.owner.syncOnce(access);
  await waitUntil(() => world.sandbox.faults.waiting === 0);
  if (afterHandling) await waitUntil(async () => (await source.findIds("contacts", name)).length > 0);
  await killAndReplace(world);
  await world.waitUntilIdle();
  expect(await source.findIds("contacts", name)).toHaveLength(1);
  await syncBothWays(world, access);
  expect(await source.findIds("contacts", name)).toHaveLength(1);
  await expectAgreement(access);
});

it("a worker that is killed between Zoho's commit of a payment and its answer leaves one payment", async () => {
  const ledger = await openLedger(world.sandbox.origin);
  const source = await openSource(world.sandbox.origin);
  const invoiceId = await source.findId("invoices", "INV-1108");
  const [invoice] = (await listAll(ledger, "Invoices")).filter((one) => one.InvoiceNumber === "INV-1108");
  const half = 30.6;
  await ledger.call("PUT", "/Payments", {
    body: {
      Payments: [
        {
          Invoice: { InvoiceID: invoice?.InvoiceID },
          Account: { Code: "090" },
          Date: "2026-11-03",
          Amount: half,
        },
      ],
    },
  });
  hold("/customerpayments", true);
  await world.owner.syncOnce(access);
  await waitUntil(() => world.sandbox.faults.waiting === 0);
  const balance = async (): Promise<unknown> => {
    const answer = await source.call("GET", `/invoices/${invoiceId}`);
    return (answer.invoice as { balance: unknown }).balance;
  };
  await waitUntil(async () => (await balance()) === half);
  await killAndReplace(world);
  await world.waitUntilIdle();
  await syncBothWays(world, access);
  // A second payment would fit: only half of the invoice is paid.
  expect(await balance()).toBe(half);
  expect(callsOf("/customerpayments")).toBe(1);
  await expectAgreement(access);
});
