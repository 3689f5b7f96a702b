import { recordEvent } from "@/lib/audit/record-event";
import { normaliseEmail } from "@/lib/auth/adapter";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { lockTeam, type Refusal } from "../people/lock-team";
import { getRuntime } from "../runtime";
import { holdsAddress, readAddressLines } from "./address-list";
import { getWorkspace } from "./get-workspace";

/**
 * Sets which addresses people may work from; an empty text opens the workspace to all. A list without the address of
 * who sets it is refused: it would lock them out with the next press.
 */
export async function limitAddresses(
  access: WorkspaceAccess,
  input: { readonly lines: string; readonly ownAddress: string },
): Promise<Result<{ addresses: readonly string[] }, Refusal>> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  const read = readAddressLines(input.lines);
  if (!read.ok) return err(onField(read.error));
  const addresses = [...read.value];
  if (addresses.length > 0 && !holdsAddress(addresses, input.ownAddress))
    return err(
      onField(`Your own address, ${input.ownAddress}, is not among them: you would lock yourself out.`),
    );
  return database.withWorkspace(workspaceId, async (tx) => {
    const team = await lockTeam(tx, access, "workspace.limitAddresses");
    if (!team.ok) return team;
    const before = await tx.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
    await tx.workspace.update({ where: { id: workspaceId }, data: { allowedAddresses: addresses } });
    await recordEvent(tx, {
      workspaceId,
      actorUserId: access.userId,
      action: "workspace.addressesSet",
      subject: workspaceId,
      before: { addresses: before.allowedAddresses },
      after: { addresses },
      at: clock.now(),
    });
    return ok({ addresses });
  });
}

const onField = (message: string): Refusal => ({ message, fieldErrors: { lines: message } });

/**
 * The operator's way back in for a workspace whose people are all outside: the limit is lifted, and the trail says so.
 * Named by its slug and by a member, since no slug alone opens a workspace. False where that member has no such one.
 */
export async function openToAllAddresses(of: {
  readonly slug: string;
  readonly memberEmail: string;
}): Promise<boolean> {
  const { database, clock } = await getRuntime();
  const email = normaliseEmail(of.memberEmail);
  const user = await database.withoutWorkspace((tx) => tx.user.findUnique({ where: { email } }));
  const access = user ? await getWorkspace(user.id, of.slug) : null;
  if (!access) return false;
  const { workspaceId } = access;
  await database.withWorkspace(workspaceId, async (tx) => {
    const before = await tx.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
    await tx.workspace.update({ where: { id: workspaceId }, data: { allowedAddresses: [] } });
    await recordEvent(tx, {
      workspaceId,
      actorUserId: null,
      action: "workspace.addressesOpened",
      subject: workspaceId,
      before: { addresses: before.allowedAddresses },
      after: { addresses: [] },
      at: clock.now(),
    });
  });
  return true;
}
