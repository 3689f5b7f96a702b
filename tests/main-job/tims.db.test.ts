import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { TIMS_CLIENT } from "@/sandbox/tims/tokens";
import { timsDesk } from "@/sandbox/tims/type-in";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { setGroups } from "./bought-company";
import { expectAgreement, listOpen } from "./company";
import { chooseForTims, connectTims, openTimsCompany } from "./tims-company";
import { dumpWorkspace } from "./workspace-rows";

/** The main job on the gas supplier in TIMS: connected by a form, and from there on by the engine that knows no vendor. */
let world: ProductWorld;
let access: WorkspaceAccess;
let firstRun: string;

beforeAll(async () => {
  world = await startProductWorld();
  access = await openTimsCompany(world);
});

afterAll(() => world.stop());

const calls = (since: number) => world.sandbox.callLog.totals(since);

const connect = (change: Readonly<Record<string, string>> = {}) => connectTims(world, access, change);

describe("the connection", () => {
  it("is refused for what was typed wrong, with a sentence and nothing stored", async () => {
    expect(await connect({ clientSecret: "" })).toMatchObject({
      error: { fieldErrors: { clientSecret: "Client secret is missing." } },
    });
    expect(await connect({ clientSecret: "a wrong one" })).toMatchObject({
      error: { message: "TIMS does not accept this client ID and secret. Nothing was changed." },
    });
    const before = world.sandbox.callLog.seq;
    for (const address of [
      "https://127.0.0.1",
      "https://2130706433",
      "http://localhost:1",
      "https://[::ffff:10.0.0.1]",
    ])
      expect((await connect({ address })).ok).toBe(false);
    expect(world.sandbox.callLog.seq).toBe(before);
    const { listConnections } = await import("@/lib/operations/connections/list-connections");
    expect((await listConnections(access)).map(({ connectorId }) => connectorId)).toEqual(["xero"]);
  });

  it("is made by the form, and the secret stands nowhere but in the vault", async () => {
    expect((await connect()).ok).toBe(true);
    const { listConnections } = await import("@/lib/operations/connections/list-connections");
    expect((await listConnections(access)).find(({ connectorId }) => connectorId === "tims")).toMatchObject({
      status: "active",
      tenantName: "Severn Gas & Welding Supply Ltd",
    });
    expect(JSON.stringify(await dumpWorkspace(access.workspaceId))).not.toContain(TIMS_CLIENT.clientSecret);
  });

  it("does not come back with another choice of what becomes an invoice", async () => {
    expect(await connect({ invoicesFrom: "receivables" })).toMatchObject({
      error: { message: expect.stringContaining("what was posted is known by it") },
    });
    expect((await connect()).ok).toBe(true);
  });
});

describe("the first run", () => {
  it("posts what TIMS has, and both sides agree to the cent", async () => {
    await setGroups(access, ["purchaseOrders", "purchases", "bank", "journals"], "previewOnly");
    const { getSetup } = await import("@/lib/operations/setup/get-setup");
    const { sections } = await getSetup(access);
    const open = sections
      .flatMap(({ questions }) => questions)
      .filter((question) => question.suggestedKey === null);
    expect(open.map(({ kind, sourceLabel }) => `${kind} ${sourceLabel}`).sort()).toEqual([
      ...["account Depreciation", "account Inventory Adjustments", "account Wages and Salaries"],
      ...["tracking Branch: Bristol", "tracking Branch: Gloucester"],
    ]);
    await world.owner.confirmSuggestions(access, "approved", chooseForTims);
    firstRun = (await world.owner.syncOnce(access)).runId;
    await expectAgreement(access);
    expect(calls(0)?.tims?.rateLimited).toBe(0);
  });

  it("keeps aside the invoice that differs from its order, and the order that ships what is not there", async () => {
    const { listKeptAside } = await import("@/lib/operations/exceptions/list-kept-aside");
    const { rows } = await listKeptAside(access);
    expect(rows.map(({ externalId, problem }) => `${externalId}: ${problem}`).sort()).toEqual([
      'SO-O5008: The field "total" needs a look: sales order SO-4008 comes to 152.46 GBP, and what TIMS invoiced of it (AR-9008) to 150. Put right whichever is wrong.',
      'SO-O5012: The field "lines.0.quantity" of this sales order cannot be read: 5 of REG-OXY are still to be shipped and 2 are on hand, so it is not invoiced yet.',
    ]);
  });

  it("names accounts that the set-up has not asked about, and posts by them once they are chosen", async () => {
    const open = await listOpen(access);
    expect(open.map(({ name, cause }) => `${name}: ${cause}`).sort()).toEqual([
      ...["ADJ-1: accountNotMapped", "GL-1: accountNotMapped", "GL-2: accountNotMapped"],
    ]);
    await world.owner.confirmSuggestions(access, "approved", chooseForTims);
    await world.owner.syncOnce(access);
    expect(await listOpen(access)).toEqual([]);
    await expectAgreement(access);
  });
});

describe("a second run with nothing changed", () => {
  it("writes nothing on either side", async () => {
    const since = world.sandbox.callLog.seq;
    await world.owner.syncOnce(access);
    expect([calls(since)?.xero?.writes, calls(since)?.tims?.writes]).toEqual([0, 0]);
    await expectAgreement(access);
  });
});

describe("what changes later in TIMS", () => {
  it("an invoice that was put right agrees with its order and is posted", async () => {
    const desk = timsDesk(world.sandbox.context);
    const order = desk.books.table("salesOrders").get("O5008");
    const [invoice] = Array.isArray(order?.invoices) ? order.invoices : [];
    desk.change("invoices", String(invoice.invoiceId), { total: order?.total, balance: order?.total });
    desk.change("salesOrders", "O5008", { invoices: [{ ...invoice, total: order?.total }] });
    await world.owner.syncOnce(access);
    const { listKeptAside } = await import("@/lib/operations/exceptions/list-kept-aside");
    expect((await listKeptAside(access)).rows.map(({ externalId }) => externalId)).toEqual(["SO-O5012"]);
    await expectAgreement(access);
  });

  it("a cancelled order voids its invoice", async () => {
    const desk = timsDesk(world.sandbox.context);
    const found = [...desk.books.table("salesOrders").heads()].find(
      ([id]) => desk.books.table("salesOrders").get(id)?.orderNumber === "SO-4005",
    );
    desk.change("salesOrders", found?.[0] ?? "", {
      status: "Cancelled",
      cancelledDate: "2026-10-01",
      invoices: [],
    });
    const since = world.sandbox.callLog.seq;
    await world.owner.syncOnce(access);
    expect(calls(since)?.xero?.writes).toBeGreaterThan(0);
    await expectAgreement(access);
  });
});

describe("undo", () => {
  it("takes out again what the first run posted", async () => {
    const { startUndo } = await import("@/lib/operations/runs/start-undo");
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    const started = await startUndo(access, firstRun);
    if (!started.ok) throw new Error(started.error.message);
    const { runId } = started.value;
    await world.owner.followRun(access, runId, (run) => run.state === "previewed");
    expect((await startPosting(access, runId)).ok).toBe(true);
    await world.owner.followRun(access, runId, (run) => run.state === "finished");
    await expectAgreement(access);
  });
});
