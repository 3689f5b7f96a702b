import type { Metadata } from "next";
import Link from "next/link";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { ClientLog } from "@/components/client-sync/client-log";
import { ClientTabs } from "@/components/client-sync/client-tabs";
import { EarlierSyncs } from "@/components/client-sync/earlier-syncs";
import { NotConnected } from "@/components/client-sync/not-connected";
import { PageHeader } from "@/components/page/page-header";
import { StartButton } from "@/components/preview/start-button";
import { Alert } from "@/components/ui/alert";
import { hasRole } from "@/lib/domain/workspace-access";
import { getClientLog, listEarlierSyncs } from "@/lib/operations/client-sync/get-client-log";
import { getClientSync } from "@/lib/operations/client-sync/get-client-sync";
import { startPostingAction } from "../../preview/actions";

export const metadata: Metadata = { title: "Sync of clients" };

export default async function ClientSyncPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const access = await requireWorkspace((await params).workspaceSlug, "/clients/sync");
  const view = await getClientSync(access);
  if (!view) return <NotConnected slug={access.slug} />;
  const earlier = await listEarlierSyncs(access);
  const newest = earlier[0] ? await getClientLog(access, { runId: earlier[0].runId }) : null;
  const ready = view.review?.phase === "review" ? view.review : null;
  return (
    <>
      <PageHeader
        title="Sync of clients"
        action={
          ready && hasRole(access, "bookkeeper") ? (
            <StartButton
              start={startPostingAction.bind(null, access.slug, { runId: ready.runId })}
              label={`Sync to ${view.ledgerLabel}`}
              pendingLabel="Starting…"
              hrefPrefix={`/${access.slug}/clients/sync?run=`}
            />
          ) : null
        }
      >
        What the sync did, as it goes: the newest entries here, all of them as an Excel file.
      </PageHeader>
      <ClientTabs slug={access.slug} current="sync" />
      <div className="flex flex-col gap-8">
        {ready || newest?.isMoving ? null : (
          <Alert title="Nothing waits to be synced">
            <Link href={`/${access.slug}/clients/review`} className="underline">
              Read both sides in the review
            </Link>{" "}
            to see what has changed since.
          </Alert>
        )}
        {ready && view.alsoSynced.length > 0 ? (
          <Alert title="This sync posts more than clients">
            What else is switched on in the set-up goes with it.{" "}
            <Link href={`/${access.slug}/preview/${ready.runId}`} className="underline">
              See the whole preview
            </Link>
          </Alert>
        ) : null}
        {newest ? <ClientLog key={newest.runId} slug={access.slug} initial={newest} /> : null}
        <EarlierSyncs slug={access.slug} syncs={earlier} />
      </div>
    </>
  );
}
