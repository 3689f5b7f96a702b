import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { ResourceName } from "@/sandbox/tims/records";
import { type TimsDesk, timsDesk } from "@/sandbox/tims/type-in";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { letBack, syncBothWays } from "./back-to-source";
import { setGroups } from "./bought-company";
import { expectAgreement, listOpen } from "./company";
import { listAll, openLedger } from "./ledger-books";
import { chooseForTims, connectTims, openTimsCompany } from "./tims-company";

/**
 * What comes into being or is changed in Xero goes back to TIMS where the owner lets it, and what is changed in TIMS goes to
 * Xero: once, whatever becomes of an answer, and without an echo. The rows of TIMS and its call log are the witnesses.
 */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
let ledger: TestClient;
let desk: TimsDesk;

beforeAll(async () => {
  world = await startProductWorld();
  access = await openTimsCompany(world);
  const connected = await connectTims(world, access);
  if (!connected.ok) throw new Error(connected.error.message);
  await setGroups(access, ["purchases"], "previewOnly");
  await world.owner.confirmSuggestions(access, "approved", chooseForTims);
  await world.owner.syncOnce(access);
  await letBack(world, access, ["contact", "item"]);
  await syncBothWays(world, access);
  ledger = await openLedger(world.sandbox.origin);
  desk = timsDesk(world.sandbox.context);
});

afterAll(() => world.stop());

const logLength = (): number => world.sandbox.callLog.entries().length;

/** Calls to TIMS that write, since the given place of its log. */
const writesSince = (start: number): string[] =>
  world.sandbox.callLog
    .entries()
    .slice(start)
    .filter((call) => call.service === "tims" && call.tenant !== undefined && call.method !== "GET")
    .map((call) => `${call.method} ${call.operation}`);

const rowsNamed = (name: ResourceName, called: string) =>
  [...desk.books.table(name).heads()].flatMap(([id]) => {
    const row = desk.books.table(name).get(id);
    return row !== undefined && row.name === called ? [{ id, ...row }] : [];
  });

async function typeIntoXero(plural: string, record: object): Promise<Record<string, string>> {
  const reply = await ledger.call("PUT", `/${plural}`, { body: { [plural]: [record] } });
  if (reply.status !== 200) throw new Error(`Xero refused: ${JSON.stringify(reply.json)}`);
  return reply.json[plural][0];
}

const inXero = async (plural: string, key: string, value: string) =>
  (await listAll(ledger, plural)).filter((one) => one[key] === value);

describe("a contact that was made in Xero", () => {
  it("is a customer in TIMS, once, and nothing of it comes back", async () => {
    await typeIntoXero("Contacts", {
      Name: "Tintern Forge",
      FirstName: "Bryn",
      LastName: "Rees",
      EmailAddress: "bryn@tinternforge.test",
    });
    const start = logLength();
    await syncBothWays(world, access);
    expect(writesSince(start)).toEqual(["POST /customers"]);
    expect(rowsNamed("customers", "Tintern Forge")).toEqual([
      expect.objectContaining({ firstName: "Bryn", lastName: "Rees", email: "bryn@tinternforge.test" }),
    ]);
    await expectAgreement(access);
    const [again, contacts] = [logLength(), await listAll(ledger, "Contacts")];
    await syncBothWays(world, access);
    expect(writesSince(again)).toEqual([]);
    expect(await listAll(ledger, "Contacts")).toEqual(contacts);
  });

  it("and is changed there is changed in TIMS, and what TIMS alone knows of it stays", async () => {
    const [customer] = rowsNamed("customers", "Tintern Forge");
    desk.change("customers", customer?.id ?? "", { paymentTermsDays: 45 });
    const [contact] = await inXero("Contacts", "Name", "Tintern Forge");
    await ledger.call("POST", `/Contacts/${contact?.ContactID}`, {
      body: { EmailAddress: "accounts@tinternforge.test" },
    });
    const start = logLength();
    await syncBothWays(world, access);
    expect(writesSince(start)).toEqual(["PUT /customers/{id}"]);
    expect(rowsNamed("customers", "Tintern Forge")).toEqual([
      expect.objectContaining({
        ...{ email: "accounts@tinternforge.test", firstName: "Bryn", paymentTermsDays: 45 },
      }),
    ]);
    await expectAgreement(access);
  });

  it("and sends bills is a vendor in TIMS", async () => {
    const contact = await typeIntoXero("Contacts", { Name: "Usk Valve Works" });
    await typeIntoXero("Invoices", {
      ...{ Type: "ACCPAY", InvoiceNumber: "UVW-1", Status: "AUTHORISED", Date: "2026-10-05" },
      ...{ DueDate: "2026-11-04", Contact: { ContactID: contact.ContactID } },
      LineItems: [{ Description: "Valves", Quantity: 1, UnitAmount: 40, AccountCode: "310" }],
    });
    const start = logLength();
    await syncBothWays(world, access);
    expect(writesSince(start)).toEqual(["POST /vendors"]);
    expect(rowsNamed("vendors", "Usk Valve Works")).toHaveLength(1);
    expect(rowsNamed("customers", "Usk Valve Works")).toEqual([]);
    await expectAgreement(access);
  });

  it.each([
    ["after the customer was saved", { type: "drop-after" }],
    ["because the call never arrived", { type: "drop-before" }],
  ] as const)("and whose answer is lost %s is one customer", async (why, effect) => {
    const name = `Lost answer ${why}`;
    await typeIntoXero("Contacts", { Name: name });
    world.sandbox.faults.order({
      ...{ service: "tims", method: "POST", operation: "/customers", skip: 0, times: 1, effect },
    });
    await syncBothWays(world, access);
    expect(world.sandbox.callLog.entries().some((call) => call.fault !== undefined)).toBe(true);
    expect(rowsNamed("customers", name)).toHaveLength(1);
    await expectAgreement(access);
  });
});

describe("a customer or vendor that is changed in TIMS", () => {
  it("is changed in Xero, with its documents under the new name", async () => {
    const [customer] = rowsNamed("customers", "Avonmouth Fabrications Ltd");
    const [vendor] = rowsNamed("vendors", "Western Haulage Ltd");
    desk.change("customers", customer?.id ?? "", { email: "ledger@avonmouth.test" });
    desk.change("vendors", vendor?.id ?? "", { name: "Great Western Haulage Ltd" });
    const start = logLength();
    await syncBothWays(world, access);
    expect(writesSince(start)).toEqual([]);
    expect((await inXero("Contacts", "Name", "Avonmouth Fabrications Ltd"))[0]?.EmailAddress).toBe(
      "ledger@avonmouth.test",
    );
    expect(await inXero("Contacts", "Name", "Western Haulage Ltd")).toEqual([]);
    const [bill] = await inXero("Invoices", "InvoiceNumber", "WH 3390");
    expect(bill?.Contact?.Name).toBe("Great Western Haulage Ltd");
    await expectAgreement(access);
  });
});

describe("an item", () => {
  it("that was made in Xero is a product in TIMS, and its new price goes there too", async () => {
    const made = await typeIntoXero("Items", {
      ...{ Code: "TORCH-2", Name: "Cutting torch", IsSold: true, SalesDetails: { UnitPrice: 74.5 } },
    });
    await syncBothWays(world, access);
    expect(desk.books.table("items").get("TORCH-2")).toMatchObject({
      name: "Cutting torch",
      salesPrice: expect.anything(),
    });
    expect(Number(desk.books.table("items").get("TORCH-2")?.salesPrice)).toBe(74.5);
    const start = logLength();
    await ledger.call("POST", `/Items/${made.ItemID}`, {
      body: { Code: "TORCH-2", Name: "Cutting torch", SalesDetails: { UnitPrice: 79.95 } },
    });
    await syncBothWays(world, access);
    expect(writesSince(start)).toEqual(["PUT /inventory/items/{id}"]);
    expect(Number(desk.books.table("items").get("TORCH-2")?.salesPrice)).toBe(79.95);
    await expectAgreement(access);
  });

  it("whose price is changed in TIMS has it in Xero", async () => {
    desk.change("items", "HOSE-10", { salesPrice: 36.5 });
    await syncBothWays(world, access);
    const [item] = await inXero("Items", "Code", "HOSE-10");
    expect(item?.SalesDetails?.UnitPrice).toBe(36.5);
    await expectAgreement(access);
  });
});

describe("a vendor's bill that was posted", () => {
  const billId = (number: string): string =>
    [...desk.books.table("bills").heads()].find(
      ([id]) => desk.books.table("bills").get(id)?.billNumber === number,
    )?.[0] ?? "";

  it("and is changed in TIMS waits for a person, and is done with when it is changed back", async () => {
    const id = billId("WH 3390");
    const date = desk.books.table("bills").get(id)?.date;
    desk.change("bills", id, { date: "2026-08-05" });
    await syncBothWays(world, access);
    expect((await listOpen(access)).map(({ name, cause }) => `${name}: ${cause}`)).toContain(
      "WH 3390: changedAfterPosting",
    );
    expect((await inXero("Invoices", "InvoiceNumber", "WH 3390"))[0]?.Total).toBe(495.12);
    desk.change("bills", id, { date });
    await syncBothWays(world, access);
    expect((await listOpen(access)).map(({ name }) => name)).not.toContain("WH 3390");
    await expectAgreement(access);
  });

  it("and is void in TIMS is void in Xero", async () => {
    desk.change("bills", billId("WH 3390"), { status: "Void", balance: 0 });
    await syncBothWays(world, access);
    expect((await inXero("Invoices", "InvoiceNumber", "WH 3390"))[0]?.Status).toBe("VOIDED");
    await expectAgreement(access);
  });
});
