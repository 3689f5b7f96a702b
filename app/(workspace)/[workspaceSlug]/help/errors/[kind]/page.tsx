import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { ErrorPage } from "@/components/help/error-page";
import { HelpUpdated } from "@/components/help/help-updated";
import { PageHeader } from "@/components/page/page-header";
import { findErrorTopic } from "@/lib/operations/help/error-topics";

interface Props {
  readonly params: Promise<{ workspaceSlug: string; kind: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: findErrorTopic((await params).kind)?.title ?? "Help" };
}

export default async function ErrorTopicPage({ params }: Props) {
  const { workspaceSlug, kind } = await params;
  const { slug } = await requireWorkspace(workspaceSlug, "/help/errors/[kind]");
  const topic = findErrorTopic(kind);
  if (!topic) notFound();
  return (
    <>
      <PageHeader title={topic.title} />
      <div className="flex flex-col gap-8">
        <ErrorPage slug={slug} topic={topic} />
        <HelpUpdated />
      </div>
    </>
  );
}
