import { Equal } from "lucide-react";
import type { Metadata } from "next";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { DecidedMatches } from "@/components/matches/decided-matches";
import { MatchQuestions } from "@/components/matches/match-questions";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { hasRole } from "@/lib/domain/workspace-access";
import { listMatches } from "@/lib/operations/matches/list-matches";
import { decideMatchAction } from "./actions";

export const metadata: Metadata = { title: "Matches" };

export default async function MatchesPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const access = await requireWorkspace((await params).workspaceSlug);
  const view = await listMatches(access);
  const decide = decideMatchAction.bind(null, access.slug);
  const mayDecide = hasRole(access, "bookkeeper");
  return (
    <>
      <PageHeader title="Matches">
        What may be in your books already. Until you say so, nothing is posted and nothing is linked.
      </PageHeader>
      <div className="flex flex-col gap-8">
        {view && view.open.length > 0 ? (
          <MatchQuestions view={view} mayDecide={mayDecide} decide={decide} />
        ) : (
          <EmptyState Icon={Equal} title="Nothing is in doubt">
            A record that looks like one that somebody typed, or that another app posted, waits here for your
            word.
          </EmptyState>
        )}
        {view && view.decided.length > 0 ? (
          <DecidedMatches decided={view.decided} mayDecide={mayDecide} decide={decide} />
        ) : null}
      </div>
    </>
  );
}
