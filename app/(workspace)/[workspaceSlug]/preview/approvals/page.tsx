import { ShieldCheck } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { DecidedApprovals, WaitingApprovals } from "@/components/approvals/approvals-list";
import { RulesForm } from "@/components/approvals/rules-form";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { RunTabs } from "@/components/runs/run-tabs";
import { Button } from "@/components/ui/button";
import { hasRole } from "@/lib/domain/workspace-access";
import { listApprovals } from "@/lib/operations/approvals/list-approvals";
import { decideApprovalAction, setPostingRulesAction } from "../actions";

export const metadata: Metadata = { title: "Approvals" };

export default async function ApprovalsPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const access = await requireWorkspace((await params).workspaceSlug, "/preview/approvals");
  const view = await listApprovals(access);
  return (
    <>
      <PageHeader title="Approvals">
        What needs a second person before it is posted, and from which amount.
      </PageHeader>
      <RunTabs slug={access.slug} current="approvals" />
      {view === null ? (
        <EmptyState
          Icon={ShieldCheck}
          title="Nothing to approve yet"
          action={
            <Button asChild>
              <Link href={`/${access.slug}/setup`}>Go to the set-up</Link>
            </Button>
          }
        >
          Once the set-up is confirmed, you choose here from which amount somebody else has to agree.
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-5">
          <WaitingApprovals
            slug={access.slug}
            view={view}
            decide={decideApprovalAction.bind(null, access.slug)}
          />
          <DecidedApprovals slug={access.slug} rows={view.decided} />
          <RulesForm
            policy={view.policy}
            mayChange={hasRole(access, "admin")}
            save={setPostingRulesAction.bind(null, access.slug)}
          />
        </div>
      )}
    </>
  );
}
