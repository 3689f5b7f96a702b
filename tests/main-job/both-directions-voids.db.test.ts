import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { letBack, syncBothWays } from "./back-to-source";
import { expectAgreement, listOpen, openCompany } from "./company";
import { listAll, openLedger } from "./ledger-books";
import { openSource, type SourceBooks } from "./source-books";

/** What is voided or deleted on one side is never left standing on the other without a name and a way to settle it. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
let ledger: TestClient;
let source: SourceBooks;

beforeAll(async () => {
  world = await startProductWorld({ env: { DELETIONS_LOOK_MS: "0" } });
  access = await openCompany(world);
  await world.owner.syncOnce(access);
  await letBack(world, access, ["item", "invoice"]);
  await syncBothWays(world, access);
  ledger = await openLedger(world.sandbox.origin);
  source = await openSource(world.sandbox.origin);
});

afterAll(() => world.stop());

const statusInXero = async (number: string): Promise<unknown> =>
  (await listAll(ledger, "Invoices")).find((one) => one.InvoiceNumber === number)?.Status;

const statusInZoho = async (number: string): Promise<unknown> => {
  const id = await source.findId("invoices", number);
  const { invoice } = await source.call("GET", `/invoices/${id}`);
  return typeof invoice === "object" && invoice !== null && "status" in invoice ? invoice.status : null;
};

const causesOf = async (name: string): Promise<string[]> =>
  (await listOpen(access)).filter((one) => one.name === name).map((one) => one.cause);

async function voidInXero(number: string): Promise<void> {
  const [invoice] = (await listAll(ledger, "Invoices")).filter((one) => one.InvoiceNumber === number);
  const reply = await ledger.call("POST", `/Invoices/${invoice?.InvoiceID}`, { body: { Status: "VOIDED" } });
  expect(reply.status).toBe(200);
}

describe("an invoice that a person voided in Xero", () => {
  it("is an exception by name, and Zoho Books is left alone", async () => {
    await voidInXero("INV-1106");
    await syncBothWays(world, access);
    expect(await causesOf("INV-1106")).toEqual(["goneInLedger"]);
    expect(await statusInZoho("INV-1106")).not.toBe("void");
    await expectAgreement(access);
  });

  it("is voided in Zoho Books where the owner lets voids go back", async () => {
    await letBack(world, access, ["invoice"], { voidRule: "follow" });
    await syncBothWays(world, access);
    expect(await statusInZoho("INV-1106")).toBe("void");
    await syncBothWays(world, access);
    expect(await causesOf("INV-1106")).toEqual([]);
    await expectAgreement(access);
  });
});

describe("an invoice that was deleted in Zoho Books", () => {
  it("is noticed though no list shows it, and waits for a person", async () => {
    const id = await source.findId("invoices", "INV-1101");
    await source.call("DELETE", `/invoices/${id}`);
    await syncBothWays(world, access);
    expect(await causesOf("INV-1101")).toEqual(["goneInSource"]);
    expect(await statusInXero("INV-1101")).toBe("AUTHORISED");
  });

  it("is voided in Xero where the owner lets deletions follow", async () => {
    const { setFlow } = await import("@/lib/operations/flows/set-flow");
    const set = await setFlow(access, { recordType: "invoice", direction: "toLedger", voidRule: "follow" });
    expect(set.ok).toBe(true);
    await syncBothWays(world, access);
    expect(await statusInXero("INV-1101")).toBe("VOIDED");
    expect(await causesOf("INV-1101")).toEqual([]);
    await expectAgreement(access);
  });
});

describe("an item", () => {
  it("that was made in Xero is made in Zoho Books, and its new price goes there too", async () => {
    const made = await ledger.call("PUT", "/Items", {
      body: {
        Items: [{ Code: "BACK-1", Name: "Brass bell", IsSold: true, SalesDetails: { UnitPrice: 12.5 } }],
      },
    });
    expect(made.status).toBe(200);
    await syncBothWays(world, access);
    expect(await itemInZoho("Brass bell")).toMatchObject({ sku: "BACK-1", rate: 12.5 });
    const itemId = made.json.Items[0].ItemID;
    await ledger.call("POST", `/Items/${itemId}`, {
      body: { Code: "BACK-1", Name: "Brass bell", SalesDetails: { UnitPrice: 13.75 } },
    });
    await syncBothWays(world, access);
    expect(await itemInZoho("Brass bell")).toMatchObject({ sku: "BACK-1", rate: 13.75 });
    await expectAgreement(access);
  });
});

async function itemInZoho(name: string): Promise<unknown> {
  const answer = await source.call("GET", `/items?${new URLSearchParams({ name })}`);
  const [item] = Array.isArray(answer.items) ? answer.items : [];
  return item;
}
