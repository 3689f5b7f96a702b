import type { GivenRole } from "@/lib/domain/permissions";
import type { Role } from "@/lib/domain/workspace-access";

export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  owner: "Owner",
  admin: "Admin",
  bookkeeper: "Bookkeeper",
  readOnly: "Reader",
};

/** What each role is for, where one is chosen. */
export const ROLE_HINTS: Readonly<Record<GivenRole, string>> = {
  admin: "everything but the transfer of the workspace",
  bookkeeper: "posts, settles exceptions and signs off months",
  readOnly: "sees everything but the audit trail, changes nothing",
};
