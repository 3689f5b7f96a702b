import { ArrowLeftRight, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { EmptyState } from "@/components/page/empty-state";
import { KeyPager } from "@/components/page/key-pager";
import { PageHeader } from "@/components/page/page-header";
import { StartButton } from "@/components/preview/start-button";
import { RunTabs } from "@/components/runs/run-tabs";
import { parseListedRunState } from "@/components/runs/run-words";
import { RunsList } from "@/components/runs/runs-list";
import { LinkTabs } from "@/components/ui/tabs";
import { RUN_OUTCOMES, type RunOutcome } from "@/lib/domain/views/run-list-view";
import { hasRole } from "@/lib/domain/workspace-access";
import { listRunPage } from "@/lib/operations/runs/list-runs";
import { startPreviewAction } from "../preview/actions";
import { parseRunsQuery, type RunsQuery, runsHref } from "./runs-query";

export const metadata: Metadata = { title: "Runs" };

const OUTCOME_LABELS: Readonly<Record<RunOutcome, string>> = {
  open: "Going on",
  finished: "Done",
  failed: "Stopped",
};

export default async function RunsPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceSlug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const access = await requireWorkspace((await params).workspaceSlug, "/runs");
  const query = parseRunsQuery(await searchParams);
  const page = await listRunPage(access, query);
  const runs = page.rows.map((run) => ({ ...run, state: parseListedRunState(run.state) }));
  const path = `/${access.slug}/runs`;
  const href = (change: Partial<RunsQuery>): string => runsHref(path, query, change);
  const isNarrowed = query.outcome !== null || query.after !== null;
  const start = hasRole(access, "bookkeeper") ? (
    <StartButton
      start={startPreviewAction.bind(null, access.slug, {})}
      label="New preview"
      pendingLabel="Starting…"
      hrefPrefix={`/${access.slug}/preview/`}
      size="default"
    />
  ) : null;
  return (
    <>
      <PageHeader title="Runs" action={runs.length > 0 || isNarrowed ? start : null}>
        Every time that Tieout read both sides, and what it posted.
      </PageHeader>
      <RunTabs slug={access.slug} current="runs" />
      {runs.length > 0 || isNarrowed ? (
        <div className="flex flex-col gap-5">
          <LinkTabs
            label="Narrow by what became of it"
            tabs={[
              { label: "All", href: href({ outcome: null }), current: query.outcome === null },
              ...RUN_OUTCOMES.map((outcome) => ({
                label: OUTCOME_LABELS[outcome],
                href: href({ outcome }),
                current: outcome === query.outcome,
              })),
            ]}
          />
          {runs.length > 0 ? (
            <RunsList slug={access.slug} runs={runs} sort={query.sort} hrefFor={(sort) => href({ sort })} />
          ) : (
            <EmptyState Icon={SearchX} title="Nothing under this choice">
              Look at all of them.
            </EmptyState>
          )}
          <KeyPager
            firstHref={query.after === null ? null : href({})}
            nextHref={page.next === null ? null : href({ after: page.next })}
            nextLabel="Next runs"
          />
        </div>
      ) : (
        <EmptyState Icon={ArrowLeftRight} title="No runs yet" action={start}>
          A run begins with a preview: both sides are read and compared, and nothing is posted until you say
          so.
        </EmptyState>
      )}
    </>
  );
}
