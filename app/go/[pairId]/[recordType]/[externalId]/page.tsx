import { redirect } from "next/navigation";
import { requireUser } from "@/app/_access/current-user";
import { listWorkspaces } from "@/lib/operations/workspaces/list-workspaces";

/**
 * The address that our documents in Xero bear. Records have no page of their own yet, so it leads to the overview of
 * the reader's first workspace, which says so.
 */
export default async function RecordAddressPage({
  params,
}: {
  params: Promise<{ pairId: string; recordType: string; externalId: string }>;
}) {
  const { pairId, recordType, externalId } = await params;
  const user = await requireUser(`/go/${pairId}/${recordType}/${externalId}`);
  const [first] = await listWorkspaces(user.userId);
  redirect(first ? `/${first.slug}/overview?from=record` : "/start");
}
