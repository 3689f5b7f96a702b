import { ChevronRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { FrequentQuestions } from "@/components/help/frequent-questions";
import { HelpTopics } from "@/components/help/help-topics";
import { HelpUpdated } from "@/components/help/help-updated";
import { PageHeader } from "@/components/page/page-header";
import { Card } from "@/components/ui/card";

export const metadata: Metadata = { title: "Help" };

export default async function HelpPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const { slug } = await requireWorkspace((await params).workspaceSlug, "/help");
  return (
    <>
      <PageHeader title="Help">Short answers to what people ask first.</PageHeader>
      <div className="flex flex-col gap-8">
        <nav aria-label="More help">
          <Card>
            <ul className="divide-y divide-border">
              <FurtherPage
                href={`/${slug}/help/errors`}
                title="Something went wrong"
                words="Every cause with what it means, why, and what to do."
              />
              <FurtherPage
                href={`/${slug}/help/endpoints`}
                title="Endpoints and data logic"
                words="Which calls Tieout makes to each system, for those who review it."
              />
            </ul>
          </Card>
        </nav>
        <HelpTopics slug={slug} />
        <section className="flex flex-col gap-5" aria-labelledby="questions">
          <h2 id="questions" className="text-base font-semibold">
            Frequent questions
          </h2>
          <FrequentQuestions />
        </section>
        <HelpUpdated />
      </div>
    </>
  );
}

function FurtherPage({ href, title, words }: { href: string; title: string; words: string }) {
  return (
    <li>
      <Link href={href} className="flex items-center justify-between gap-3 px-4 py-4 hover:bg-muted sm:px-6">
        <span className="flex flex-col gap-0.5">
          <span className="font-medium">{title}</span>
          <span className="text-sm text-muted-foreground">{words}</span>
        </span>
        <ChevronRight className="size-4 shrink-0 text-muted-foreground" aria-hidden="true" />
      </Link>
    </li>
  );
}
