/**
 * What the consenting person's role in Xero lets an app do. Manual journals need the permission to see
 * reports (since 29 June 2026), which a bookkeeper of the sandbox does not have. Scopes are judged elsewhere.
 */

import type { SandboxContext } from "@/sandbox/kit/types";
import { gatewayRefusal } from "../answer";
import type { XeroRecords } from "../books";
import type { XeroUser } from "../records";

type OrganisationRole = "FINANCIALADVISER" | "STANDARD";

/** The role as GET /Users names it. */
export function organisationRole(user: XeroUser): OrganisationRole {
  return maySeeReports(user) ? "FINANCIALADVISER" : "STANDARD";
}

/** Whether the person may see reports, and so post manual journals. */
export function maySeeReports(user: XeroUser): boolean {
  return user.role === "Owner" || user.role === "Accountant";
}

/** Refuses a call that the role of its person does not permit. */
export function checkRole(
  { context, records }: { readonly context: SandboxContext; readonly records: XeroRecords },
  userId: string,
  operation: string,
): void {
  if (!/^\/ManualJournals(\/|$)/.test(operation)) return;
  const user = records.users.head(userId);
  if (user === undefined || maySeeReports(user)) return;
  const status = context.switches.get("xero.missing-permission") === "401" ? 401 : 403;
  throw gatewayRefusal(status, "AuthorizationUnsuccessful", context.newId());
}
