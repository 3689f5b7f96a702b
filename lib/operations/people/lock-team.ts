import type { Transaction } from "@/lib/db/client";
import { PEOPLE_PERMISSIONS, type PeopleAction, type Standing } from "@/lib/domain/permissions";
import { hasRole, ROLES, type Role, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";

export interface Refusal {
  readonly message: string;
  readonly fieldErrors?: Readonly<Record<string, string>>;
}

export interface Member extends Standing {
  readonly name: string;
}

export interface LockedTeam {
  readonly members: readonly Member[];
  /** The actor as they stand now, which may be lower than when their page was made. */
  readonly actor: Member;
}

export const TOO_LOW: Refusal = {
  message: "Your role in this workspace does not allow that. Ask its owner.",
};

/**
 * The people of a workspace, one change at a time: two owners who leave in the same moment would leave it without one.
 * Refuses an actor who meanwhile is gone or too low. Held until the transaction ends.
 */
export async function lockTeam(
  tx: Transaction,
  access: WorkspaceAccess,
  action: PeopleAction,
): Promise<Result<LockedTeam, Refusal>> {
  await tx.$queryRaw`SELECT 1 FROM workspaces WHERE id = ${access.workspaceId}::uuid FOR NO KEY UPDATE`;
  const rows = await tx.membership.findMany({
    where: { workspaceId: access.workspaceId },
    include: { user: true },
  });
  const members = rows.flatMap(({ userId, role, user }) => {
    const known = parseRole(role);
    return known === null ? [] : [{ userId, role: known, name: user.name ?? user.email }];
  });
  const actor = members.find((one) => one.userId === access.userId);
  if (!actor || !hasRole(actor, PEOPLE_PERMISSIONS[action])) return err(TOO_LOW);
  return ok({ members, actor });
}

export const parseRole = (text: string): Role | null => ROLES.find((one) => one === text) ?? null;
