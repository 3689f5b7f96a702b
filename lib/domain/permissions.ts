/**
 * Who may do what with the people of a workspace, and the rules that no single role can say. Pages, actions and
 * operations ask here.
 */
import { hasRole, ROLES, type Role } from "./workspace-access";

/** The least role for each thing. */
export const PEOPLE_PERMISSIONS = {
  "people.see": "readOnly",
  "people.seeAddresses": "admin",
  "people.invite": "admin",
  "people.resendInvitation": "admin",
  "people.withdrawInvitation": "admin",
  "people.changeRole": "admin",
  "people.remove": "admin",
  "people.leave": "readOnly",
  "workspace.limitAddresses": "admin",
  "workspace.transfer": "owner",
} as const satisfies Readonly<Record<string, Role>>;
export type PeopleAction = keyof typeof PEOPLE_PERMISSIONS;

export const may = (access: { readonly role: Role }, action: PeopleAction): boolean =>
  hasRole(access, PEOPLE_PERMISSIONS[action]);

/** What can be given by an invitation or a change of role; a workspace gets another owner by a transfer alone. */
export const GIVEN_ROLES = ["admin", "bookkeeper", "readOnly"] as const;
export type GivenRole = (typeof GIVEN_ROLES)[number];

/** Nobody acts on somebody above them. */
export const isAbove = (other: Role, own: Role): boolean => ROLES.indexOf(other) < ROLES.indexOf(own);

export interface Standing {
  readonly userId: string;
  readonly role: Role;
}

/** Whether a workspace would be left without an owner if this one went or was lowered. */
export function isLastOwner(members: readonly Standing[], userId: string): boolean {
  const owners = members.filter((one) => one.role === "owner");
  return owners.length === 1 && owners[0]?.userId === userId;
}

/** Why somebody may not change or remove another member; null where they may. */
export function whyNotToChange(
  members: readonly Standing[],
  actor: Standing,
  target: Standing,
): string | null {
  if (target.userId === actor.userId)
    return "That is you. To go, leave the workspace; your role is changed by somebody else.";
  if (isAbove(target.role, actor.role)) return "An owner is changed by an owner alone.";
  if (isLastOwner(members, target.userId)) return "A workspace keeps an owner. Transfer the ownership first.";
  return null;
}
