import { recordEvent } from "@/lib/audit/record-event";
import { type GivenRole, isLastOwner, whyNotToChange } from "@/lib/domain/permissions";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { type LockedTeam, lockTeam, type Member, type Refusal } from "./lock-team";

const NOT_HERE: Refusal = { message: "This person is no longer in the workspace." };

/** Gives a member another role. Nobody changes somebody above them, or the last owner. */
export async function changeRole(
  access: WorkspaceAccess,
  input: { readonly userId: string; readonly role: GivenRole },
): Promise<Result<null, Refusal>> {
  const { database, clock } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const team = await lockTeam(tx, access, "people.changeRole");
    if (!team.ok) return team;
    const target = findTarget(team.value, input.userId);
    if (!target.ok) return target;
    const { workspaceId } = access;
    await tx.membership.update({
      where: { workspaceId_userId: { workspaceId, userId: input.userId } },
      data: { role: input.role },
    });
    await recordEvent(tx, {
      workspaceId,
      actorUserId: access.userId,
      action: "person.roleChanged",
      subject: input.userId,
      before: { role: target.value.role },
      after: { role: input.role },
      at: clock.now(),
    });
    return ok(null);
  });
}

/** Ends a membership; the person's next request finds no workspace any more. */
export async function removeMember(
  access: WorkspaceAccess,
  input: { readonly userId: string },
): Promise<Result<null, Refusal>> {
  const { database, clock } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const team = await lockTeam(tx, access, "people.remove");
    if (!team.ok) return team;
    const target = findTarget(team.value, input.userId);
    if (!target.ok) return target;
    const { workspaceId } = access;
    await tx.membership.delete({ where: { workspaceId_userId: { workspaceId, userId: input.userId } } });
    await recordEvent(tx, {
      workspaceId,
      actorUserId: access.userId,
      action: "person.removed",
      subject: input.userId,
      before: { role: target.value.role },
      at: clock.now(),
    });
    return ok(null);
  });
}

/** Ends the reader's own membership, unless they are the last owner. */
export async function leaveWorkspace(access: WorkspaceAccess): Promise<Result<null, Refusal>> {
  const { database, clock } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const team = await lockTeam(tx, access, "people.leave");
    if (!team.ok) return team;
    const { members, actor } = team.value;
    if (isLastOwner(members, actor.userId))
      return err({ message: "You are the only owner. Transfer the ownership first." });
    const { workspaceId, userId } = access;
    await tx.membership.delete({ where: { workspaceId_userId: { workspaceId, userId } } });
    await recordEvent(tx, {
      workspaceId,
      actorUserId: userId,
      action: "person.left",
      subject: userId,
      before: { role: actor.role },
      at: clock.now(),
    });
    return ok(null);
  });
}

/** Makes another member the owner and the former one an admin. The name of the workspace is typed, so that it is meant. */
export async function transferOwnership(
  access: WorkspaceAccess,
  input: { readonly userId: string; readonly confirmation: string },
): Promise<Result<null, Refusal>> {
  const { database, clock } = await getRuntime();
  if (input.confirmation.trim() !== access.name) {
    const message = `Type "${access.name}" to transfer it.`;
    return err({ message, fieldErrors: { confirmation: message } });
  }
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const team = await lockTeam(tx, access, "workspace.transfer");
    if (!team.ok) return team;
    const target = team.value.members.find((one) => one.userId === input.userId);
    if (!target) return err(NOT_HERE);
    if (target.role === "owner") return err({ message: `${target.name} is an owner already.` });
    const { workspaceId } = access;
    const place = (userId: string) => ({ workspaceId_userId: { workspaceId, userId } });
    await tx.membership.update({ where: place(target.userId), data: { role: "owner" } });
    await tx.membership.update({ where: place(access.userId), data: { role: "admin" } });
    await recordEvent(tx, {
      workspaceId,
      actorUserId: access.userId,
      action: "ownership.transferred",
      subject: target.userId,
      before: { owner: access.userId, role: target.role },
      after: { owner: target.userId },
      at: clock.now(),
    });
    return ok(null);
  });
}

function findTarget({ members, actor }: LockedTeam, userId: string): Result<Member, Refusal> {
  const target = members.find((one) => one.userId === userId);
  if (!target) return err(NOT_HERE);
  const message = whyNotToChange(members, actor, target);
  return message === null ? ok(target) : err({ message });
}
