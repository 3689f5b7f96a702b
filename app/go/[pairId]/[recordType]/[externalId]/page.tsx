import { redirect } from "next/navigation";
import { requireUser } from "@/app/_access/current-user";
import { locateRecord } from "@/lib/operations/records/locate-record";
import { listWorkspaces } from "@/lib/operations/workspaces/list-workspaces";

/**
 * The address that our documents in Xero bear. It leads to the record's page; whoever is no member of its workspace comes
 * to an overview of their own, which says so.
 */
export default async function RecordAddressPage({
  params,
}: {
  params: Promise<{ pairId: string; recordType: string; externalId: string }>;
}) {
  const { pairId, recordType, externalId } = await params;
  const user = await requireUser(`/go/${pairId}/${recordType}/${externalId}`);
  const slug = await locateRecord(user.userId, pairId);
  if (slug !== null)
    redirect(`/${slug}/records/${encodeURIComponent(recordType)}/${encodeURIComponent(externalId)}`);
  const [first] = await listWorkspaces(user.userId);
  redirect(first ? `/${first.slug}/overview?from=record` : "/start");
}
