import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GivenRole } from "@/lib/domain/permissions";
import { ROLES, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { addColleague } from "./colleagues";
import { readMails, readNewestMail } from "./mailbox";

/** The people of a workspace: invited by mail, given roles, removed; and always an owner. */
let world: ProductWorld;

beforeAll(async () => {
  world = await startProductWorld();
});
afterAll(() => world.stop());

const load = async () => ({
  ...(await import("@/lib/operations/people/invite-person")),
  ...(await import("@/lib/operations/people/accept-invitation")),
  ...(await import("@/lib/operations/people/change-member")),
  ...(await import("@/lib/operations/people/list-team")),
  ...(await import("@/lib/operations/people/note-seen")),
  ...(await import("@/lib/operations/workspaces/get-workspace")),
  ...(await import("@/lib/operations/workspaces/list-workspaces")),
  database: (await (await import("@/lib/operations/runtime")).getRuntime()).database,
});

let firms = 0;
/** A firm of its own for each test. */
async function aFirm(): Promise<WorkspaceAccess> {
  firms += 1;
  return world.owner.signUp(`owner-${firms}@firm-${firms}.test`);
}

async function invite(access: WorkspaceAccess, email: string, role: GivenRole = "bookkeeper") {
  const { invitePerson } = await load();
  const invited = await invitePerson(access, { email, role });
  if (!invited.ok) throw new Error(invited.error.message);
  return { ...invited.value, ...(await readNewestMail(world, email)) };
}

async function aPerson(email: string) {
  const { database } = await load();
  const user = await database.withoutWorkspace((tx) => tx.user.create({ data: { email, name: "Bea Hart" } }));
  return { userId: user.id, email };
}

async function auditOf(access: WorkspaceAccess) {
  const { listAudit } = await import("@/lib/operations/audit/list-audit");
  return (await listAudit(access, { area: "workspace", from: null, to: null })).rows;
}

describe("an invitation", () => {
  it("is a mail whose link makes its reader a member, once", async () => {
    const { acceptInvitation, getInvitation, getWorkspace } = await load();
    const owner = await aFirm();
    const { token, subject, link } = await invite(owner, "Bea@Invited.test");
    expect([subject, link.pathname]).toEqual([
      "Olivia Shaw invites you to Tidewater Gifts in Tieout",
      "/invitation",
    ]);
    expect(await getInvitation(token, null)).toMatchObject({
      state: "open",
      workspaceName: "Tidewater Gifts",
      forAddress: "b•••@i•••.test",
      isForReader: null,
    });
    const bea = await aPerson("bea@invited.test");
    expect(await acceptInvitation(bea, { token })).toEqual({ ok: true, value: { slug: owner.slug } });
    expect((await getWorkspace(bea.userId, owner.slug))?.role).toBe("bookkeeper");
    expect((await acceptInvitation(bea, { token })).ok).toBe(false);
    expect(await getInvitation(token, bea)).toEqual({ state: "gone" });
    expect((await auditOf(owner)).map(({ what }) => what)).toEqual([
      "Joined by an invitation",
      "Invited somebody",
      "Made the workspace",
    ]);
  });

  it("taken twice in the same moment makes one member", async () => {
    const { acceptInvitation, listTeam } = await load();
    const owner = await aFirm();
    const { token } = await invite(owner, "once@invited.test");
    const person = await aPerson("once@invited.test");
    const both = await Promise.all([1, 2, 3].map(() => acceptInvitation(person, { token })));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await listTeam(owner)).members).toHaveLength(2);
  });

  it("is for one address: somebody else is told for whom, masked, and gets nothing", async () => {
    const { acceptInvitation, getWorkspace } = await load();
    const owner = await aFirm();
    const { token } = await invite(owner, "meant@invited.test");
    const other = await aPerson("other@elsewhere.test");
    expect(await acceptInvitation(other, { token })).toEqual({
      ok: false,
      error: { message: "This invitation is for m•••@i•••.test. Sign in with that address to take it." },
    });
    expect(await getWorkspace(other.userId, owner.slug)).toBeNull();
  });

  it("of somebody who is in already is refused by name, and sends nothing", async () => {
    const { invitePerson } = await load();
    const owner = await aFirm();
    const { database } = await load();
    const bea = await addColleague(owner, "Bea Hart", "readOnly");
    const { email } = await database.withoutWorkspace((tx) =>
      tx.user.findUniqueOrThrow({ where: { id: bea.userId } }),
    );
    expect(await invitePerson(owner, { email: email.toUpperCase(), role: "admin" })).toMatchObject({
      ok: false,
      error: { fieldErrors: { email: "Bea Hart is in this workspace already." } },
    });
    expect(await readMails(world, email)).toEqual([]);
  });

  it("sent again has a new link, and the old one opens nothing", async () => {
    const { resendInvitation, getInvitation } = await load();
    const owner = await aFirm();
    const { token, invitationId } = await invite(owner, "again@invited.test");
    expect(await resendInvitation(owner, { invitationId })).toEqual({ ok: true, value: null });
    const newest = await readNewestMail(world, "again@invited.test");
    expect(newest.token).not.toBe(token);
    expect((await getInvitation(token, null)).state).toBe("gone");
    expect((await getInvitation(newest.token, null)).state).toBe("open");
  });

  it("that was withdrawn, or is older than seven days, opens nothing", async () => {
    const { withdrawInvitation, acceptInvitation, database, listTeam } = await load();
    const owner = await aFirm();
    const withdrawn = await invite(owner, "gone@invited.test");
    expect((await withdrawInvitation(owner, withdrawn)).ok).toBe(true);
    const old = await invite(owner, "old@invited.test");
    const [row] = (await listTeam(owner)).invitations;
    expect(row).toMatchObject({ state: "sent", email: "old@invited.test" });
    expect(Date.parse(row?.expiresAt ?? "") - Date.now()).toBeLessThanOrEqual(7 * 86_400_000);
    await database.withWorkspace(owner.workspaceId, (tx) =>
      tx.invitation.updateMany({ data: { expiresAt: new Date() } }),
    );
    for (const { token, email } of [
      { token: withdrawn.token, email: "gone@invited.test" },
      { token: old.token, email: "old@invited.test" },
    ])
      expect((await acceptInvitation(await aPerson(email), { token })).ok).toBe(false);
    expect((await listTeam(owner)).invitations[0]?.state).toBe("expired");
  });

  it("is refused with a plain sentence where no mail server is set up", async () => {
    const { invitePerson } = await load();
    const { getRuntime } = await import("@/lib/operations/runtime");
    const runtime = await getRuntime();
    const owner = await aFirm();
    const { mail } = runtime;
    Object.assign(runtime, { mail: null });
    const refused = await invitePerson(owner, { email: "a@invited.test", role: "admin" });
    Object.assign(runtime, { mail });
    expect(refused).toMatchObject({
      error: { message: expect.stringMatching(/^No mail server is set up here/) },
    });
  });

  it("whose mail the server refuses says so on the team page", async () => {
    const { listTeam } = await load();
    const { noteMailFailed } = await import("@/lib/operations/mail/send-requested-mail");
    const { requestMail } = await import("@/lib/operations/mail/request-mail");
    const { database } = await load();
    const owner = await aFirm();
    const { invitationId } = await invite(owner, "refused@invited.test");
    const mailId = crypto.randomUUID();
    await database.withWorkspace(owner.workspaceId, async (tx) => {
      const address = "refused@invited.test";
      await requestMail(tx, {
        ...{ mailId, workspaceId: owner.workspaceId, kind: "invitation", address, invitationId },
        at: new Date(),
      });
      await tx.invitation.updateMany({ data: { sentAt: null } });
    });
    await noteMailFailed({ workspaceId: owner.workspaceId, mailId });
    expect((await listTeam(owner)).invitations[0]?.state).toBe("mailFailed");
  });
});

describe("members", () => {
  it("of a lower role change nothing about anybody, however they ask", async () => {
    const {
      changeRole,
      removeMember,
      invitePerson,
      transferOwnership,
      resendInvitation,
      withdrawInvitation,
    } = await load();
    const owner = await aFirm();
    const { invitationId } = await invite(owner, "waits@invited.test");
    const reader = await addColleague(owner, "Rita", "readOnly");
    const about = { userId: reader.userId, role: "admin" } as const;
    for (const role of ["bookkeeper", "readOnly"] as const) {
      const low = await addColleague(owner, "Low", role);
      // What a page of earlier, or a forged access, claims to be.
      for (const access of [low, { ...low, role: "owner" as const }]) {
        const refused = await Promise.all([
          invitePerson(access, { email: "x@invited.test", role: "admin" }),
          resendInvitation(access, { invitationId }),
          withdrawInvitation(access, { invitationId }),
          changeRole(access, about),
          removeMember(access, about),
          transferOwnership(access, { userId: low.userId, confirmation: access.name }),
        ]);
        expect(refused.map(({ ok }) => ok)).toEqual([false, false, false, false, false, false]);
      }
    }
  });

  it("get another role from somebody who is not below them, and never from themselves", async () => {
    const { changeRole, getWorkspace } = await load();
    const owner = await aFirm();
    const [admin, second, bookkeeper] = [
      await addColleague(owner, "Ada", "admin"),
      await addColleague(owner, "Abe", "admin"),
      await addColleague(owner, "Bea", "bookkeeper"),
    ];
    const change = async (actor: WorkspaceAccess, target: WorkspaceAccess) =>
      (await changeRole(actor, { userId: target.userId, role: "readOnly" })).ok;
    expect(await change(admin, owner)).toBe(false);
    expect(await change(admin, admin)).toBe(false);
    expect(await change(admin, bookkeeper)).toBe(true);
    expect(await change(admin, second)).toBe(true);
    expect(await change(owner, admin)).toBe(true);
    expect(await change(admin, bookkeeper)).toBe(false);
    expect((await getWorkspace(admin.userId, owner.slug))?.role).toBe("readOnly");
  });

  it("lose access at once when they are removed, and their sessions open nothing here", async () => {
    const { removeMember, getWorkspace, listWorkspaces } = await load();
    const owner = await aFirm();
    const bea = await addColleague(owner, "Bea", "bookkeeper");
    expect((await removeMember(owner, { userId: bea.userId })).ok).toBe(true);
    expect(await getWorkspace(bea.userId, owner.slug)).toBeNull();
    expect(await listWorkspaces(bea.userId)).toEqual([]);
    expect((await removeMember(owner, { userId: bea.userId })).ok).toBe(false);
  });

  it("leave by themselves, but the last owner cannot, nor be lowered or removed", async () => {
    const { leaveWorkspace, changeRole, removeMember, getWorkspace } = await load();
    const owner = await aFirm();
    const admin = await addColleague(owner, "Ada", "admin");
    expect(await leaveWorkspace(owner)).toMatchObject({
      error: { message: "You are the only owner. Transfer the ownership first." },
    });
    expect((await changeRole(admin, { userId: owner.userId, role: "admin" })).ok).toBe(false);
    expect((await removeMember(admin, { userId: owner.userId })).ok).toBe(false);
    expect((await leaveWorkspace(admin)).ok).toBe(true);
    expect(await getWorkspace(admin.userId, owner.slug)).toBeNull();
  });

  it("never leave a workspace without an owner, also when two owners go in the same moment", async () => {
    const { leaveWorkspace, listTeam } = await load();
    const owner = await aFirm();
    const second = await addColleague(owner, "Orla", "owner");
    const both = await Promise.all([leaveWorkspace(owner), leaveWorkspace(second)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    const stays = both[0]?.ok ? second : owner;
    expect((await listTeam(stays)).members.map(({ role }) => role)).toEqual(["owner"]);
  });

  it("get the workspace by a transfer that is typed, and its owner becomes an admin", async () => {
    const { transferOwnership, listTeam, getWorkspace } = await load();
    const owner = await aFirm();
    const admin = await addColleague(owner, "Ada", "admin");
    const to = (confirmation: string) => transferOwnership(owner, { userId: admin.userId, confirmation });
    expect(await to("something else")).toMatchObject({
      error: { fieldErrors: { confirmation: 'Type "Tidewater Gifts" to transfer it.' } },
    });
    expect((await to("Tidewater Gifts")).ok).toBe(true);
    expect((await to("Tidewater Gifts")).ok).toBe(false);
    expect((await listTeam(admin)).members.map(({ role }) => role).sort()).toEqual(["admin", "owner"]);
    expect((await getWorkspace(admin.userId, owner.slug))?.role).toBe("owner");
  });

  it("see their colleagues' addresses masked below admin, and each when the others were last here", async () => {
    const { listTeam, noteSeen } = await load();
    const owner = await aFirm();
    const reader = await addColleague(owner, "Rita", "readOnly");
    await invite(owner, "waits@masked.test");
    const shownTo = async (access: WorkspaceAccess) => {
      const { members, invitations } = await listTeam(access);
      return [members.find(({ userId }) => userId === owner.userId)?.email, invitations.length];
    };
    expect(await shownTo(reader)).toEqual([expect.stringMatching(/^o•••@f•••\.test$/), 0]);
    expect(await shownTo(owner)).toEqual([expect.stringMatching(/^owner-\d+@firm-\d+\.test$/), 1]);
    expect((await listTeam(reader)).members.map(({ seenAt }) => seenAt)).toEqual([null, null]);
    await noteSeen(owner);
    const [seen] = (await listTeam(reader)).members;
    expect(Date.now() - Date.parse(seen?.seenAt ?? "")).toBeLessThan(60_000);
  });
});

it("a person of several workspaces has a role in each, and the others to switch to", async () => {
  const { listOthers, listWorkspaces, database } = await load();
  const [first, second] = [await aFirm(), await aFirm()];
  await database.withWorkspace(second.workspaceId, (tx) =>
    tx.membership.create({
      data: { workspaceId: second.workspaceId, userId: first.userId, role: "bookkeeper" },
    }),
  );
  expect((await listWorkspaces(first.userId)).map(({ slug, role }) => [slug, role])).toEqual([
    [first.slug, "owner"],
    [second.slug, "bookkeeper"],
  ]);
  expect((await listOthers(first)).map(({ slug }) => slug)).toEqual([second.slug]);
  expect(await listOthers(second)).toEqual([]);
});

it("an invitation gives every role but the owner's", async () => {
  const { inviteSchema } = await import("@/lib/domain/team-forms");
  const given = ROLES.filter((role) => inviteSchema.safeParse({ email: "a@b.test", role }).success);
  expect(given).toEqual(["admin", "bookkeeper", "readOnly"]);
});
