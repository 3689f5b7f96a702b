"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { PEOPLE_PERMISSIONS } from "@/lib/domain/permissions";
import { inviteSchema, transferSchema } from "@/lib/domain/team-forms";
import {
  changeRole,
  leaveWorkspace,
  removeMember,
  transferOwnership,
} from "@/lib/operations/people/change-member";
import { invitePerson, resendInvitation, withdrawInvitation } from "@/lib/operations/people/invite-person";
import { invitationIdSchema, leaveSchema, memberSchema, roleSchema } from "./schema";

export const invitePersonAction = workspaceAction(
  { role: PEOPLE_PERMISSIONS["people.invite"], schema: inviteSchema },
  invitePerson,
);

export const resendInvitationAction = workspaceAction(
  { role: PEOPLE_PERMISSIONS["people.resendInvitation"], schema: invitationIdSchema },
  resendInvitation,
);

export const withdrawInvitationAction = workspaceAction(
  { role: PEOPLE_PERMISSIONS["people.withdrawInvitation"], schema: invitationIdSchema },
  withdrawInvitation,
);

export const changeRoleAction = workspaceAction(
  { role: PEOPLE_PERMISSIONS["people.changeRole"], schema: roleSchema },
  changeRole,
);

export const removeMemberAction = workspaceAction(
  { role: PEOPLE_PERMISSIONS["people.remove"], schema: memberSchema },
  removeMember,
);

export const leaveWorkspaceAction = workspaceAction(
  { role: PEOPLE_PERMISSIONS["people.leave"], schema: leaveSchema },
  (access) => leaveWorkspace(access),
);

export const transferOwnershipAction = workspaceAction(
  { role: PEOPLE_PERMISSIONS["workspace.transfer"], schema: transferSchema },
  transferOwnership,
);
