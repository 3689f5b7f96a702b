import type { Metadata } from "next";
import Link from "next/link";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { ClientSettings } from "@/components/client-sync/client-settings";
import { ClientTabs } from "@/components/client-sync/client-tabs";
import { NotConnected } from "@/components/client-sync/not-connected";
import { ResyncForm } from "@/components/client-sync/resync-form";
import { PageHeader } from "@/components/page/page-header";
import { Button } from "@/components/ui/button";
import { hasRole } from "@/lib/domain/workspace-access";
import { getClientSync } from "@/lib/operations/client-sync/get-client-sync";
import { resyncAction, saveClientSyncAction } from "./actions";

export const metadata: Metadata = { title: "Client sync" };

export default async function ClientsPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const access = await requireWorkspace((await params).workspaceSlug, "/clients");
  const view = await getClientSync(access);
  if (!view) return <NotConnected slug={access.slug} />;
  const mayChange = hasRole(access, "admin");
  return (
    <>
      <PageHeader title="Client sync">
        {`Clients of ${view.sourceName} in ${view.sourceLabel} as contacts of ${view.ledgerName} in ${view.ledgerLabel}.`}
        {view.isOneWay ? " It goes that way alone." : ""}
      </PageHeader>
      <ClientTabs slug={access.slug} current="setup" />
      <div className="flex flex-col gap-8">
        <ClientSettings
          view={view}
          mayChange={mayChange}
          save={saveClientSyncAction.bind(null, access.slug)}
        />
        {view.enabled ? (
          <>
            <Button asChild size="large" className="sm:self-start">
              <Link href={`/${access.slug}/clients/review`}>
                Review the mapping of {view.sourceLabel} clients to existing {view.ledgerLabel} contacts
              </Link>
            </Button>
            <ResyncForm
              recordTypes={["contact", ...view.alsoSynced]}
              mayChange={mayChange}
              resync={resyncAction.bind(null, access.slug)}
            />
          </>
        ) : null}
      </div>
    </>
  );
}
