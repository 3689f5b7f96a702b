import type { Metadata } from "next";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { EndpointTables } from "@/components/help/endpoint-tables";
import { HelpUpdated } from "@/components/help/help-updated";
import { PageHeader } from "@/components/page/page-header";

export const metadata: Metadata = { title: "Endpoints and data logic" };

export default async function EndpointsPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  await requireWorkspace((await params).workspaceSlug, "/help/endpoints");
  return (
    <>
      <PageHeader title="Endpoints and data logic">
        Which calls Tieout makes and what for. The addresses of TIMS and TimeSolv are given when they are
        connected.
      </PageHeader>
      <div className="flex flex-col gap-8">
        <EndpointTables />
        <HelpUpdated />
      </div>
    </>
  );
}
