/** Roles from most to least: each may do what the next may. */
export const ROLES = ["owner", "admin", "bookkeeper", "readOnly"] as const;
export type Role = (typeof ROLES)[number];

/** A person inside a workspace: made from the session and the slug alone, never from what a form sent. */
export interface WorkspaceAccess {
  readonly workspaceId: string;
  readonly slug: string;
  readonly name: string;
  readonly userId: string;
  readonly userName: string;
  readonly role: Role;
  /** True where the workspace keeps the details of people from bookkeepers too. */
  readonly masksBookkeepers?: boolean;
}

export function hasRole(access: { readonly role: Role }, least: Role): boolean {
  return ROLES.indexOf(access.role) <= ROLES.indexOf(least);
}
