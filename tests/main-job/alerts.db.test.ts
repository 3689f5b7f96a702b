import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { WhenValues } from "@/lib/domain/alert-forms";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { ReceivedAlert } from "@/sandbox/alerts/service";
import type { FaultOrder } from "@/sandbox/kit/faults";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { addColleague } from "./colleagues";
import { listOpenRows, openCompany, waitUntil } from "./company";
import { readMails } from "./mailbox";
import { dumpWorkspace } from "./workspace-rows";

/**
 * Who is told when the books need somebody: by real mails to the sandbox's sink and real posts to its receiver, with the
 * functions in a process of their own that can be killed.
 */
// Whole runs, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const OWNER = "olivia@alerts.test";
const AT_ONCE: WhenValues = {
  severity: "worthKnowing",
  rhythm: "atOnce",
  hour: 7,
  timeZone: "Europe/London",
};
/** Time enough to notice a post that is held and to kill the process that waits for its answer. */
const HELD_MS = 3_000;

let world: ProductWorld;
let access: WorkspaceAccess;
let signingSecret: string;
const channels = { mail: "", webhook: "", slack: "" };

const load = async () => ({
  ...(await import("@/lib/operations/alerts/change-channels")),
  ...(await import("@/lib/operations/alerts/get-alerts")),
  ...(await import("@/lib/operations/alerts/look-for-alerts")),
  ...(await import("@/lib/operations/alerts/send-digests")),
  ...(await import("@/lib/operations/alerts/send-test")),
  database: (await (await import("@/lib/operations/runtime")).getRuntime()).database,
});

beforeAll(async () => {
  world = await startProductWorld({ worker: "process" });
  access = await openCompany(world, { email: OWNER });
  await world.owner.syncOnce(access);
});

afterAll(() => world.stop());

const addressOf = (box: string): string => `${world.sandbox.origin}/alerts/${box}`;

async function add(
  values: { kind: "email"; userId: string } | { kind: "slack" | "webhook"; address: string },
  when = {},
) {
  const { addChannel } = await load();
  const added = await addChannel(access, { ...values, ...AT_ONCE, ...when });
  if (!added.ok) throw new Error(added.error.message);
  return added.value;
}

async function remove(channelId: string): Promise<void> {
  const { removeChannel } = await load();
  expect(await removeChannel(access, { channelId })).toEqual({ ok: true, value: null });
}

/** Looks as the schedule does, and waits until everything that it told has been sent or given up. */
async function look(): Promise<void> {
  const { lookForAlerts } = await load();
  await world.waitUntilIdle();
  await lookForAlerts();
  await untilTold();
}

async function untilTold(): Promise<void> {
  const { getAlerts } = await load();
  const isWaiting = async () => (await getAlerts(access)).deliveries.some(({ state }) => state === "waiting");
  await waitUntil(async () => !(await isWaiting()));
}

async function receivedIn(box: string): Promise<readonly ReceivedAlert[]> {
  const answer = await fetch(`${addressOf("received")}?box=${box}`);
  return (await answer.json()).received;
}

const idsIn = async (box: string) => (await receivedIn(box)).map(({ headers }) => headers["webhook-id"]);
const bodiesIn = async (box: string) => (await receivedIn(box)).map(({ body }) => JSON.parse(body));
const mailsTo = (address: string) => readMails(world, address);
const told = async () => [
  (await mailsTo(OWNER)).length,
  (await receivedIn("webhook")).length,
  (await receivedIn("slack")).length,
];

/** An unanswered question about a match: worth knowing, and nothing that stands still. */
async function askAboutMatch(): Promise<void> {
  const { database } = await load();
  await database.withWorkspace(access.workspaceId, async (tx) => {
    const { id: pairId } = await tx.pair.findFirstOrThrow();
    const words = { sourceWords: "Harbour Lights", ledgerWords: "Harbour Lights Ltd", differences: "Name" };
    await tx.matchQuestion.create({
      data: {
        ...{ workspaceId: access.workspaceId, pairId, recordType: "contact", createdAt: new Date() },
        ...{ sourceExternalId: "asked", ledgerExternalId: "asked", ...words },
      },
    });
  });
}

const dropMatchQuestions = async () =>
  (await load()).database.withWorkspace(access.workspaceId, (tx) => tx.matchQuestion.deleteMany());

/** Makes it a day later, for what was told. */
const letDayPass = async () =>
  (await load()).database.withWorkspace(access.workspaceId, async (tx) => {
    await tx.$executeRaw`UPDATE alerts SET told_at = told_at - interval '25 hours'`;
  });

describe("an address for alerts", () => {
  it("inside our own network, or none of Slack's, is refused by name and not stored", async () => {
    const { addChannel, getAlerts } = await load();
    for (const address of [
      "https://127.0.0.1/x",
      "https://169.254.169.254/x",
      "http://hooks.example.com/x",
    ]) {
      const refused = await addChannel(access, { kind: "webhook", address, ...AT_ONCE });
      expect(refused).toMatchObject({ ok: false, error: { fieldErrors: { address: expect.any(String) } } });
    }
    const refused = await addChannel(access, { kind: "slack", address: "https://example.com/x", ...AT_ONCE });
    expect(refused).toMatchObject({
      error: { message: "An incoming webhook of Slack begins with https://hooks.slack.com/." },
    });
    expect((await getAlerts(access)).channels).toEqual([]);
  });

  it("and its secret are sealed: no table, view or audit line has them", async () => {
    const { getAlerts } = await load();
    channels.mail = (await add({ kind: "email", userId: access.userId })).channelId;
    const webhook = await add({ kind: "webhook", address: addressOf("webhook") }, { severity: "needsYou" });
    channels.webhook = webhook.channelId;
    signingSecret = webhook.signingSecret ?? "";
    expect(signingSecret).toMatch(/^whsec_[\w+/]{43}=$/);
    const slack = await add({ kind: "slack", address: addressOf("slack") }, { rhythm: "daily" });
    channels.slack = slack.channelId;
    expect(slack.signingSecret).toBeNull();
    const everywhere = JSON.stringify([await dumpWorkspace(access.workspaceId), await getAlerts(access)]);
    for (const secret of [signingSecret, addressOf("webhook"), addressOf("slack")])
      expect(everywhere).not.toContain(secret);
    expect((await getAlerts(access)).channels.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "email Olivia Shaw",
      `webhook ${new URL(world.sandbox.origin).host}`,
      `slack ${new URL(world.sandbox.origin).host}`,
    ]);
  });

  it("gets a test when somebody asks for one, and the page says what became of it", async () => {
    const { sendTest, getAlerts } = await load();
    for (const channelId of Object.values(channels))
      expect(await sendTest(access, { channelId })).toMatchObject({ ok: true });
    await untilTold();
    expect(await told()).toEqual([1, 1, 1]);
    expect((await getAlerts(access)).deliveries.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      "test sent",
      "test sent",
      "test sent",
    ]);
    await fetch(addressOf("received"), { method: "DELETE" });
    world.sandbox.smtp?.mails.clear();
  });
});

describe("a run with exceptions", () => {
  it("is one mail with the count, and one post that is signed", async () => {
    await look();
    const count = (await listOpenRows(access)).length;
    expect(await told()).toEqual([1, 1, 0]);
    const sentence = `${count} record${count === 1 ? "" : "s"} from Zoho Books could not be posted`;
    const [mail] = await mailsTo(OWNER);
    expect(mail?.subject).toBe("Tidewater Gifts needs you now");
    expect(mail?.text).toContain(`Needs you now: ${sentence}`);
    expect(mail?.link.pathname).toBe(`/${access.slug}/exceptions`);
    const [post] = await receivedIn("webhook");
    if (!post) throw new Error("a post came");
    const {
      "webhook-id": id = "",
      "webhook-timestamp": at = "",
      "webhook-signature": signature,
    } = post.headers;
    const key = Buffer.from(signingSecret.slice("whsec_".length), "base64");
    const expected = createHmac("sha256", key).update(`${id}.${at}.${post.body}`).digest("base64");
    expect(signature).toBe(`v1,${expected}`);
    const body = JSON.parse(post.body);
    expect(body).toMatchObject({ id, type: "tieout.alert", data: { workspace: "Tidewater Gifts" } });
    expect(body.data.items).toMatchObject([
      {
        kind: "exceptions",
        severity: "needsYou",
        count,
        url: `http://localhost:3999/${access.slug}/exceptions`,
      },
    ]);
  });

  it("is told no second time, by another look or another run with the same exceptions", async () => {
    await Promise.all([look(), look()]);
    await world.owner.syncOnce(access);
    await look();
    expect(await told()).toEqual([1, 1, 0]);
  });
});

it("what is only worth knowing, and has grown since yesterday, is not told to whom what needs them is enough", async () => {
  expect((await mailsTo(OWNER))[0]?.text).toMatch(/Worth knowing: \d possible match/);
  expect((await bodiesIn("webhook"))[0].data.items).toHaveLength(1);
  await askAboutMatch();
  await look();
  expect(await told()).toEqual([1, 1, 0]);
  await letDayPass();
  await look();
  expect(await told()).toEqual([2, 1, 0]);
  const [newest] = await mailsTo(OWNER);
  expect(newest?.subject).toBe("Worth knowing about Tidewater Gifts");
});

it("a daily digest is one message with everything of the day, and comes once", async () => {
  const { sendDueDigests, database } = await load();
  expect(await sendDueDigests()).toBe(0);
  const letHourCome = () =>
    database.withWorkspace(access.workspaceId, (tx) =>
      tx.alertChannel.update({
        where: { id: channels.slack },
        data: { nextDigestAt: new Date(Date.now() - 1) },
      }),
    );
  await letHourCome();
  await Promise.all([sendDueDigests(), sendDueDigests()]);
  await untilTold();
  const [digest, ...more] = await bodiesIn("slack");
  expect(more).toEqual([]);
  expect(digest.text).toMatch(
    /^\*The day for Tidewater Gifts: 2 things open\*\n• Needs you now: .+\n• Worth knowing: /,
  );
  await letHourCome();
  expect(await sendDueDigests()).toBe(0);
  expect(await told()).toEqual([2, 1, 1]);
});

it("a worker that is killed after a post was taken and before that was noted posts it again with the same id", async () => {
  const { sendTest } = await load();
  const before = (await idsIn("webhook")).length;
  hold({ type: "delay", milliseconds: HELD_MS, afterHandling: true });
  expect((await sendTest(access, { channelId: channels.webhook })).ok).toBe(true);
  await waitUntil(async () => (await idsIn("webhook")).length > before);
  await world.worker.kill();
  await world.worker.start();
  await untilTold();
  const [first, second, ...more] = (await idsIn("webhook")).slice(before);
  expect([second, more]).toEqual([first, []]);
});

function hold(effect: FaultOrder["effect"], times = 1): void {
  world.sandbox.faults.order({
    service: "alerts",
    method: "POST",
    operation: "/webhook",
    skip: 0,
    times,
    effect,
  });
}

describe("a post that is not taken", () => {
  const newest = async () => (await (await load()).getAlerts(access)).deliveries[0];
  const answerWith = (status: number, times: number) =>
    hold({ type: "status", status, body: "secret words", headers: {}, afterHandling: false }, times);

  it("is tried again, and the page says when it got through", async () => {
    const { sendTest } = await load();
    answerWith(503, 2);
    await sendTest(access, { channelId: channels.webhook });
    await untilTold();
    expect(await newest()).toMatchObject({ state: "sent", attempts: 3, outcome: "Taken with status 200." });
  });

  it("is given up after the last attempt, and the page says why in words of ours", async () => {
    const { sendTest } = await load();
    answerWith(503, 7);
    await sendTest(access, { channelId: channels.webhook });
    await untilTold();
    const given = await newest();
    expect(given).toMatchObject({
      state: "failed",
      attempts: 7,
      outcome: "The address answered with status 503.",
    });
    expect(JSON.stringify(given)).not.toContain("secret words");
  });

  it("is given up at once where the address refuses it for good", async () => {
    const { sendTest } = await load();
    answerWith(410, 1);
    await sendTest(access, { channelId: channels.webhook });
    await untilTold();
    expect(await newest()).toMatchObject({ state: "failed", attempts: 1 });
  });
});

describe("a cause that is over", () => {
  it("is an all clear, once", async () => {
    const [mails, posts] = await told();
    const { dismissExceptions } = await import("@/lib/operations/exceptions/dismiss-exceptions");
    const exceptionIds = (await listOpenRows(access)).map(({ exceptionId }) => exceptionId);
    const dismissed = await dismissExceptions(access, { exceptionIds }, "Not ours to post.");
    if (!dismissed.ok) throw new Error(dismissed.error.message);
    await dropMatchQuestions();
    await look();
    await look();
    expect((await told()).slice(0, 2)).toEqual([(mails ?? 0) + 1, (posts ?? 0) + 1]);
    const [mail] = await mailsTo(OWNER);
    expect(mail?.subject).toBe("All clear for Tidewater Gifts");
    expect(mail?.text).toContain("Over: No record from Zoho Books waits as an exception any more.");
    expect((await bodiesIn("webhook")).at(-1)).toMatchObject({ type: "tieout.allClear" });
  });

  it("and comes again is told after a day, not before", async () => {
    const [mails = 0] = await told();
    await askAboutMatch();
    await look();
    expect((await told())[0]).toBe(mails);
    await letDayPass();
    await look();
    expect((await told())[0]).toBe(mails + 1);
  });
});

it("a lost connection needs its owner and is told with the name of the system", async () => {
  const { database } = await load();
  await database.withWorkspace(access.workspaceId, (tx) =>
    tx.connection.updateMany({ where: { connectorId: "xero" }, data: { status: "reconnectNeeded" } }),
  );
  await look();
  expect((await mailsTo(OWNER))[0]?.text).toMatch(/Needs you now: Xero \(.+\) no longer lets Tieout in\./);
});

it("who is a member no longer is told nothing more, also of what was already on its way", async () => {
  const { database, getAlerts } = await load();
  const bea = await addColleague(access, "Bea Hart", "bookkeeper");
  await add({ kind: "email", userId: bea.userId });
  const { email } = await database.withoutWorkspace((tx) =>
    tx.user.findUniqueOrThrow({ where: { id: bea.userId } }),
  );
  await database.withWorkspace(access.workspaceId, async (tx) => {
    await tx.membership.deleteMany({ where: { userId: bea.userId } });
    await tx.connection.updateMany({
      where: { connectorId: "zoho-books" },
      data: { status: "reconnectNeeded" },
    });
  });
  await look();
  expect(await mailsTo(email)).toEqual([]);
  expect((await getAlerts(access)).channels.map(({ name }) => name)).not.toContain("Bea Hart");
});

it("a channel that was removed is told nothing, and its secrets are gone with it", async () => {
  const { database } = await load();
  for (const channelId of Object.values(channels)) await remove(channelId);
  const before = await told();
  await letDayPass();
  await look();
  expect(await told()).toEqual(before);
  const left = await database.withWorkspace(access.workspaceId, (tx) => tx.alertDelivery.count());
  expect(left).toBe(0);
});
