import type { Metadata } from "next";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { AddChannelForm } from "@/components/alerts/add-channel-form";
import { ChannelList } from "@/components/alerts/channel-list";
import { DeliveryList } from "@/components/alerts/delivery-list";
import { LastingAlerts } from "@/components/alerts/lasting-alerts";
import { PageHeader } from "@/components/page/page-header";
import { getAlerts } from "@/lib/operations/alerts/get-alerts";
import { addChannelAction, changeChannelAction, removeChannelAction, sendTestAction } from "./actions";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const access = await requireWorkspace((await params).workspaceSlug, "/alerts");
  const view = await getAlerts(access);
  const { slug } = access;
  return (
    <>
      <PageHeader title="Alerts">Who is told when the books need somebody, and what was told.</PageHeader>
      <div className="flex flex-col gap-5">
        <ChannelList
          channels={view.channels}
          mayChange={view.mayChange}
          change={changeChannelAction.bind(null, slug)}
          remove={removeChannelAction.bind(null, slug)}
          sendTest={sendTestAction.bind(null, slug)}
        />
        {view.mayChange ? <AddChannelForm view={view} add={addChannelAction.bind(null, slug)} /> : null}
        <LastingAlerts slug={slug} alerts={view.lasting} />
        <DeliveryList deliveries={view.deliveries} />
      </div>
    </>
  );
}
