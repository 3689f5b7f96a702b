import type { Metadata } from "next";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { HelpTopics } from "@/components/help/help-topics";
import { PageHeader } from "@/components/page/page-header";

export const metadata: Metadata = { title: "Help" };

export default async function HelpPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const access = await requireWorkspace((await params).workspaceSlug);
  return (
    <>
      <PageHeader title="Help">Short answers to what people ask first.</PageHeader>
      <HelpTopics slug={access.slug} />
    </>
  );
}
