import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { newestFirst } from "@/sandbox/stripe/books";
import { press } from "@/sandbox/stripe/testing";
import { insideRequest } from "../setup/next-request";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openCompany } from "./company";
import { openStripeAccount, type StripeAccount } from "./stripe-account";
import { dumpWorkspace } from "./workspace-rows";

/**
 * A workspace that goes, and what it must not leave or lose: bodies of webhooks, a plan that somebody pays for. Each part
 * goes on where the one before ended.
 */
const DAY_MS = 86_400_000;
const GOING = {
  message:
    'This workspace is going to be deleted. Its owner presses "Keep this workspace" under Privacy first; then this can be done.',
};

let world: ProductWorld;
let stripe: StripeAccount;
let access: WorkspaceAccess;
let zohoId: string;
let xeroId: string;

beforeAll(async () => {
  world = await startProductWorld();
  stripe = await openStripeAccount(world);
  access = await openCompany(world);
  const rows = await inside((tx) => tx.connection.findMany());
  zohoId = rows.find(({ connectorId }) => connectorId === "zoho-books")?.id ?? "";
  xeroId = rows.find(({ connectorId }) => connectorId === "xero")?.id ?? "";
});
afterAll(async () => {
  await stripe.stop();
  await world.stop();
});

async function runtimeOf() {
  const { getRuntime } = await import("@/lib/operations/runtime");
  return getRuntime();
}
type Inside = Awaited<ReturnType<typeof runtimeOf>>["database"]["withWorkspace"];
const inside = async <T>(
  work: Parameters<Inside>[1] extends (tx: infer Tx) => unknown ? (tx: Tx) => Promise<T> : never,
) => (await runtimeOf()).database.withWorkspace(access.workspaceId, work);

/** A body that a vendor sent about a connection so many days ago. */
async function receive(connectionId: string, words: string, daysAgo = 0, endpoint = "app"): Promise<void> {
  const { database } = await runtimeOf();
  const body = Buffer.from(words);
  await database.system.receiveWebhook({
    ...{ connectorId: "zoho-books", endpoint, body, isBodyUnique: false },
    digest: createHash("sha256").update(body).digest("hex"),
    receivedAt: new Date(Date.now() - daysAgo * DAY_MS),
    notices: [{ connectionId, recordType: "invoice", externalId: words }],
  });
}

async function bodies(): Promise<readonly string[]> {
  const rows = await inside((tx) => tx.inboxMessage.findMany());
  return rows.map(({ body }) => Buffer.from(body).toString("utf8")).sort();
}
const noticeStates = async () =>
  (await inside((tx) => tx.changeNotice.findMany({ orderBy: { externalId: "asc" } }))).map(
    ({ externalId, state }) => [externalId, state],
  );

async function deletion() {
  return {
    ...(await import("@/lib/operations/privacy/delete-workspace")),
    ...(await import("@/lib/operations/privacy/tidy-workspaces")),
  };
}
const dueSince = async (): Promise<Date | null> =>
  (await inside((tx) => tx.workspace.findUniqueOrThrow({ where: { id: access.workspaceId } }))).deletionDueAt;
const letItBeDue = () =>
  inside((tx) => tx.workspace.updateMany({ data: { deletionDueAt: new Date(Date.now() - 1_000) } }));
const checkout = async () =>
  (await import("@/lib/operations/billing/start-checkout")).startCheckout(access, { pairs: 1 });

describe("bodies of webhooks", () => {
  it("go by their age alone, also where nobody has looked into them", async () => {
    const { startDueRuns } = await import("@/lib/operations/schedules/start-due-runs");
    await inside((tx) => tx.pair.updateMany({ data: { state: "paused" } }));
    await receive(zohoId, "old", 32);
    await receive(zohoId, "young", 30);
    expect(await bodies()).toEqual(["old", "young"]);
    await startDueRuns();
    expect(await bodies()).toEqual(["young"]);
    expect(await noticeStates()).toEqual([["young", "waiting"]]);
  });

  it("wait for nobody once their connection is disconnected", async () => {
    const { disconnect } = await import("@/lib/operations/connections/disconnect");
    await receive(xeroId, "zebra");
    await disconnect(access, zohoId);
    expect(await noticeStates()).toEqual([
      ["young", "ended"],
      ["zebra", "waiting"],
    ]);
    const open = await inside((tx) => tx.inboxMessage.findMany({ where: { processedAt: null } }));
    expect(open.map(({ body }) => Buffer.from(body).toString("utf8"))).toEqual(["zebra"]);
    await disconnect(access, xeroId);
  });
});

describe("while a deletion is due", () => {
  it("no plan is sold and no system connected, with a sentence that says how it is taken back", async () => {
    const { askDeletion, takeBackDeletion } = await deletion();
    expect(await askDeletion(access, { confirmation: access.name })).toMatchObject({ ok: true });
    expect(await checkout()).toEqual({ ok: false, error: GOING });
    await expect(world.owner.connect(access, "xero", "global")).rejects.toThrow(GOING.message);
    const { connectByForm } = await import("@/lib/operations/connections/connect-by-form");
    const values = { address: "https://tims.elsewhere.test", clientId: "a", clientSecret: "b" };
    expect(await connectByForm(access, { connectorId: "tims", values })).toMatchObject({ error: GOING });
    expect(await askToConnect()).toEqual([`/${access.slug}/connections`, GOING.message]);
    expect(await inside((tx) => tx.connection.count({ where: { status: { not: "disconnected" } } }))).toBe(0);
    expect(await inside((tx) => tx.billingCustomer.count())).toBe(0);
    await takeBackDeletion(access);
    expect((await askToConnect())[0]).toMatch(/authorize$/);
  });
});

/** Where the browser is sent that wants to connect Xero, and what it is told there. */
async function askToConnect(): Promise<[string, string | undefined]> {
  const [{ openSession }, { sessionCookieName }, { NOTICE_COOKIE }, { GET }] = await Promise.all([
    import("@/lib/auth/sessions"),
    import("@/lib/auth/session-token"),
    import("@/app/_access/notice-cookie"),
    import("@/app/api/connect/[connector]/start/route"),
  ]);
  const { database, clock, env } = await runtimeOf();
  const { token } = await database.withoutWorkspace((tx) =>
    openSession(tx, { userId: access.userId, device: "", way: "mail", now: clock.now() }),
  );
  const request = new Request(
    `${env.APP_ORIGIN}/api/connect/xero/start?workspace=${access.slug}&region=global`,
    {
      headers: {
        cookie: `${sessionCookieName(env.APP_ORIGIN)}=${token}`,
        "sec-fetch-site": "same-origin",
        "x-forwarded-for": "203.0.113.7",
      },
    },
  );
  const answer = await insideRequest(request, (own) =>
    GET(own, { params: Promise.resolve({ connector: "xero" }) }),
  );
  const told = answer.headers.getSetCookie().find((cookie) => cookie.startsWith(`${NOTICE_COOKIE}=`));
  const { pathname } = new URL(answer.headers.get("location") ?? "", env.APP_ORIGIN);
  return [pathname, told && decodeURIComponent(told.slice(NOTICE_COOKIE.length + 1).split(";")[0] ?? "")];
}

describe("a deletion that is due", () => {
  it("is dropped where a plan runs, paid on a page that was open before, also when no event told of it", async () => {
    const { askDeletion, tidyWorkspaces } = await deletion();
    const open = await checkout();
    if (!open.ok) throw new Error(open.error.message);
    expect(await askDeletion(access, { confirmation: access.name })).toMatchObject({ ok: true });
    const lost = { target: "stripe.webhooks" as const, skip: 0, seed: 1, times: 50 };
    world.sandbox.deliveries().faults.order({ ...lost, effect: { type: "drop" } });
    await press(open.value.url, { button: "pay" });
    await world.sandbox.deliveries().settled();
    world.sandbox.deliveries().clearFaults();
    await letItBeDue();
    const before = await dumpWorkspace(access.workspaceId);
    await tidyWorkspaces();
    expect(await dueSince()).toBeNull();
    const after = await dumpWorkspace(access.workspaceId);
    for (const [table, rows] of Object.entries(before))
      expect([table, (after[table] ?? []).length >= rows.length]).toEqual([table, true]);
    const trail = await inside((tx) =>
      tx.auditEvent.findMany({ where: { action: "workspace.deletionDropped" } }),
    );
    expect(trail.map(({ actorUserId, after }) => [actorUserId, after])).toEqual([
      [null, { why: "A plan still renews. Cancel it under Billing first." }],
    ]);
    expect(await askDeletion(access, { confirmation: access.name })).toMatchObject({ ok: false });
  });

  it("waits where Stripe cannot be asked, and then takes every body with it and nobody else's", async () => {
    const { askDeletion, tidyWorkspaces } = await deletion();
    const { openPortal } = await import("@/lib/operations/billing/open-portal");
    const portal = await openPortal(access, { flow: "cancel" });
    if (!portal.ok) throw new Error(portal.error.message);
    const [subscription] = newestFirst(stripe.books.subscriptions);
    await press(portal.value.url, { button: "cancel", subscription: subscription?.id ?? "" });
    await stripe.followed(access);
    await inside((tx) =>
      tx.connection.update({
        where: { id: zohoId },
        data: { status: "active", webhookToken: "own-address" },
      }),
    );
    await receive(zohoId, "waits", 0, "own-address");
    await inside((tx) => tx.connection.updateMany({ data: { status: "disconnected" } }));
    await receive(zohoId, "about no pair", 0, "own-address");
    await receive(zohoId, "somebody else's", 0, "another-address");
    expect(await askDeletion(access, { confirmation: access.name })).toMatchObject({ ok: true });
    await letItBeDue();
    world.sandbox.faults.order({
      ...{ service: "stripe", operation: "/subscriptions", times: 20 },
      effect: { type: "status", status: 503 },
    });
    await expect(tidyWorkspaces()).rejects.toThrow("some workspaces could not be tidied");
    expect(await inside((tx) => tx.membership.count())).toBe(1);
    world.sandbox.faults.clear();
    await tidyWorkspaces();
    expect(
      Object.entries(await dumpWorkspace(access.workspaceId)).filter(([, rows]) => rows.length > 0),
    ).toEqual([]);
    expect(await bodies()).toEqual(["somebody else's"]);
  });
});
