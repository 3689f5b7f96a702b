import { recordEvent } from "@/lib/audit/record-event";
import { hashSessionToken } from "@/lib/auth/session-token";
import { maskAddress } from "@/lib/domain/mask-address";
import { GIVEN_ROLES } from "@/lib/domain/permissions";
import type { InvitationView } from "@/lib/domain/views/team-view";
import { err, ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import type { Refusal } from "./lock-team";

/** Somebody who is signed in, in whatever way: the address is one that they proved to be theirs. */
export interface SignedIn {
  readonly userId: string;
  readonly email: string;
}

const GONE: Refusal = {
  message:
    "This invitation was used, withdrawn, replaced by a newer one, or is older than seven days. Ask for another.",
};

/** What the link of a mail leads to; shows nothing to somebody without the token. */
export async function getInvitation(token: string, reader: SignedIn | null): Promise<InvitationView> {
  const { database, clock } = await getRuntime();
  const tokenHash = hashSessionToken(token);
  const ref = await database.system.findInvitationOfToken(tokenHash);
  if (!ref) return { state: "gone" };
  return database.withWorkspace(ref.workspaceId, async (tx) => {
    const row = await tx.invitation.findUnique({ where: { tokenHash } });
    const role = GIVEN_ROLES.find((one) => one === row?.role);
    if (!row || !role || row.expiresAt <= clock.now()) return { state: "gone" };
    const { name } = await tx.workspace.findUniqueOrThrow({ where: { id: ref.workspaceId } });
    return {
      state: "open",
      workspaceName: name,
      invitedByName: row.invitedByName,
      role,
      forAddress: maskAddress(row.email),
      isForReader: reader === null ? null : reader.email === row.email,
    };
  });
}

/** Makes its reader a member, once; refuses anybody whose address is not the invited one, saying for whom it is. */
export async function acceptInvitation(
  reader: SignedIn,
  { token }: { readonly token: string },
): Promise<Result<{ slug: string }, Refusal>> {
  const { database, clock } = await getRuntime();
  const tokenHash = hashSessionToken(token);
  const ref = await database.system.findInvitationOfToken(tokenHash);
  if (!ref) return err(GONE);
  const { workspaceId } = ref;
  return database.withWorkspace(workspaceId, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM workspaces WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
    const row = await tx.invitation.findUnique({ where: { tokenHash } });
    const role = GIVEN_ROLES.find((one) => one === row?.role);
    if (!row || !role || row.expiresAt <= clock.now()) return err(GONE);
    if (row.email !== reader.email) {
      const message = `This invitation is for ${maskAddress(row.email)}. Sign in with that address to take it.`;
      return err({ message });
    }
    await tx.invitation.delete({ where: { id: row.id } });
    const { slug } = await tx.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
    const key = { workspaceId_userId: { workspaceId, userId: reader.userId } };
    if (await tx.membership.findUnique({ where: key })) return ok({ slug });
    await tx.membership.create({ data: { workspaceId, userId: reader.userId, role } });
    await recordEvent(tx, {
      workspaceId,
      actorUserId: reader.userId,
      action: "person.joined",
      subject: reader.userId,
      after: { role, invitedBy: row.invitedByName },
      at: clock.now(),
    });
    return ok({ slug });
  });
}
