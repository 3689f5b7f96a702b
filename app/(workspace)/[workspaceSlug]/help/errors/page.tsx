import type { Metadata } from "next";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { ErrorList } from "@/components/help/error-list";
import { HelpUpdated } from "@/components/help/help-updated";
import { PageHeader } from "@/components/page/page-header";
import { listErrorTopics } from "@/lib/operations/help/error-topics";

export const metadata: Metadata = { title: "Something went wrong" };

export default async function ErrorsPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const { slug } = await requireWorkspace((await params).workspaceSlug, "/help/errors");
  return (
    <>
      <PageHeader title="Something went wrong">
        Every cause that Tieout knows, with what it means and what to do. Each exception leads to its page.
      </PageHeader>
      <div className="flex flex-col gap-8">
        <ErrorList slug={slug} topics={listErrorTopics()} />
        <HelpUpdated />
      </div>
    </>
  );
}
