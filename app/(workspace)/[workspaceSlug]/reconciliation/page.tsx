import { Scale } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { CompareNow } from "@/components/reconciliation/compare-now";
import { MonthCloses } from "@/components/reconciliation/month-closes";
import { systemNames } from "@/components/reconciliation/system-names";
import { TieOutFigures } from "@/components/reconciliation/tie-out-figures";
import { TieOutFindings } from "@/components/reconciliation/tie-out-findings";
import { TieOutNotes } from "@/components/reconciliation/tie-out-notes";
import { TieOutTypes } from "@/components/reconciliation/tie-out-types";
import { TieOutVerdict } from "@/components/reconciliation/tie-out-verdict";
import { Button } from "@/components/ui/button";
import type { TieOutWeight } from "@/lib/domain/views/tie-out-kind";
import { hasRole, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { loadSetupProgress } from "../_components/load-setup-progress";
import { SetupRail } from "../_components/setup-rail";
import {
  acceptFindingAction,
  closeMonthAction,
  postAgainAction,
  reopenMonthAction,
  requestTieOutAction,
} from "./actions";
import { loadTieOutPage } from "./load-page";
import { parseTieOutQuery, tieOutHref } from "./tie-out-query";

export const metadata: Metadata = { title: "Tie-out" };

export default async function ReconciliationPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceSlug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const access = await requireWorkspace((await params).workspaceSlug, "/reconciliation");
  const query = parseTieOutQuery(await searchParams);
  const loaded = await loadTieOutPage(access, query);
  if (!loaded) return <NoTieOut access={access} />;
  const {
    view,
    connections,
    recordTypes,
    choices,
    trend,
    needing,
    explained,
    figures,
    latestMonths,
    months,
  } = loaded;
  const { slug } = access;
  const names = systemNames(view, connections);
  const mayAct = hasRole(access, "bookkeeper");
  const base = `/${slug}/reconciliation`;
  const shared = {
    slug,
    view,
    names,
    mayAct,
    presses: { accept: acceptFindingAction.bind(null, slug), postAgain: postAgainAction.bind(null, slug) },
  };
  return (
    <div className="flex flex-col gap-5">
      <SetupRail access={access} here="reconciliation" />
      <TieOutVerdict
        slug={slug}
        view={view}
        names={names}
        trend={trend}
        request={mayAct ? requestTieOutAction.bind(null, slug, {}) : null}
      />
      <TieOutFindings
        {...shared}
        id="needs-you"
        title="What needs a person"
        description="Each record that does not agree or waits, with what differs and the one thing to do."
        emptyWords="Nothing: every record agrees, or is left out on purpose."
        weights={NEEDING}
        page={needing}
        kind={query.kind}
        hrefFor={(kind, after) => tieOutHref(base, query, { kind, after: after ?? null }, "needs-you")}
      />
      <TieOutTypes view={view} names={names} />
      <TieOutFigures
        names={names}
        recordTypes={recordTypes}
        choices={choices}
        page={figures}
        months={latestMonths}
        hrefFor={({ dimension, ...change }, figuresAfter) =>
          tieOutHref(
            base,
            query,
            { ...change, ...(dimension ? { by: dimension } : {}), figuresAfter: figuresAfter ?? null },
            "figures",
          )
        }
      />
      <MonthCloses
        slug={slug}
        months={months}
        mayAct={mayAct}
        close={closeMonthAction.bind(null, slug)}
        reopen={reopenMonthAction.bind(null, slug)}
      />
      <TieOutNotes view={view} names={names} />
      <TieOutFindings
        {...shared}
        id="explained"
        title="Explained"
        description="Not simply equal on both sides, and meant to be so. Up to a thousand of a kind are listed; all are counted."
        emptyWords={null}
        weights={EXPLAINED}
        page={explained}
        kind={query.explained}
        hrefFor={(kind, after) =>
          tieOutHref(base, query, { explained: kind, explainedAfter: after ?? null }, "explained")
        }
      />
    </div>
  );
}

const NEEDING: readonly TieOutWeight[] = ["discrepancy", "look", "waiting"];
const EXPLAINED: readonly TieOutWeight[] = ["explained"];

/** Before the first posting both sides can be compared as soon as they were read once. */
async function NoTieOut({ access }: { access: WorkspaceAccess }) {
  const { slug } = access;
  const step = (await loadSetupProgress(access))?.next.step;
  const isComparable = step === "compare" || step === "watchComparison";
  return (
    <>
      <PageHeader title="Tie-out">Both sides next to each other, to the cent.</PageHeader>
      <SetupRail access={access} here="reconciliation" />
      <EmptyState
        Icon={Scale}
        title={step === "watchComparison" ? "Both sides are being read" : "No tie-out yet"}
        action={
          isComparable ? (
            hasRole(access, "bookkeeper") ? (
              <CompareNow request={requestTieOutAction.bind(null, slug, {})} />
            ) : null
          ) : (
            <Button asChild>
              <Link href={`/${slug}/preview`}>Make a preview</Link>
            </Button>
          )
        }
      >
        {isComparable
          ? "Tieout reads everything on both sides and compares it as it is now, before anything is posted. What only one side has is named."
          : "After the first posting, Tieout reads everything back from Xero and compares it with the source."}
      </EmptyState>
    </>
  );
}
