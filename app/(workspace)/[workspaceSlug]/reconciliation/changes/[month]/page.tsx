import { Check } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { formatMonth } from "@/components/format/format-time";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { MonthChanges } from "@/components/reconciliation/month-changes";
import { systemNames } from "@/components/reconciliation/system-names";
import { Button } from "@/components/ui/button";
import { listConnections } from "@/lib/operations/connections/list-connections";
import { getTieOut } from "@/lib/operations/reconciliation/get-tie-out";
import { listMonthChanges } from "@/lib/operations/reconciliation/list-months";
import { monthSchema } from "../../schema";

export const metadata: Metadata = { title: "Changes since the month was signed off" };

export default async function MonthChangesPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceSlug: string; month: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { workspaceSlug, month: text } = await params;
  const access = await requireWorkspace(workspaceSlug, "/reconciliation/changes/[month]");
  const month = monthSchema.safeParse(text).data;
  const view = await getTieOut(access);
  if (month === undefined || !view) notFound();
  const { after } = await searchParams;
  const page = await listMonthChanges(access, { month, after: typeof after === "string" ? after : null });
  const names = systemNames(view, await listConnections(access));
  const base = `/${access.slug}/reconciliation`;
  return (
    <>
      <PageHeader
        title={`What changed in ${formatMonth(month)} since it was signed off`}
        action={
          <Button asChild variant="outline" size="small">
            <Link href={`${base}#months`}>Back to the tie-out</Link>
          </Button>
        }
      >
        On either side, the newest first. A change that agrees on both sides is listed too: it is news to
        whoever signed.
      </PageHeader>
      {page.rows.length === 0 ? (
        <EmptyState Icon={Check} title="Nothing changed">
          Both sides show this month as it was when it was signed off.
        </EmptyState>
      ) : (
        <MonthChanges
          page={page}
          names={names}
          nextHref={page.next === null ? null : `${base}/changes/${month}?after=${page.next}`}
        />
      )}
    </>
  );
}
