import { recordEvent } from "@/lib/audit/record-event";
import { normaliseEmail } from "@/lib/auth/adapter";
import { type AttemptRule, takeAttempt } from "@/lib/auth/attempt-limit";
import { hashSessionToken, linkToken } from "@/lib/auth/session-token";
import type { Transaction } from "@/lib/db/client";
import { maskAddress } from "@/lib/domain/mask-address";
import type { GivenRole } from "@/lib/domain/permissions";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { NO_MAIL_SERVER, requestMail } from "../mail/request-mail";
import { wakeOutbox } from "../outbox/send-outbox";
import { getRuntime, type Runtime } from "../runtime";
import { lockTeam, type Refusal } from "./lock-team";

const INVITATION_MS = 7 * 24 * 60 * 60 * 1000;

/** Mails to strangers in a firm's name: enough for any team, too few for anyone who sends advertisements. */
const INVITATIONS: AttemptRule = { what: "invitation", attemptsMax: 50, windowMs: 24 * 60 * 60 * 1000 };

/** Invites an address with a role; one that waits already is replaced, and its old link opens nothing any more. */
export async function invitePerson(
  access: WorkspaceAccess,
  input: { readonly email: string; readonly role: GivenRole },
): Promise<Result<{ invitationId: string }, Refusal>> {
  const runtime = await getRuntime();
  const refused = await mayNotMail(runtime, access);
  if (refused) return err(refused);
  const email = normaliseEmail(input.email);
  const result = await runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const team = await lockTeam(tx, access, "people.invite");
    if (!team.ok) return team;
    const user = await tx.user.findUnique({ where: { email } });
    const member = team.value.members.find((one) => one.userId === user?.id);
    if (member) {
      const message = `${member.name} is in this workspace already.`;
      return err({ message, fieldErrors: { email: message } });
    }
    const before = await tx.invitation.findUnique({
      where: { workspaceId_email: { workspaceId: access.workspaceId, email } },
    });
    if (before) await tx.invitation.delete({ where: { id: before.id } });
    const invitationId = runtime.ids.next();
    await sendAnew(tx, runtime, access, { invitationId, email, role: input.role });
    await recordEvent(tx, {
      workspaceId: access.workspaceId,
      actorUserId: access.userId,
      action: "person.invited",
      subject: invitationId,
      before: before ? { role: before.role } : null,
      after: { address: maskAddress(email), role: input.role },
      at: runtime.clock.now(),
    });
    return ok({ invitationId });
  });
  if (result.ok) wakeOutbox(runtime);
  return result;
}

/** Sends an invitation again: a new link, seven days from now; the old link opens nothing any more. */
export async function resendInvitation(
  access: WorkspaceAccess,
  { invitationId }: { readonly invitationId: string },
): Promise<Result<null, Refusal>> {
  const runtime = await getRuntime();
  const refused = await mayNotMail(runtime, access);
  if (refused) return err(refused);
  const result = await runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const team = await lockTeam(tx, access, "people.resendInvitation");
    if (!team.ok) return team;
    const row = await tx.invitation.findUnique({ where: { id: invitationId } });
    if (!row) return err(GONE);
    await tx.invitation.delete({ where: { id: row.id } });
    await sendAnew(tx, runtime, access, { invitationId: row.id, email: row.email, role: row.role });
    await recordEvent(tx, {
      workspaceId: access.workspaceId,
      actorUserId: access.userId,
      action: "person.invitationSentAgain",
      subject: row.id,
      after: { address: maskAddress(row.email), role: row.role },
      at: runtime.clock.now(),
    });
    return ok(null);
  });
  if (result.ok) wakeOutbox(runtime);
  return result;
}

/** Takes an invitation back: its link opens nothing any more. */
export async function withdrawInvitation(
  access: WorkspaceAccess,
  { invitationId }: { readonly invitationId: string },
): Promise<Result<null, Refusal>> {
  const { database, clock } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const team = await lockTeam(tx, access, "people.withdrawInvitation");
    if (!team.ok) return team;
    const row = await tx.invitation.findUnique({ where: { id: invitationId } });
    if (!row) return err(GONE);
    await tx.invitation.delete({ where: { id: row.id } });
    await recordEvent(tx, {
      workspaceId: access.workspaceId,
      actorUserId: access.userId,
      action: "person.invitationWithdrawn",
      subject: row.id,
      before: { address: maskAddress(row.email), role: row.role },
      at: clock.now(),
    });
    return ok(null);
  });
}

const GONE: Refusal = { message: "This invitation was taken or withdrawn meanwhile." };

async function mayNotMail(runtime: Runtime, access: WorkspaceAccess): Promise<Refusal | null> {
  if (runtime.mail === null) return { message: NO_MAIL_SERVER };
  const { database, clock, env } = runtime;
  const counter = { database, secret: env.NEXTAUTH_SECRET, now: clock.now() };
  const waitSeconds = await takeAttempt(counter, INVITATIONS, access.workspaceId);
  return waitSeconds === 0
    ? null
    : {
        message: `This workspace has sent ${INVITATIONS.attemptsMax} invitations within a day. Go on tomorrow.`,
      };
}

async function sendAnew(
  tx: Transaction,
  { ids, clock, env }: Runtime,
  access: WorkspaceAccess,
  { invitationId, email, role }: { invitationId: string; email: string; role: string },
): Promise<void> {
  const [mailId, at] = [ids.next(), clock.now()];
  await tx.invitation.create({
    data: {
      id: invitationId,
      workspaceId: access.workspaceId,
      email,
      role,
      tokenHash: hashSessionToken(linkToken(env.NEXTAUTH_SECRET, "invitation", mailId)),
      invitedByUserId: access.userId,
      invitedByName: access.userName,
      createdAt: at,
      expiresAt: new Date(at.getTime() + INVITATION_MS),
    },
  });
  await requestMail(tx, {
    mailId,
    workspaceId: access.workspaceId,
    kind: "invitation",
    address: email,
    invitationId,
    at,
  });
}
