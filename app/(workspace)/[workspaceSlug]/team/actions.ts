"use server";

import { currentPlace } from "@/app/_access/find-access";
import { workspaceAction } from "@/app/_access/workspace-action";
import { allowedAddressesSchema, inviteSchema, transferSchema } from "@/lib/domain/team-forms";
import {
  changeRole,
  leaveWorkspace,
  removeMember,
  transferOwnership,
} from "@/lib/operations/people/change-member";
import { invitePerson, resendInvitation, withdrawInvitation } from "@/lib/operations/people/invite-person";
import { limitAddresses } from "@/lib/operations/workspaces/limit-addresses";
import { invitationIdSchema, leaveSchema, memberSchema, roleSchema } from "./schema";

export const invitePersonAction = workspaceAction("team/invitePersonAction", inviteSchema, invitePerson);

export const resendInvitationAction = workspaceAction(
  "team/resendInvitationAction",
  invitationIdSchema,
  resendInvitation,
);

export const withdrawInvitationAction = workspaceAction(
  "team/withdrawInvitationAction",
  invitationIdSchema,
  withdrawInvitation,
);

export const changeRoleAction = workspaceAction("team/changeRoleAction", roleSchema, changeRole);

export const removeMemberAction = workspaceAction("team/removeMemberAction", memberSchema, removeMember);

export const leaveWorkspaceAction = workspaceAction("team/leaveWorkspaceAction", leaveSchema, (access) =>
  leaveWorkspace(access),
);

export const transferOwnershipAction = workspaceAction(
  "team/transferOwnershipAction",
  transferSchema,
  transferOwnership,
);

/** The address of who sets the list is read from the request, never from the form. */
export const setAllowedAddressesAction = workspaceAction(
  "team/setAllowedAddressesAction",
  allowedAddressesSchema,
  async (access, { lines }) => limitAddresses(access, { lines, ownAddress: await currentPlace() }),
);
