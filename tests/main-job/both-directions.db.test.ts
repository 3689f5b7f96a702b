import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { RecordType } from "@/lib/domain/record-type";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { letBack, syncBothWays } from "./back-to-source";
import { expectAgreement, listOpen, openCompany } from "./company";
import { listAll, openLedger } from "./ledger-books";
import { openSource, type SourceBooks } from "./source-books";

/**
 * What comes into being in Xero goes back to Zoho Books where the owner lets it: once, whatever becomes of an answer, and
 * without an echo. Zoho's own list and its call log are the witnesses.
 */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
let ledger: TestClient;
let source: SourceBooks;

const BACK: readonly RecordType[] = ["contact", "item", "payment", "invoice", "creditNote"];

beforeAll(async () => {
  world = await startProductWorld({ env: { DELETIONS_LOOK_MS: "0" } });
  access = await openCompany(world);
  await world.owner.syncOnce(access);
  await letBack(world, access, BACK);
  await syncBothWays(world, access);
  ledger = await openLedger(world.sandbox.origin);
  source = await openSource(world.sandbox.origin);
});

afterAll(() => world.stop());

/** Calls to Zoho Books that write, since the given place of its log. */
const writesSince = (start: number): string[] =>
  world.sandbox.callLog
    .entries()
    .slice(start)
    .filter((call) => call.service === "zoho" && call.tenant !== undefined && call.method !== "GET")
    .map((call) => `${call.method} ${call.operation}`);

const logLength = (): number => world.sandbox.callLog.entries().length;

async function typeIntoXero(plural: string, record: object): Promise<Record<string, string>> {
  const reply = await ledger.call("PUT", `/${plural}`, { body: { [plural]: [record] } });
  if (reply.status !== 200) throw new Error(`Xero refused: ${JSON.stringify(reply.json)}`);
  return reply.json[plural][0];
}

describe("a contact that was made in Xero", () => {
  it("is made in Zoho Books, once, and nothing of it comes back", async () => {
    await typeIntoXero("Contacts", {
      Name: "Seal Rock Supplies",
      FirstName: "Sam",
      LastName: "Reyes",
      EmailAddress: "sam@sealrock.test",
    });
    const start = logLength();
    await syncBothWays(world, access);
    expect(writesSince(start)).toEqual(["POST /contacts"]);
    const id = await source.findId("contacts", "Seal Rock Supplies");
    const { contact } = await source.call("GET", `/contacts/${id}`);
    expect(contact).toMatchObject({ first_name: "Sam", last_name: "Reyes", email: "sam@sealrock.test" });
    await expectAgreement(access);
    const xero = await listAll(ledger, "Contacts");
    const again = logLength();
    await syncBothWays(world, access);
    expect(writesSince(again)).toEqual([]);
    expect(await listAll(ledger, "Contacts")).toEqual(xero);
  });

  it("and is changed there is changed in Zoho Books, and what Zoho alone knows of it stays", async () => {
    const id = await source.findId("contacts", "Seal Rock Supplies");
    await source.call("PUT", `/contacts/${id}`, { website: "sealrock.test" });
    const [contact] = (await listAll(ledger, "Contacts")).filter((one) => one.Name === "Seal Rock Supplies");
    await ledger.call("POST", `/Contacts/${contact?.ContactID}`, {
      body: { EmailAddress: "accounts@sealrock.test" },
    });
    const start = logLength();
    await syncBothWays(world, access);
    expect(writesSince(start)).toEqual(["PUT /contacts/{id}"]);
    const answer = await source.call("GET", `/contacts/${id}`);
    expect(answer.contact).toMatchObject({
      email: "accounts@sealrock.test",
      first_name: "Sam",
      website: "sealrock.test",
    });
    await expectAgreement(access);
  });
});

describe("an answer that is lost", () => {
  it.each([
    ["after the contact was saved", { type: "drop-after" }],
    ["because the call never arrived", { type: "drop-before" }],
    [
      "behind a status 500 of a contact that was saved",
      { type: "status", status: 500, body: "", headers: {}, afterHandling: true },
    ],
  ] as const)("%s leaves one contact", async (why, effect) => {
    const name = `Lost answer ${why}`;
    await typeIntoXero("Contacts", { Name: name });
    world.sandbox.faults.order({
      service: "zoho",
      method: "POST",
      operation: "/contacts",
      skip: 0,
      times: 1,
      effect,
    });
    await syncBothWays(world, access);
    expect(world.sandbox.callLog.entries().filter((call) => call.fault !== undefined).length).toBeGreaterThan(
      0,
    );
    expect(await source.findIds("contacts", name)).toHaveLength(1);
    await expectAgreement(access);
  });
});

describe("a payment that reached the bank in Xero", () => {
  it("is entered on its invoice in Zoho Books, and the invoice is paid on both sides", async () => {
    const invoiceId = await source.findId("invoices", "INV-1108");
    const [invoice] = (await listAll(ledger, "Invoices")).filter((one) => one.InvoiceNumber === "INV-1108");
    await typeIntoXero("Payments", {
      Invoice: { InvoiceID: invoice?.InvoiceID },
      Account: { Code: "090" },
      Date: "2026-11-03",
      Amount: invoice?.AmountDue,
      Reference: "Bank feed 77",
    });
    const start = logLength();
    await syncBothWays(world, access);
    expect(writesSince(start)).toEqual(["POST /customerpayments"]);
    const answer = await source.call("GET", `/invoices/${invoiceId}`);
    expect(answer.invoice).toMatchObject({ status: "paid", balance: 0 });
    await expectAgreement(access);
    const again = logLength();
    await syncBothWays(world, access);
    expect(writesSince(again)).toEqual([]);
    expect(
      (await listAll(ledger, "Payments")).filter((one) => one.Reference?.includes("Bank feed 77")),
    ).toHaveLength(1);
  });

  it("and is deleted in Xero again waits for a person, and goes where the owner lets voids go", async () => {
    const [payment] = (await listAll(ledger, "Payments")).filter((one) =>
      one.Reference?.includes("Bank feed 77"),
    );
    await ledger.call("POST", `/Payments/${payment?.PaymentID}`, { body: { Status: "DELETED" } });
    await syncBothWays(world, access);
    expect((await listOpen(access)).map((one) => one.cause)).toContain("goneInLedger");
    await letBack(world, access, ["payment"], { voidRule: "follow" });
    const start = logLength();
    await syncBothWays(world, access);
    expect(writesSince(start)).toEqual(["DELETE /customerpayments/{id}"]);
    const invoiceId = await source.findId("invoices", "INV-1108");
    expect((await source.call("GET", `/invoices/${invoiceId}`)).invoice).toMatchObject({ balance: 61.2 });
    expect((await listOpen(access)).map((one) => one.cause)).not.toContain("goneInLedger");
    await expectAgreement(access);
  });
});
