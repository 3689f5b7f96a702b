import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import type { Books } from "@/sandbox/xero/books";
import { xeroRecords } from "@/sandbox/xero/open-books";
import { postConsent } from "@/sandbox/xero/test-client";
import { ZOHO_CLIENT } from "@/sandbox/zoho/accounts/oauth";
import { giveConsent } from "@/scripts/main-job/give-consent";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { expectAgreement, openCompany, waitUntil } from "./company";
import { listAll, openLedger } from "./ledger-books";
import { openSource, type SourceBooks } from "./source-books";

/**
 * What breaks in the life of a connection, and heals: by itself where it can, else with one button. Whatever waited
 * meanwhile goes out afterwards, once.
 */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
let source: SourceBooks;

const OWNER = "olivia@tidewatergifts.test";
const CUSTOMER = "Penrose Home";

beforeAll(async () => {
  world = await startProductWorld();
  access = await openCompany(world);
  await world.owner.syncOnce(access);
  source = await openSource(world.sandbox.origin);
});

afterAll(() => world.stop());

async function sell(number: string): Promise<void> {
  await source.call("POST", "/invoices?send=true", {
    customer_id: await source.findId("contacts", CUSTOMER),
    invoice_number: number,
    date: "2026-11-03",
    line_items: [{ description: "Deckchair slings", rate: 12.5, quantity: 4 }],
  });
}

/** With a consent of its own each time: tokens are aged here. */
const openBooks = () => openLedger(world.sandbox.origin);

const inXero = async (number: string): Promise<number> =>
  (await listAll(await openBooks(), "Invoices")).filter((one) => one.InvoiceNumber === number).length;

async function connection(connectorId: string) {
  const { listConnections } = await import("@/lib/operations/connections/list-connections");
  const found = (await listConnections(access)).find((one) => one.connectorId === connectorId);
  if (!found) throw new Error(`no connection to ${connectorId}`);
  return found;
}

function xeroBooks(): Books {
  const books = xeroRecords(world.sandbox.context).books(TIDEWATER_TENANT_ID);
  if (!books) throw new Error("the organisation is there from the start");
  return books;
}

/** As the owner does it in Xero, under Settings, Connected apps. */
function revokeInXero(): void {
  const { connections, users } = xeroRecords(world.sandbox.context);
  const [userId] = users.by("email", OWNER);
  for (const [id, link] of [...connections.heads()]) if (link.userId === userId) connections.delete(id);
}

/** The clock's look, until it has started a run and the run has ended. */
async function lookByTheClock(): Promise<number> {
  const { startDueRuns } = await import("@/lib/operations/schedules/start-due-runs");
  const { listRuns } = await import("@/lib/operations/runs/list-runs");
  const started = await startDueRuns();
  await waitUntil(async () => {
    const [run] = await listRuns(access);
    return run?.state === "finished" || run?.state === "failed";
  });
  await world.waitUntilIdle();
  return started;
}

/** Consents at Xero as the browser would, to one organisation or with fewer permissions than were asked for. */
async function consent(
  change: (asked: Record<string, string>) => Record<string, string>,
): Promise<{ ok: boolean; message: string }> {
  const { startConnection } = await import("@/lib/operations/connections/start-connection");
  const { finishConnection } = await import("@/lib/operations/connections/finish-connection");
  const { redirectUrl, stateCookie } = await startConnection(access, {
    connectorId: "xero",
    region: "global",
  });
  const asked = Object.fromEntries(new URL(redirectUrl).searchParams);
  const { location } = await postConsent(world.sandbox.origin, change(asked));
  const finished = await finishConnection(access, {
    connectorId: "xero",
    callback: location,
    stateCookieValue: stateCookie.value,
  });
  return finished.ok ? { ok: true, message: "" } : { ok: false, message: finished.error.message };
}

/** One more lasting consent of the same person for the same app, as another installation would ask for it. */
async function consentAtZoho(): Promise<void> {
  const { startConnection } = await import("@/lib/operations/connections/start-connection");
  const { redirectUrl } = await startConnection(access, { connectorId: "zoho-books", region: "eu" });
  const address = new URL(redirectUrl);
  const answer = await fetch(`${address.origin}${address.pathname.replace(/auth$/, "token")}`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code: (await giveConsent(redirectUrl)).get("code") ?? "",
      redirect_uri: address.searchParams.get("redirect_uri") ?? "",
      client_id: ZOHO_CLIENT.clientId,
      client_secret: ZOHO_CLIENT.clientSecret,
    }),
  });
  expect(await answer.json()).toHaveProperty("refresh_token");
}

async function openCauses(number: string): Promise<string[]> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { database } = await getRuntime();
  const rows = await database.withWorkspace(access.workspaceId, (tx) =>
    tx.syncException.findMany({ where: { state: "open", number }, select: { cause: true, remedy: true } }),
  );
  return rows.map((row) => `${row.cause}: ${row.remedy}`);
}

describe("an answer to a token refresh that is lost", () => {
  it("costs no connection: the token before it still works for half an hour", async () => {
    await sell("INV-5001");
    world.sandbox.ageTokens("xero", 25);
    world.sandbox.ageTokens("xero", 6);
    world.sandbox.faults.order({
      service: "xero",
      operation: "/connect/token",
      skip: 0,
      times: 1,
      effect: { type: "drop-after" },
    });
    await world.owner.syncOnce(access);
    expect(await connection("xero")).toMatchObject({ status: "active" });
    expect(await inXero("INV-5001")).toBe(1);
  });
});

describe("a consent that is revoked while a pair is live", () => {
  it("holds what is due, and asks for a reconnect once", async () => {
    revokeInXero();
    await sell("INV-5002");
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { database } = await getRuntime();
    await database.withWorkspace(access.workspaceId, (tx) =>
      tx.pair.updateMany({ data: { nextRunAt: new Date(0) } }),
    );
    expect(await lookByTheClock()).toBe(1);
    expect(await connection("xero")).toMatchObject({
      status: "reconnectNeeded",
      statusReason: "Xero no longer lets Tieout in. Connect again to go on.",
    });
    await database.withWorkspace(access.workspaceId, (tx) =>
      tx.pair.updateMany({ data: { nextRunAt: new Date(0) } }),
    );
    const since = world.sandbox.callLog.seq;
    expect(await lookByTheClock()).toBe(0);
    expect(world.sandbox.callLog.entries(since)).toEqual([]);
    const { listHeldConnections } = await import("@/lib/operations/connections/list-held-connections");
    expect(await listHeldConnections(access)).toEqual([
      {
        label: "Xero",
        tenantName: "Tidewater Gifts Ltd",
        reason: "Xero no longer lets Tieout in. Connect again to go on.",
      },
    ]);
  });

  it("is refused by name for another organisation, and that one is not left connected", async () => {
    const records = xeroRecords(world.sandbox.context);
    const other = [...records.organisations.heads()].find(([id]) => id !== TIDEWATER_TENANT_ID);
    const answer = await consent((asked) => ({ ...asked, tenant: other?.[0] ?? "" }));
    expect(answer.ok).toBe(false);
    expect(answer.message).toMatch(
      /^This is .+, and this workspace is connected to Tidewater Gifts Ltd\. Connect again and choose Tidewater Gifts Ltd in Xero/,
    );
    expect((await connection("xero")).tenantName).toBe("Tidewater Gifts Ltd");
    const [userId] = records.users.by("email", OWNER);
    expect([...records.connections.heads()].filter(([, link]) => link.userId === userId)).toEqual([]);
  });

  it("is not enough with a permission unticked: it says which, why, and asks again", async () => {
    const answer = await consent((asked) => ({
      ...asked,
      scope: (asked.scope ?? "").replace("accounting.payments", "").replace(/ +/g, " "),
    }));
    expect(answer.message).toMatch(
      /^Xero did not give every permission\. Missing: accounting\.payments \(.+\)\. Connect again and leave all of them ticked/,
    );
    expect(await connection("xero")).toMatchObject({
      status: "reconnectNeeded",
      statusReason: expect.stringContaining("accounting.payments"),
    });
    const { startPreview } = await import("@/lib/operations/runs/start-preview");
    expect((await startPreview(access)).ok).toBe(false);
  });

  it("goes on by itself after the reconnect: what waited is posted, once", async () => {
    expect(await consent((asked) => asked)).toEqual({ ok: true, message: "" });
    expect(await lookByTheClock()).toBe(1);
    expect(await inXero("INV-5002")).toBe(1);
    const { listHeldConnections } = await import("@/lib/operations/connections/list-held-connections");
    expect(await listHeldConnections(access)).toEqual([]);
    await expectAgreement(access);
  });
});

describe("what was archived in Xero", () => {
  it("an account is an exception with its remedy, and goes by itself once it is active again", async () => {
    const ledger = await openBooks();
    const accounts = (await ledger.call("GET", "/Accounts")).json.Accounts ?? [];
    const code = await accountOfSales();
    const account = accounts.find((one: { Code?: string }) => one.Code === code);
    const archived = await ledger.call("POST", `/Accounts/${account?.AccountID}`, {
      body: { Status: "ARCHIVED" },
    });
    expect(archived.status).toBe(200);
    await sell("INV-5003");
    await world.owner.syncOnce(access);
    expect(await inXero("INV-5003")).toBe(0);
    expect(await openCauses("INV-5003")).toEqual([
      expect.stringMatching(new RegExp(`^accountNotUsable: .*make ${code} active in Xero`)),
    ]);
    const { accounts: table } = xeroBooks();
    const kept = table.get(account?.AccountID);
    if (!kept) throw new Error("the account is in Xero");
    table.put({ ...kept, status: "ACTIVE", updatedMs: world.sandbox.clock.now().getTime() });
    await world.owner.syncOnce(access);
    expect(await inXero("INV-5003")).toBe(1);
    expect(await openCauses("INV-5003")).toEqual([]);
  });

  it("a contact that we posted to is an exception with its remedy, and goes by itself once it is restored", async () => {
    const { contacts } = xeroBooks();
    const [id = ""] = contacts.by("name", CUSTOMER.toLowerCase());
    const setStatus = (status: "ACTIVE" | "ARCHIVED"): void => {
      const contact = contacts.get(id);
      if (!contact) throw new Error(`${CUSTOMER} is in Xero`);
      contacts.put({ ...contact, status, updatedMs: world.sandbox.clock.now().getTime() });
    };
    setStatus("ARCHIVED");
    await sell("INV-5004");
    await world.owner.syncOnce(access);
    expect(await inXero("INV-5004")).toBe(0);
    expect(await openCauses("INV-5004")).toEqual([
      expect.stringMatching(/^contactArchived: Restore the contact in Xero/),
    ]);
    setStatus("ACTIVE");
    await world.owner.syncOnce(access);
    expect(await inXero("INV-5004")).toBe(1);
    await expectAgreement(access);
  });

  async function accountOfSales(): Promise<string> {
    const [posted] = (await listAll(await openBooks(), "Invoices")).filter(
      (one) => one.InvoiceNumber === "INV-5001",
    );
    return posted?.LineItems?.[0]?.AccountCode ?? "";
  }
});

describe("a plan that allows no more approved invoices this month", () => {
  it("is an exception that says when it goes on, and goes by itself", async () => {
    world.sandbox.context.switches.set("xero.plan", "STARTER");
    await sell("INV-5005");
    await world.owner.syncOnce(access);
    expect(await inXero("INV-5005")).toBe(0);
    expect(await openCauses("INV-5005")).toEqual([
      expect.stringMatching(/^planLimit: It goes by itself once the next month begins/),
    ]);
    world.sandbox.context.switches.set("xero.plan", "PREMIUM");
    await world.owner.syncOnce(access);
    expect(await inXero("INV-5005")).toBe(1);
    await expectAgreement(access);
  });
});

describe("Zoho's limit of twenty refresh tokens a person", () => {
  it("drops ours silently: the run says so, and a reconnect goes on where it stopped", async () => {
    await sell("INV-5006");
    // As many further consents as Zoho keeps, so that the oldest, which is ours, is gone.
    for (let turn = 0; turn < 20; turn += 1) await consentAtZoho();
    const { startPreview } = await import("@/lib/operations/runs/start-preview");
    const started = await startPreview(access);
    if (!started.ok) throw new Error(started.error.message);
    await expect(world.owner.followRun(access, started.value.runId, () => false)).rejects.toThrow(/Zoho/);
    expect(await connection("zoho-books")).toMatchObject({ status: "reconnectNeeded" });
    expect(await connection("xero")).toMatchObject({ status: "active" });
    await world.owner.connect(access, "zoho-books", "eu");
    expect(await lookByTheClock()).toBe(1);
    expect(await inXero("INV-5006")).toBe(1);
  });
});

describe("a day whose calls are used up", () => {
  it("holds the run until the vendor takes calls again, and says until when", async () => {
    world.sandbox.faults.order({
      service: "zoho",
      operation: "/contacts",
      skip: 0,
      times: 1,
      effect: {
        type: "status",
        status: 429,
        body: '{"code":45,"message":"day"}',
        headers: {},
        afterHandling: false,
      },
    });
    const { startPreview } = await import("@/lib/operations/runs/start-preview");
    const { getRun } = await import("@/lib/operations/runs/get-run");
    const { failRun } = await import("@/lib/operations/runs/post-run");
    const started = await startPreview(access);
    if (!started.ok) throw new Error(started.error.message);
    const { runId } = started.value;
    const said = async () => (await getRun(access, runId))?.headline ?? "";
    await waitUntil(async () => (await said()).startsWith("The vendor takes no more calls"));
    expect(await said()).toMatch(
      /It goes on by itself on \d{4}-\d\d-\d\d at \d\d:\d\d \(UTC\); nothing is lost\.$/,
    );
    await failRun({ workspaceId: access.workspaceId, runId }, ["pulling", "planning"], "ended by the test");
  });
});
