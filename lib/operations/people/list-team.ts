import type { Transaction } from "@/lib/db/client";
import { maskAddress } from "@/lib/domain/mask-address";
import { GIVEN_ROLES, isLastOwner, may, whyNotToChange } from "@/lib/domain/permissions";
import type { InvitationRow, MemberRow, TeamView } from "@/lib/domain/views/team-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";
import { parseRole } from "./lock-team";
import { mailPageOf } from "./mail-page";

/** The people of a workspace, the one joined first first, and the invitations that wait. */
export async function listTeam(access: WorkspaceAccess): Promise<TeamView> {
  const runtime = await getRuntime();
  const { database, clock, mail } = runtime;
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const members = await loadMembers(tx, access);
    return {
      members,
      invitations: may(access, "people.invite") ? await loadInvitations(tx, access, clock.now()) : [],
      mayInvite: may(access, "people.invite"),
      mayTransfer: may(access, "workspace.transfer"),
      allowedAddresses: may(access, "workspace.limitAddresses") ? await loadAllowed(tx, access) : null,
      whyNotLeave: isLastOwner(members, access.userId)
        ? "You are the only owner. Transfer the ownership first."
        : null,
      canSendMail: mail !== null,
      mailPage: mailPageOf(runtime),
    };
  });
}

async function loadAllowed(tx: Transaction, { workspaceId }: WorkspaceAccess): Promise<readonly string[]> {
  const workspace = await tx.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  return workspace.allowedAddresses;
}

async function loadMembers(tx: Transaction, access: WorkspaceAccess): Promise<MemberRow[]> {
  const rows = await tx.membership.findMany({
    where: { workspaceId: access.workspaceId },
    include: { user: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const standings = rows.flatMap(({ userId, role }) => {
    const known = parseRole(role);
    return known === null ? [] : [{ userId, role: known }];
  });
  const seesAddresses = may(access, "people.seeAddresses");
  return rows.flatMap(({ userId, createdAt, seenAt, user }) => {
    const standing = standings.find((one) => one.userId === userId);
    if (!standing) return [];
    const isYou = userId === access.userId;
    const shown = seesAddresses || isYou ? user.email : maskAddress(user.email);
    return {
      userId,
      name: user.name ?? shown,
      email: shown,
      role: standing.role,
      since: createdAt.toISOString(),
      seenAt: seenAt?.toISOString() ?? null,
      isYou,
      mayChange: may(access, "people.changeRole") && whyNotToChange(standings, access, standing) === null,
    };
  });
}

async function loadInvitations(
  tx: Transaction,
  access: WorkspaceAccess,
  now: Date,
): Promise<InvitationRow[]> {
  const rows = await tx.invitation.findMany({
    where: { workspaceId: access.workspaceId },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  return rows.flatMap((row) => {
    const role = GIVEN_ROLES.find((one) => one === row.role);
    if (role === undefined) return [];
    return {
      invitationId: row.id,
      email: row.email,
      role,
      invitedByName: row.invitedByName,
      expiresAt: row.expiresAt.toISOString(),
      sentAt: row.sentAt?.toISOString() ?? null,
      state: stateOf(row, now),
    };
  });
}

function stateOf(
  row: { readonly expiresAt: Date; readonly sentAt: Date | null; readonly mailFailedAt: Date | null },
  now: Date,
): InvitationRow["state"] {
  if (row.expiresAt <= now) return "expired";
  if (row.mailFailedAt !== null) return "mailFailed";
  return row.sentAt === null ? "onItsWay" : "sent";
}
