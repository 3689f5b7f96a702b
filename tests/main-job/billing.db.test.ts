import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { SyncContext } from "@/lib/sync/sync-context";
import { STRIPE_WEBHOOK_SECRET } from "@/sandbox/addresses";
import { seededRandom } from "@/sandbox/kit/faults";
import { newestFirst, rowOf } from "@/sandbox/stripe/books";
import { press } from "@/sandbox/stripe/testing";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { addColleague } from "./colleagues";
import { openCompany, readTieOut, waitUntil } from "./company";
import { addInvoice } from "./real-time-company";
import { openSource } from "./source-books";
import { openStripeAccount, type StripeAccount } from "./stripe-account";
import { dumpWorkspace } from "./workspace-rows";

/**
 * The life of a paying customer, with real pages, events and runs: free until real books are posted to, paid, declined,
 * ended, returned. For the product the companies are real ones here: their connectors count as no sandbox.
 */
const DAY_MS = 86_400_000;
const MUTATIONS = 10_000;

let world: ProductWorld;
let stripe: StripeAccount;
let access: WorkspaceAccess;

beforeAll(async () => {
  world = await startProductWorld();
  stripe = await openStripeAccount(world);
  access = await openCompany(world);
});
afterAll(async () => {
  await stripe.stop();
  await world.stop();
});

async function runtimeOf() {
  const { getRuntime } = await import("@/lib/operations/runtime");
  return getRuntime();
}

/** What the product says of the plan, after coming back from Stripe's pages. */
async function plan() {
  const { getBilling } = await import("@/lib/operations/billing/get-billing");
  return getBilling(access);
}
const notice = async () =>
  (await import("@/lib/operations/billing/get-billing-notice")).getBillingNotice(access);

/** Does something while the companies count as real ones. */
async function asProduction<T>(work: () => Promise<T>): Promise<T> {
  const { sandboxConnectors } = await runtimeOf();
  const free = sandboxConnectors as Set<string>;
  const names = [...free];
  free.clear();
  try {
    return await work();
  } finally {
    for (const name of names) free.add(name);
  }
}

async function pair() {
  const { database } = await runtimeOf();
  return database.withWorkspace(access.workspaceId, (tx) => tx.pair.findFirstOrThrow());
}

async function preview(): Promise<string> {
  const { startPreview } = await import("@/lib/operations/runs/start-preview");
  const started = await startPreview(access);
  if (!started.ok) throw new Error(started.error.message);
  await world.waitUntilIdle();
  return started.value.runId;
}
const post = async (runId: string) =>
  (await import("@/lib/operations/runs/start-posting")).startPosting(access, runId);
const openPortal = async (flow: "home" | "card" | "cancel" | "pairs") => {
  const opened = await (await import("@/lib/operations/billing/open-portal")).openPortal(access, { flow });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value.url;
};
async function mayPostInvoices(): Promise<boolean> {
  const { mayPost } = await import("@/lib/sync/may-post");
  const { database } = await runtimeOf();
  const run = await database.withWorkspace(access.workspaceId, (tx) => tx.syncRun.findFirstOrThrow());
  const asked = { database, workspaceId: access.workspaceId, pairId: run.pairId, runId: run.id };
  return mayPost({ ...asked, direction: "toLedger", undoesRunId: null } as SyncContext, "invoice");
}
const refresh = async () => {
  const { refreshBilling } = await import("@/lib/operations/billing/refresh-billing");
  await refreshBilling(await runtimeOf(), access.workspaceId);
};

describe("the life of a plan", () => {
  it("begins without one: the preview is free, posting to real books asks for it, simulated ones never do", async () => {
    const runId = await preview();
    const refused = await asProduction(() => post(runId));
    expect(refused).toEqual({
      ok: false,
      error: {
        message:
          "Posting to real books needs a plan. Start it under Billing. Previews and comparisons stay free.",
      },
    });
    expect((await pair()).state).toBe("ready");
    expect(await notice()).toBeNull();
    expect((await plan()).status.kind).toBe("none");
  });

  it("is paid on Stripe's page, after which a preview posts and both sides agree", async () => {
    await asProduction(async () => {
      await stripe.subscribe(access);
      expect(await plan()).toMatchObject({
        status: { kind: "active", endsAt: null },
        pairs: 1,
        productionPairs: 1,
        next: { amount: { amount: "7188.00", currency: "USD" } },
        receipts: [{ status: "paid", amount: { amount: "7188.00", currency: "USD" } }],
      });
      expect(await post(await preview())).toMatchObject({ ok: true });
      expect((await pair()).state).toBe("live");
    });
    await world.waitUntilIdle();
    expect((await readTieOut(access)).discrepancies).toBe(0);
  });

  it("is owed when the renewal is declined: every page says so, and posting goes on", async () => {
    await asProduction(async () => {
      stripe.setCard("isDeclined");
      await stripe.pass(366);
      await stripe.followed(access);
      expect((await plan()).status).toMatchObject({ kind: "owed", graceUntil: expect.any(String) });
      expect(await notice()).toMatchObject({ status: { kind: "owed" }, isReleased: false });
      expect((await pair()).billingHeldAt).toBeNull();
    });
  });

  it("ends when no try succeeds: nothing starts by itself or is posted, everything can be read, nothing is deleted", async () => {
    await asProduction(async () => {
      expect(await mayPostInvoices()).toBe(true);
      await addInvoice(await openSource(world.sandbox.origin), "INV-9001");
      const before = await dumpWorkspace(access.workspaceId);
      const graceEnd = new Date((await plan()).status.graceUntil ?? "");
      await stripe.pass(20);
      await stripe.followed(access);
      // Stripe gave up before the grace was over: the connections are kept as long as if it had not.
      const releaseAt = new Date(graceEnd.getTime() + 30 * DAY_MS).toISOString();
      expect((await plan()).status).toMatchObject({ kind: "ended", releaseAt });
      expect((await pair()).billingHeldAt).not.toBeNull();
      // A run that is at work now sends no further batch.
      expect(await mayPostInvoices()).toBe(false);
      const { database } = await runtimeOf();
      const far = new Date(Date.now() + 400 * DAY_MS);
      expect(await database.system.duePairs(far, far, 10)).toEqual([]);
      expect(await post(await preview())).toMatchObject({
        error: { message: expect.stringContaining("The plan has ended.") },
      });
      const after = await dumpWorkspace(access.workspaceId);
      for (const [table, rows] of Object.entries(before))
        expect([table, (after[table] ?? []).length >= rows.length]).toEqual([table, true]);
      expect((await readTieOut(access)).discrepancies).toBe(0);
      expect(await notice()).toMatchObject({ status: { kind: "ended" } });
    });
  });

  it("comes back with a new payment: the pair looks again at once and posts", async () => {
    await asProduction(async () => {
      await stripe.subscribe(access);
      expect((await plan()).status.kind).toBe("active");
      const { billingHeldAt, nextRunAt, state } = await pair();
      expect([billingHeldAt, state, (nextRunAt?.getTime() ?? 0) <= Date.now()]).toEqual([null, "live", true]);
      expect(await notice()).toBeNull();
      expect(await mayPostInvoices()).toBe(true);
      expect(await post(await preview())).toMatchObject({ ok: true });
    });
    await world.waitUntilIdle();
    const { database } = await runtimeOf();
    const posted = await database.withWorkspace(access.workspaceId, (tx) =>
      tx.recordSnapshot.findFirstOrThrow({ where: { number: "INV-9001" } }),
    );
    expect(posted.disposition).toBe("posted");
  });

  it("cannot be bought a second time beside one that is paid", async () => {
    const { startCheckout } = await import("@/lib/operations/billing/start-checkout");
    expect(await startCheckout(access, { pairs: 1 })).toMatchObject({
      ok: false,
      error: { message: "There is a plan already. Change it under Manage the plan." },
    });
  });

  it("is cancelled and brought back in the portal, and its pairs change there with a prorated invoice", async () => {
    const url = await openPortal("cancel");
    const [subscription] = newestFirst(stripe.books.subscriptions);
    const form = { subscription: subscription?.id ?? "" };
    await press(url, { button: "cancel", ...form });
    await stripe.followed(access);
    expect(await plan()).toMatchObject({
      status: { kind: "active", endsAt: expect.any(String) },
      next: null,
    });
    await press(await openPortal("home"), { button: "resume", ...form });
    await press(await openPortal("pairs"), { button: "quantity", quantity: "2", ...form });
    await stripe.followed(access);
    const view = await plan();
    expect([view.pairs, view.status.endsAt]).toEqual([2, null]);
    expect(view.receipts[0]?.amount.amount).toMatch(/^718[78]\.\d\d$/);
  });
});

describe("events", () => {
  it("that come twice are taken once; one out of order or old changes nothing but by a new look", async () => {
    const { database } = await runtimeOf();
    const count = () => database.withWorkspace(access.workspaceId, (tx) => tx.stripeEvent.count());
    const before = await count();
    const event = newestFirst(stripe.books.events).find(
      ({ type }) => type === "customer.subscription.updated",
    );
    const { resend } = await import("@/sandbox/stripe/events");
    resend(stripe.books, event?.id ?? "");
    resend(stripe.books, event?.id ?? "");
    await stripe.followed(access);
    expect(await count()).toBe(before);
    // Deleted news of long ago, signed now: the subscription is looked at and found at work.
    const [ended] = newestFirst(stripe.books.events).filter(
      ({ type }) => type === "customer.subscription.deleted",
    );
    const stale = JSON.stringify({
      ...{ id: "evt_stale", type: ended?.type, created: 1_000_000_000 },
      data: { object: ended?.object },
    });
    expect(await send(stale)).toBe(200);
    await stripe.followed(access);
    expect((await plan()).status.kind).toBe("active");
  });

  it("that are lost are made up for by the daily look", async () => {
    const { database } = await runtimeOf();
    const lost = { target: "stripe.webhooks" as const, skip: 0, seed: 1, times: 50 };
    world.sandbox.deliveries().faults.order({ ...lost, effect: { type: "drop" } });
    const [subscription] = newestFirst(stripe.books.subscriptions);
    await press(await openPortal("home"), { button: "cancel", subscription: subscription?.id ?? "" });
    await world.sandbox.deliveries().settled();
    world.sandbox.deliveries().clearFaults();
    expect((await plan()).status.endsAt).toBeNull();
    const { reviewBilling } = await import("@/lib/operations/billing/review-billing");
    expect(await reviewBilling()).toBe(0);
    await database.withWorkspace(access.workspaceId, (tx) =>
      tx.billingCustomer.updateMany({ data: { readAt: new Date(Date.now() - DAY_MS) } }),
    );
    expect(await reviewBilling()).toBe(1);
    expect((await plan()).status.endsAt).not.toBeNull();
  });

  it("read at the same time leave the later reading, whichever ends first", async () => {
    const { database } = await runtimeOf();
    const [subscription] = newestFirst(stripe.books.subscriptions);
    world.sandbox.faults.order({
      ...{ service: "stripe", operation: "/subscriptions", times: 1 },
      effect: { type: "delay", milliseconds: 400, afterHandling: true },
    });
    const early = refresh();
    await waitUntil(() => world.sandbox.faults.waiting === 0);
    await press(await openPortal("home"), { button: "resume", subscription: subscription?.id ?? "" });
    await refresh();
    await early;
    expect((await plan()).status.endsAt).toBeNull();
    // The event that Stripe sent of the press leads to a look of its own, which may be under way still.
    await waitUntil(async () => {
      const { readsApplied, readsBegun } = await database.withWorkspace(access.workspaceId, (tx) =>
        tx.billingCustomer.findFirstOrThrow(),
      );
      return readsApplied === readsBegun;
    });
    expect((await plan()).status.endsAt).toBeNull();
  });
});

describe("the webhook route", () => {
  const body = JSON.stringify({
    ...{ id: "evt_forged", object: "event", type: "customer.subscription.updated", created: 1_800_000_000 },
    data: { object: { object: "subscription", id: "sub_1", customer: "cus_1" } },
  });

  it("takes what is signed now, also beside a second signature, and refuses it when it is older than five minutes", async () => {
    const now = Math.floor(Date.now() / 1000);
    expect(await send(body)).toBe(200);
    const right = signature(body, now);
    expect(await send(body, `${right},v1=${"0".repeat(64)}`)).toBe(200);
    expect(await send(body, signature(body, now - 290))).toBe(200);
    expect(await send(body, signature(body, now - 302))).toBe(400);
    expect(await send(body, null)).toBe(400);
    expect(await send("", signature("", now))).toBe(400);
    expect(await send("x".repeat(1_000_001), right)).toBe(413);
  });

  it(`lets none of ${MUTATIONS} mutated bodies and signatures in, and falls over none`, async () => {
    const { POST } = await import("@/app/api/webhooks/stripe/route");
    const random = seededRandom(20_261_121);
    const pick = (most: number): number => Math.floor(random() * most);
    const statuses = new Map<number, number>();
    for (let count = 0; count < MUTATIONS; count += 1) {
      const right = signature(body, Math.floor(Date.now() / 1000));
      const isHeader = random() < 0.5;
      const mutated = mutate(Buffer.from(isHeader ? right : body), random, pick);
      const headers = new Headers();
      // What no header may hold is told by its bytes all the same.
      headers.set("stripe-signature", isHeader ? headerSafe(mutated) : right);
      const sent = isHeader ? Buffer.from(body) : mutated;
      const answer = await POST(
        new Request("http://localhost/", { method: "POST", headers, body: new Uint8Array(sent) }),
      );
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    }
    expect([...statuses]).toEqual([[400, MUTATIONS]]);
  });
});

/** Sends a body as Stripe would; signed now unless told. */
async function send(body: string, header: string | null = signature(body, Math.floor(Date.now() / 1000))) {
  const answer = await fetch(stripe.url, {
    method: "POST",
    body,
    ...(header === null ? {} : { headers: { "stripe-signature": header } }),
  });
  return answer.status;
}

function signature(body: string, seconds: number): string {
  return `t=${seconds},v1=${createHmac("sha256", STRIPE_WEBHOOK_SECRET).update(`${seconds}.${body}`).digest("hex")}`;
}

/** Another text than the given one: a byte changed, put in, left out, doubled or cut off. */
function mutate(text: Buffer, random: () => number, pick: (most: number) => number): Buffer {
  const at = pick(text.length);
  const byte = Buffer.from([pick(256)]);
  const mutated = [
    () => Buffer.concat([text.subarray(0, at), byte, text.subarray(at + 1)]),
    () => Buffer.concat([text.subarray(0, at), byte, text.subarray(at)]),
    () => Buffer.concat([text.subarray(0, at), text.subarray(at + 1)]),
    () => Buffer.concat([text, text.subarray(at)]),
    () => text.subarray(0, at),
    () => Buffer.concat([Buffer.from("\uFEFF"), text]),
  ][pick(6)]?.();
  return mutated === undefined || mutated.equals(text) ? mutate(text, random, pick) : mutated;
}

const headerSafe = (bytes: Buffer): string => {
  const text = bytes.toString("latin1").replace(/[^\x20-\x7e]/g, "?");
  return text.trim() === "" ? "?" : text;
};

describe("what a workspace may do", () => {
  it("asks an owner or an admin, makes one page of two clicks, and shows what was paid before its event comes", async () => {
    const { startCheckout } = await import("@/lib/operations/billing/start-checkout");
    const { openPortal: open } = await import("@/lib/operations/billing/open-portal");
    const bookkeeper = await addColleague(access, "Ben", "bookkeeper");
    const message = "Only an owner or an admin of this workspace may change the plan.";
    expect(await startCheckout(bookkeeper, { pairs: 1 })).toEqual({ ok: false, error: { message } });
    expect(await open(bookkeeper, { flow: "home" })).toEqual({ ok: false, error: { message } });
    const other = await world.owner.signUp("paula@elsewhere.test");
    const clicks = await Promise.all([1, 2].map(() => startCheckout(other, { pairs: 1 })));
    const again = await startCheckout(other, { pairs: 1 });
    const urls = [...clicks, again].map((one) => (one.ok ? one.value.url : one.error.message));
    expect(new Set(urls).size).toBe(1);
    expect(urls[0]).toContain("/stripe/checkout/");
    // What told of the new customer leads to a look of its own, which may be under way still.
    await stripe.followed(other);
    // No event of this account comes for a while: who returns from paying sees the plan all the same.
    const lost = { target: "stripe.webhooks" as const, skip: 0, seed: 1, times: 50 };
    world.sandbox.deliveries().faults.order({ ...lost, effect: { type: "drop" } });
    await press(urls[0] ?? "", { button: "pay" });
    await world.sandbox.deliveries().settled();
    world.sandbox.deliveries().clearFaults();
    const { getBilling } = await import("@/lib/operations/billing/get-billing");
    const { returnFromStripe } = await import("@/lib/operations/billing/return-from-stripe");
    expect((await getBilling(other)).status.kind).toBe("none");
    await returnFromStripe(other);
    expect((await getBilling(other)).status.kind).toBe("active");
    for (const pairs of [0, 1.5, 101])
      expect(await startCheckout(other, { pairs })).toMatchObject({ ok: false });
  });

  it("is told plainly when Stripe's price is not what the pages say", async () => {
    const other = await world.owner.signUp("petra@elsewhere.test");
    const [price] = newestFirst(stripe.books.prices);
    if (!price) throw new Error("the plan has a price");
    stripe.books.prices.put(price.id, { ...price, unit_amount: 1 });
    const { startCheckout } = await import("@/lib/operations/billing/start-checkout");
    expect(await startCheckout(other, { pairs: 1 })).toMatchObject({
      error: { message: expect.stringContaining("Nothing was charged") },
    });
    const { makePlan } = await import("@/lib/operations/billing/make-plan");
    expect((await makePlan())?.created).toEqual(["price"]);
    expect((await makePlan())?.created).toEqual([]);
    expect(rowOf(stripe.books.prices, price.id).active).toBe(false);
    expect(await startCheckout(other, { pairs: 1 })).toMatchObject({ ok: true });
  });

  it("keeps its connections for thirty days after the end, then loses them and no record", async () => {
    await asProduction(async () => {
      const runtime = await runtimeOf();
      const { releaseConnections } = await import("@/lib/operations/billing/review-billing");
      const { database } = runtime;
      const endedDaysAgo = (days: number) =>
        database.withWorkspace(access.workspaceId, (tx) =>
          tx.subscription.updateMany({
            data: { status: "canceled", endedAt: new Date(Date.now() - days * DAY_MS) },
          }),
        );
      const look = () =>
        database.withWorkspace(access.workspaceId, async (tx) => ({
          active: await tx.connection.count({ where: { status: "active" } }),
          records: await tx.recordSnapshot.count(),
          links: await tx.recordLink.count(),
        }));
      const before = await look();
      await endedDaysAgo(29);
      await releaseConnections(runtime, access.workspaceId);
      expect(await look()).toEqual(before);
      await endedDaysAgo(31);
      await releaseConnections(runtime, access.workspaceId);
      expect(await look()).toEqual({ ...before, active: 0 });
      expect(await notice()).toMatchObject({ isReleased: true });
    });
  });
});
