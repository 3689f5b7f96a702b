import { Scale } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { systemNames } from "@/components/reconciliation/system-names";
import { TieOutMonths } from "@/components/reconciliation/tie-out-months";
import { TieOutNotes } from "@/components/reconciliation/tie-out-notes";
import { TieOutRecords } from "@/components/reconciliation/tie-out-records";
import { TieOutTypes } from "@/components/reconciliation/tie-out-types";
import { TieOutVerdict } from "@/components/reconciliation/tie-out-verdict";
import { Button } from "@/components/ui/button";
import { listConnections } from "@/lib/operations/connections/list-connections";
import { getTieOut } from "@/lib/operations/reconciliation/get-tie-out";
import { parseTieOutQuery, tieOutHref } from "./tie-out-query";

export const metadata: Metadata = { title: "Tie-out" };

export default async function ReconciliationPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceSlug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const access = await requireWorkspace((await params).workspaceSlug);
  const [view, connections] = await Promise.all([getTieOut(access), listConnections(access)]);
  if (!view)
    return (
      <>
        <PageHeader title="Tie-out">Both sides next to each other, to the cent.</PageHeader>
        <EmptyState
          Icon={Scale}
          title="No tie-out yet"
          action={
            <Button asChild>
              <Link href={`/${access.slug}/preview`}>Make a preview</Link>
            </Button>
          }
        >
          After the first posting, Tieout reads everything back from Xero and compares it with the source.
        </EmptyState>
      </>
    );
  const names = systemNames(view, connections);
  const query = parseTieOutQuery(await searchParams);
  const base = `/${access.slug}/reconciliation`;
  return (
    <div className="flex flex-col gap-5">
      <TieOutVerdict slug={access.slug} view={view} names={names} />
      <TieOutTypes view={view} names={names} />
      <TieOutMonths
        view={view}
        names={names}
        chosen={query.type}
        hrefFor={(type) => tieOutHref(base, { ...query, type }, "months")}
      />
      <TieOutNotes view={view} names={names} />
      <TieOutRecords
        view={view}
        kind={query.kind}
        shown={query.shown}
        hrefFor={(kind, shown) => tieOutHref(base, { type: query.type, kind, shown }, "records")}
      />
    </div>
  );
}
