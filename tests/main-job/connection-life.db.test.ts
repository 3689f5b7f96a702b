import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { ConnectionView } from "@/lib/domain/views/connection-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { xeroRecords } from "@/sandbox/xero/open-books";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { expectAgreement, openCompany } from "./company";
import { type LedgerBooks, openLedger, readBooks } from "./ledger-books";

/** A connection from refresh to disconnecting: what ends at the vendor, what waits here, and how it goes on. */
// Whole runs, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;

beforeAll(async () => {
  world = await startProductWorld();
  access = await openCompany(world);
});

afterAll(async () => {
  // The modules that were loaded anew have connections of their own.
  const { closeRuntime } = await import("@/lib/operations/runtime");
  await closeRuntime();
  await world.stop();
});

const OWNER = "olivia@tidewatergifts.test";

async function connectionOf(connectorId: string, of = access): Promise<ConnectionView> {
  const { listConnections } = await import("@/lib/operations/connections/list-connections");
  const found = (await listConnections(of)).find((one) => one.connectorId === connectorId);
  if (!found) throw new Error(`no connection to ${connectorId}`);
  return found;
}

/** The owner's connections as Xero itself keeps them. */
function connectionsInXero(): string[] {
  const { connections, users } = xeroRecords(world.sandbox.context);
  const [userId] = users.by("email", OWNER);
  return [...connections.heads()].flatMap(([id, link]) => (link.userId === userId ? [id] : []));
}

/** As the owner does it in Xero, under Settings, Connected apps. */
function revokeInXero(): void {
  for (const id of connectionsInXero()) xeroRecords(world.sandbox.context).connections.delete(id);
}

const tokenCalls = (service: string, since: number): number =>
  world.sandbox.callLog
    .entries(since)
    .filter((call) => call.service === service && call.operation.endsWith("/token")).length;

describe("an access token that has run out", () => {
  async function openConnector(connectorId: string) {
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { openConnection } = await import("@/lib/operations/connections/open-connection");
    const { connectionId } = await connectionOf(connectorId);
    return (await openConnection(await getRuntime(), access.workspaceId, connectionId)).connector;
  }

  it.each([
    ["xero", "xero"],
    ["zoho-books", "zoho"],
  ])("of %s is renewed once for all who find it out at the same time", async (connectorId, service) => {
    const connectors = await Promise.all([1, 2, 3].map(() => openConnector(connectorId)));
    world.sandbox.ageTokens(service, 61);
    const since = world.sandbox.callLog.seq;
    await Promise.all(connectors.map((connector) => connector.probe()));
    expect(tokenCalls(service, since)).toBe(1);
  });

  it("is renewed once, though one of its calls hears of it later than the other", async () => {
    const connector = await openConnector("xero");
    await connector.probe();
    world.sandbox.ageTokens("xero", 61);
    const since = world.sandbox.callLog.seq;
    world.sandbox.faults.order({
      service: "xero",
      operation: "/Organisation",
      skip: 0,
      times: 1,
      effect: { type: "delay", milliseconds: 500, afterHandling: true },
    });
    await Promise.all([connector.probe(), connector.referenceData()]);
    expect(tokenCalls("xero", since)).toBe(1);
  });

  it("is renewed once by two processes that share nothing but the database", async () => {
    const first = await openConnector("xero");
    vi.resetModules();
    const second = await openConnector("xero");
    world.sandbox.ageTokens("xero", 61);
    const since = world.sandbox.callLog.seq;
    await Promise.all([first.probe(), second.probe()]);
    expect(tokenCalls("xero", since)).toBe(1);
  });
});

describe.each(["403", "401"])("a connection that was ended in Xero (which then answers %s)", (status) => {
  let undisturbed: LedgerBooks;
  let runId: string;

  beforeAll(async () => {
    world.sandbox.context.switches.set("xero.after-disconnect", status);
    undisturbed = await readBooks(await openLedger(world.sandbox.origin));
    revokeInXero();
    const { startPreview } = await import("@/lib/operations/runs/start-preview");
    const started = await startPreview(access);
    if (!started.ok) throw new Error(started.error.message);
    runId = started.value.runId;
    await expect(world.owner.followRun(access, runId, () => false)).rejects.toThrow();
  });

  it("fails the run with a sentence, marks the connection and posts nothing", async () => {
    const { getRun } = await import("@/lib/operations/runs/get-run");
    const run = await getRun(access, runId);
    expect(run?.state).toBe("failed");
    expect(run?.failure).toMatch(/^The run stopped: .*Xero.* nothing is posted twice/);
    expect(await connectionOf("xero")).toMatchObject({
      status: "reconnectNeeded",
      statusReason: "Xero no longer lets Tieout in. Connect again to go on.",
    });
    expect((await connectionOf("zoho-books")).status).toBe("active");
    expect(await readBooks(await openLedger(world.sandbox.origin))).toEqual(undisturbed);
  });

  it("asks for a reconnect before another run, wherever the owner looks", async () => {
    const { startPreview } = await import("@/lib/operations/runs/start-preview");
    const { getOverview } = await import("@/lib/operations/overview/get-overview");
    expect(await startPreview(access)).toEqual({
      ok: false,
      error: { message: "Tidewater Gifts Ltd has to be connected again first." },
    });
    expect(await getOverview(access)).toMatchObject({
      verdict: "disconnected",
      action: { label: "Connect again" },
    });
  });

  it("goes on after a reconnect where it had stopped", async () => {
    await world.owner.connect(access, "xero", "global");
    expect(await connectionOf("xero")).toMatchObject({ status: "active", statusReason: null });
    await world.owner.syncOnce(access);
    await expectAgreement(access);
  });
});

describe("a connection that ends between preview and posting", () => {
  it("loses nothing: after a reconnect a run posts what is missing, once", async () => {
    world.sandbox.context.switches.set("xero.after-disconnect", "403");
    const { openSource } = await import("./source-books");
    const source = await openSource(world.sandbox.origin);
    const contactId = await source.findId("contacts", "Penrose Home");
    const created = await source.call("POST", "/invoices?send=true", {
      customer_id: contactId,
      invoice_number: "INV-2001",
      date: "2026-11-03",
      line_items: [{ description: "Deckchair slings", rate: 12.5, quantity: 4 }],
    });
    expect(created.code).toBe(0);
    const { startPreview } = await import("@/lib/operations/runs/start-preview");
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    const started = await startPreview(access);
    if (!started.ok) throw new Error(started.error.message);
    await world.owner.followRun(access, started.value.runId, (run) => run.state === "previewed");
    revokeInXero();
    await startPosting(access, started.value.runId);
    await expect(world.owner.followRun(access, started.value.runId, () => false)).rejects.toThrow(/stopped/);
    expect((await connectionOf("xero")).status).toBe("reconnectNeeded");

    await world.owner.connect(access, "xero", "global");
    await world.owner.syncOnce(access);
    const { invoices } = await readBooks(await openLedger(world.sandbox.origin));
    expect(invoices.filter((text) => text.startsWith("INV-2001 |"))).toHaveLength(1);
    await expectAgreement(access);
  });
});

describe("disconnecting", () => {
  it("ends the connection at both vendors and leaves no token here", async () => {
    const { disconnect } = await import("@/lib/operations/connections/disconnect");
    const { getRuntime } = await import("@/lib/operations/runtime");
    expect(connectionsInXero()).toHaveLength(1);
    const since = world.sandbox.callLog.seq;
    for (const connectorId of ["xero", "zoho-books"])
      expect(await disconnect(access, (await connectionOf(connectorId)).connectionId)).toEqual({
        ok: true,
        value: null,
      });
    expect(connectionsInXero()).toEqual([]);
    const revoked = world.sandbox.callLog.entries(since).filter((call) => call.operation.includes("revo"));
    expect(revoked.map((call) => [call.service, call.status])).toEqual([
      ["xero", 200],
      ["zoho", 200],
    ]);
    const { database } = await getRuntime();
    const kept = await database.withWorkspace(access.workspaceId, (tx) => tx.credential.count());
    expect(kept).toBe(0);
  });

  it("a second time says that it is done and calls nobody", async () => {
    const { disconnect } = await import("@/lib/operations/connections/disconnect");
    const since = world.sandbox.callLog.seq;
    expect((await disconnect(access, (await connectionOf("xero")).connectionId)).ok).toBe(true);
    expect(world.sandbox.callLog.entries(since)).toEqual([]);
  });

  it("frees the organisation for another workspace", async () => {
    const other = await world.owner.signUp("sandra@elsewhere.test");
    await world.owner.connect(other, "xero", "global");
    expect((await connectionOf("xero", other)).status).toBe("active");
    const { disconnect } = await import("@/lib/operations/connections/disconnect");
    await disconnect(other, (await connectionOf("xero", other)).connectionId);
  });

  it("is undone by connecting again: the next run finds everything posted", async () => {
    const before = await readBooks(await openLedger(world.sandbox.origin));
    await world.owner.connect(access, "xero", "global");
    await world.owner.connect(access, "zoho-books", "eu");
    const since = world.sandbox.callLog.seq;
    expect((await world.owner.syncOnce(access)).state).toBe("finished");
    expect(world.sandbox.callLog.totals(since)?.xero?.writes).toBe(0);
    expect(await readBooks(await openLedger(world.sandbox.origin))).toEqual(before);
  });
});
