import { Equal } from "lucide-react";
import type { Metadata } from "next";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { DecidedMatches } from "@/components/matches/decided-matches";
import { MatchQuestions } from "@/components/matches/match-questions";
import { MatchReview } from "@/components/matches/match-review";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { StartButton } from "@/components/preview/start-button";
import { hasRole } from "@/lib/domain/workspace-access";
import { listMatches } from "@/lib/operations/matches/list-matches";
import { getMatchReview, listMatchRows } from "@/lib/operations/matches/review-matches";
import { SetupMatches } from "../_components/setup-matches";
import { SetupRail } from "../_components/setup-rail";
import { startPreviewAction } from "../preview/actions";
import { confirmMatchesAction, decideMatchAction, sayMatchesAction } from "./actions";
import { parseMatchesQuery } from "./schema";

export const metadata: Metadata = { title: "Matches" };

export default async function MatchesPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceSlug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const access = await requireWorkspace((await params).workspaceSlug, "/matches");
  const query = parseMatchesQuery(await searchParams);
  const view = await listMatches(access);
  const review = await getMatchReview(access, { recordType: query.type });
  const page = review ? await listMatchRows(access, { ...query, recordType: review.recordType }) : null;
  const decide = decideMatchAction.bind(null, access.slug);
  const mayDecide = hasRole(access, "bookkeeper");
  return (
    <>
      <PageHeader title="Matches">
        What may be in your books already. Until you say so, nothing is posted and nothing is linked.
      </PageHeader>
      <SetupRail access={access} here="matches" />
      <SetupMatches access={access} />
      <div className="flex flex-col gap-8">
        {view && view.open.length > 0 ? (
          <MatchQuestions view={view} mayDecide={mayDecide} decide={decide} />
        ) : (
          <EmptyState Icon={Equal} title="Nothing is in doubt">
            A record that looks like one that somebody typed, or that another app posted, waits here for your
            word.
          </EmptyState>
        )}
        {review && page ? (
          <MatchReview
            slug={access.slug}
            review={review}
            page={page}
            query={query}
            mayDecide={mayDecide}
            confirm={confirmMatchesAction.bind(null, access.slug)}
            say={sayMatchesAction.bind(null, access.slug)}
            lookAgain={
              <StartButton
                start={startPreviewAction.bind(null, access.slug, {})}
                label="Read both sides again"
                pendingLabel="Starting…"
                hrefPrefix={`/${access.slug}/preview/`}
                size="default"
                variant="outline"
              />
            }
          />
        ) : null}
        {view && view.decided.length > 0 ? (
          <DecidedMatches decided={view.decided} mayDecide={mayDecide} decide={decide} />
        ) : null}
      </div>
    </>
  );
}
