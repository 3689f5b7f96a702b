import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashSessionToken } from "@/lib/auth/session-token";
import { stepAt, timeCode } from "@/lib/auth/time-code";
import type { Database } from "@/lib/db/client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { readMails, readNewestMail } from "./mailbox";

/** People without a Xero login: a link by mail, then a code of an app; every mail through the real functions. */
let world: ProductWorld;
let database: Database;

beforeAll(async () => {
  world = await startProductWorld();
  const { getRuntime } = await import("@/lib/operations/runtime");
  database = (await getRuntime()).database;
});
afterAll(() => world.stop());

const load = async () => ({
  ...(await import("@/lib/operations/sign-in/request-link")),
  ...(await import("@/lib/operations/sign-in/take-link")),
  ...(await import("@/lib/operations/sign-in/second-step")),
  ...(await import("@/lib/operations/sign-in/account")),
  ...(await import("@/lib/auth/sessions")),
});

let places = 0;
/** Another network address each time, so that no test spends another's attempts. */
const aPlace = () => {
  places += 1;
  return `10.0.0.${places}`;
};

async function askLink(email: string, returnPath = "/start") {
  const { requestSignInLink } = await load();
  return requestSignInLink({ email, returnPath, place: aPlace() });
}

async function followLink(email: string): Promise<string> {
  const { takeSignInLink } = await load();
  expect(await askLink(email)).toEqual({ ok: true, value: null });
  const taken = await takeSignInLink({ token: (await readNewestMail(world, email)).token, place: aPlace() });
  if (!taken.ok) throw new Error(taken.error.message);
  return taken.value.token;
}

async function pass(token: string, code: string) {
  const { passSecondStep } = await load();
  return passSecondStep({ token, code, name: "Bea Hart", device: "Chrome on Windows", place: aPlace() });
}

/** Signs somebody up whole; answers the app's secret and what the second step gave. */
async function signUp(email: string) {
  const { getSecondStep } = await load();
  const token = await followLink(email);
  const step = await getSecondStep(token);
  if (step?.kind !== "enrol") throw new Error("a new person sets an app up");
  const secret = step.app.secret.replaceAll(" ", "");
  const firstCode = codeNow(secret);
  const passed = await pass(token, firstCode);
  if (!passed.ok) throw new Error(passed.error.message);
  return { secret, firstCode, session: passed.value.token, codes: passed.value.recoveryCodes ?? [] };
}

/** As if half an hour had passed for the app, whose codes count once each. */
const forgetLastStep = (email: string) =>
  database.withoutWorkspace((tx) =>
    tx.secondFactor.updateMany({ where: { user: { email } }, data: { lastStep: 0 } }),
  );

const codeNow = (secret: string) => timeCode(secret, stepAt(new Date()));

describe("the link of a mail", () => {
  it("signs in once, after a second step, and comes back to where it was asked for", async () => {
    const { takeSignInLink, findSession } = await load();
    await askLink("  Bea@Tidewater.test ", "/invitation?token=the-invited-token");
    const mail = await readNewestMail(world, "bea@tidewater.test");
    expect(mail.link.pathname).toBe("/sign-in/link");
    expect(mail.link.searchParams.get("to")).toBe("/invitation?token=the-invited-token");
    const first = await takeSignInLink({ token: mail.token, place: aPlace() });
    const second = await takeSignInLink({ token: mail.token, place: aPlace() });
    expect([first.ok, second.ok]).toEqual([true, false]);
    const { session } = await signUp("bea@tidewater.test");
    expect(await findSession(database, session, new Date())).toMatchObject({
      name: "Bea Hart",
      email: "bea@tidewater.test",
    });
  });

  it("pressed twice in the same moment counts once", async () => {
    const { takeSignInLink } = await load();
    await askLink("twice@tidewater.test");
    const { token } = await readNewestMail(world, "twice@tidewater.test");
    const both = await Promise.all([1, 2, 3].map(() => takeSignInLink({ token, place: aPlace() })));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("is over after 15 minutes", async () => {
    const { takeSignInLink } = await load();
    await askLink("late@tidewater.test");
    const { token } = await readNewestMail(world, "late@tidewater.test");
    const row = await database.withoutWorkspace((tx) =>
      tx.verificationToken.findUniqueOrThrow({ where: { tokenHash: hashSessionToken(token) } }),
    );
    expect(row.expires.getTime() - Date.now()).toBeLessThanOrEqual(15 * 60_000);
    await database.withoutWorkspace((tx) =>
      tx.verificationToken.updateMany({ where: { tokenHash: row.tokenHash }, data: { expires: new Date() } }),
    );
    expect((await takeSignInLink({ token, place: aPlace() })).ok).toBe(false);
  });

  it("is not sent to somebody who signs in with Xero: the mail says where to go", async () => {
    const { id: userId } = await database.withoutWorkspace((tx) =>
      tx.user.create({ data: { email: "xero@tidewater.test", name: "Xenia" } }),
    );
    await database.withoutWorkspace((tx) =>
      tx.account.create({ data: { userId, type: "oauth", provider: "xero", providerAccountId: "x-1" } }),
    );
    await askLink("xero@tidewater.test");
    const mail = await readNewestMail(world, "xero@tidewater.test");
    expect([mail.subject, mail.link.pathname, mail.token]).toEqual([
      "You sign in to Tieout with Xero",
      "/sign-in",
      "",
    ]);
  });

  it("goes to one address five times in a quarter of an hour, then waits", async () => {
    const asked = [];
    for (let tries = 0; tries < 6; tries += 1) asked.push(await askLink("often@tidewater.test"));
    expect(asked.map(({ ok }) => ok)).toEqual([true, true, true, true, true, false]);
    expect(asked.at(-1)).toMatchObject({
      error: {
        message: expect.stringMatching(
          /^Several links went to this address already\. Try again in 1[45] minutes\.$/,
        ),
        waitSeconds: expect.any(Number),
      },
    });
    expect(await readMails(world, "often@tidewater.test")).toHaveLength(5);
  });

  it("is asked for from one network sixty times in ten minutes, then waits, whatever the address", async () => {
    const { takeSignInLink } = await load();
    const from = aPlace();
    const tries = await Promise.all(
      Array.from({ length: 61 }, (_, index) => takeSignInLink({ token: `no-link-${index}`, place: from })),
    );
    expect(tries.filter((one) => !one.ok && one.error.waitSeconds > 0)).toHaveLength(1);
  });
});

describe("the mail itself", () => {
  it("that leaves again after a crash is the same mail with the same link", async () => {
    await askLink("crash@tidewater.test");
    const sent = await readNewestMail(world, "crash@tidewater.test");
    const mailId = /<(.*)@/.exec(sent.messageId)?.[1] ?? "";
    const workspaceId = "00000000-0000-0000-0000-000000000000";
    const { sealPath } = await import("@/lib/operations/mail/return-path-seal");
    const { getRuntime } = await import("@/lib/operations/runtime");
    const returnPath = await sealPath("/start", (await getRuntime()).env);
    const about = {
      kind: "signInLink",
      address: "crash@tidewater.test",
      returnPath,
      requestedAt: new Date(),
    };
    await database.withWorkspace(workspaceId, (tx) =>
      tx.requestedMail.create({ data: { id: mailId, workspaceId, ...about } }),
    );
    await world.sendEvent({ id: "again", name: "mail/message.requested", data: { workspaceId, mailId } });
    const both = await readMails(world, "crash@tidewater.test");
    expect(both).toHaveLength(2);
    expect(both[0]).toEqual(both[1]);
    await world.sendEvent({ id: "once-more", name: "mail/message.requested", data: { workspaceId, mailId } });
    expect(await readMails(world, "crash@tidewater.test")).toHaveLength(2);
  });

  it("leaves no address and no link behind in the database, once it was sent", async () => {
    await askLink("trace@tidewater.test", "/invitation?token=the-invited-token");
    const { token } = await readNewestMail(world, "trace@tidewater.test");
    const mails = await database.withWorkspace("00000000-0000-0000-0000-000000000000", async (tx) => [
      await tx.requestedMail.findMany(),
      (await tx.outboxEvent.findMany()).map(({ data }) => data),
    ]);
    const text = JSON.stringify([
      mails,
      await database.withoutWorkspace((tx) => tx.verificationToken.findMany()),
    ]);
    for (const secret of [token, "the-invited-token"]) expect(text).not.toContain(secret);
    expect(JSON.stringify(mails)).not.toContain("tidewater");
  });
});

describe("the second step", () => {
  it("is owed: a link alone opens no session, also not for next-auth", async () => {
    const { findSession } = await load();
    const { createAuthAdapter } = await import("@/lib/auth/adapter");
    const pending = await followLink("owes@tidewater.test");
    expect(await findSession(database, pending, new Date())).toBeNull();
    expect(await createAuthAdapter(database).getSessionAndUser?.(pending)).toBeNull();
  });

  it("takes a code once, also from two who have it", async () => {
    const { secret, firstCode } = await signUp("replay@tidewater.test");
    const again = await pass(await followLink("replay@tidewater.test"), firstCode);
    expect(again).toMatchObject({ ok: false, error: { waitSeconds: 0 } });
    await forgetLastStep("replay@tidewater.test");
    const [mine, theirs] = [
      await followLink("replay@tidewater.test"),
      await followLink("replay@tidewater.test"),
    ];
    const code = codeNow(secret);
    const both = await Promise.all([pass(mine, code), pass(theirs, code)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("gives ten recovery codes, each good once, and keeps neither them nor the app's secret in clear", async () => {
    const { secret, codes } = await signUp("codes@tidewater.test");
    expect(new Set(codes).size).toBe(10);
    const [code = ""] = codes;
    const first = await pass(await followLink("codes@tidewater.test"), ` ${code.toLowerCase()} `);
    const second = await pass(await followLink("codes@tidewater.test"), code);
    expect([first.ok, second.ok]).toEqual([true, false]);
    if (first.ok) expect(first.value.recoveryCodes).toBeNull();
    const stored = JSON.stringify(
      await database.withoutWorkspace(async (tx) => [
        await tx.recoveryCode.findMany(),
        (await tx.secondFactor.findMany()).map((row) => Buffer.from(row.ciphertext).toString("latin1")),
        await tx.session.findMany(),
      ]),
    );
    for (const plain of [secret, ...codes, ...codes.map((one) => one.replaceAll("-", ""))])
      expect(stored).not.toContain(plain);
  });

  it("takes five wrong codes, then none for a quarter of an hour, not even the right one", async () => {
    const { secret } = await signUp("guess@tidewater.test");
    await forgetLastStep("guess@tidewater.test");
    const token = await followLink("guess@tidewater.test");
    const wrong = timeCode(secret, stepAt(new Date()) + 1_000);
    for (let tries = 0; tries < 5; tries += 1)
      expect(await pass(token, wrong)).toMatchObject({ ok: false, error: { waitSeconds: 0 } });
    const right = await pass(token, codeNow(secret));
    expect(right).toMatchObject({ ok: false, error: { waitSeconds: expect.any(Number) } });
    expect(right.ok ? 0 : right.error.waitSeconds).toBeGreaterThan(600);
  });

  it("is over after 15 minutes, and after it was passed", async () => {
    const { getSecondStep } = await load();
    const { secret } = await signUp("over@tidewater.test");
    await forgetLastStep("over@tidewater.test");
    const token = await followLink("over@tidewater.test");
    expect((await pass(token, codeNow(secret))).ok).toBe(true);
    expect(await getSecondStep(token)).toBeNull();
    const late = await followLink("over@tidewater.test");
    await database.withoutWorkspace((tx) =>
      tx.pendingSignIn.updateMany({
        where: { tokenHash: hashSessionToken(late) },
        data: { expires: new Date() },
      }),
    );
    expect(await getSecondStep(late)).toBeNull();
  });

  it("begins with another app once the old one was given up for a right code, signed out everywhere", async () => {
    const { replaceApp, renewRecoveryCodes, findSession, getSecondStep } = await load();
    const email = "phone@tidewater.test";
    const { session, codes } = await signUp(email);
    const found = await findSession(database, session, new Date());
    if (found === null) throw new Error("signed in");
    const [first = "", second = ""] = codes;
    expect((await renewRecoveryCodes(found, { code: "000000" })).ok).toBe(false);
    const renewed = await renewRecoveryCodes(found, { code: first });
    const fresh = renewed.ok ? renewed.value : [];
    expect(fresh).toHaveLength(10);
    expect((await replaceApp(found, { code: second })).ok).toBe(false);
    expect((await replaceApp(found, { code: fresh[0] ?? "" })).ok).toBe(true);
    expect(await findSession(database, session, new Date())).toBeNull();
    expect((await getSecondStep(await followLink(email)))?.kind).toBe("enrol");
  });
});
