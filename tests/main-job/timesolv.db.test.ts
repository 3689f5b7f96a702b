import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { ARCHIVED_TWIN, SPELLED_OTHERWISE } from "@/sandbox/seed/law-firm";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { expectAgreement, listOpen } from "./company";
import { listLedgerContacts } from "./law-firm-books";

/**
 * The main job with TimeSolv as the source, by the same operations as with any other: what is meant to be posted is posted
 * once, what is not is named, both sides agree, and nothing is done a second time.
 */
let world: ProductWorld;
let access: WorkspaceAccess;

beforeAll(async () => {
  world = await startProductWorld({ seed: { kind: "law-firm" } });
  access = await world.owner.signUp("olivia@tidewaterlegal.test");
  await world.owner.connect(access, "xero", "global");
  await world.owner.connect(access, "timesolv", "global");
  await world.owner.confirmSuggestions(access);
});

afterAll(() => world.stop());

const calls = (since = 0) => world.sandbox.callLog.totals(since);

describe("a law firm's first run", () => {
  it("posts invoices, credits and payments, and both sides agree to the cent", async () => {
    const run = await world.owner.syncOnce(access);
    expect(run.state).toBe("finished");
    await expectAgreement(access);
    const posted = run.passes.map((pass) => [pass.recordType, pass.posted]);
    expect(posted).toEqual([
      ["contact", 4],
      ["invoice", 4],
      ["creditNote", 1],
      ["allocation", 1],
      ["payment", 2],
      ["overpayment", 1],
    ]);
  });

  it("leaves the contact with one space alone and adds the one with two", async () => {
    const names = listLedgerContacts(world).map(({ name }) => name);
    expect(names.filter((name) => name.includes("Smith")).sort()).toEqual(["John Smith", "John _Smith"]);
    expect(names).toContain("Mary _ Ann Cole");
    expect(names).not.toContain("Larkspur Ventures");
  });

  it("makes an active contact of an inactive client", () => {
    const contact = listLedgerContacts(world).find(({ name }) => name === "Estate of Ruth Calloway");
    expect(contact?.status).toBe("ACTIVE");
  });

  it("names an archived twin with its remedy, and asks about a name that is spelled otherwise", async () => {
    const open = await listOpen(access);
    expect(open.map(({ name, cause }) => [name, cause]).sort()).toEqual([
      [SPELLED_OTHERWISE, "possibleTwin"],
      [ARCHIVED_TWIN, "contactArchived"],
    ]);
    expect(open.find(({ cause }) => cause === "contactArchived")?.remedy).toMatch(/[Rr]estore|active/);
  });

  it("writes nothing to TimeSolv, whatever is posted", () => {
    expect(calls()?.timesolv?.writes).toBe(0);
    expect(calls()?.timesolv?.rateLimited).toBe(0);
    expect(calls()?.xero?.rateLimited).toBe(0);
  });
});

describe("a second run with nothing changed", () => {
  it("writes nothing", async () => {
    const since = world.sandbox.callLog.seq;
    const run = await world.owner.syncOnce(access);
    expect(run.state).toBe("finished");
    expect(calls(since)?.xero?.writes).toBe(0);
    expect(calls(since)?.timesolv?.byOperation).toMatchInlineSnapshot(`
      {
        "POST /clientSearch": 1,
        "POST /firmSearch": 4,
        "POST /invoiceSearch": 1,
        "POST /paymentSearch": 2,
        "POST /taskcodeSearch": 1,
      }
    `);
  });
});
