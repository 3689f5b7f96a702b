import { Plug } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { KeptGroups } from "@/components/setup/kept-groups";
import { SetupForm } from "@/components/setup/setup-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { hasRole } from "@/lib/domain/workspace-access";
import { getSetup } from "@/lib/operations/setup/get-setup";
import { SetupRail } from "../_components/setup-rail";
import { Flows } from "./_components/flows";
import { confirmSetupAction, countSourceAction, keepGroupAction } from "./actions";

export const metadata: Metadata = { title: "Set-up" };

export default async function SetupPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const access = await requireWorkspace((await params).workspaceSlug, "/setup");
  const view = await getSetup(access);
  if (view.missing.length > 0)
    return (
      <>
        <PageHeader title="Set-up">How your records are posted to Xero.</PageHeader>
        <SetupRail access={access} here="setup" />
        <EmptyState
          Icon={Plug}
          title={view.missing.length > 1 ? "Connect both sides first" : "One side is still missing"}
          action={
            <Button asChild>
              <Link href={`/${access.slug}/connections`}>Go to the connections</Link>
            </Button>
          }
        >
          The set-up asks which account and tax rate goes where, so it needs to read both your books and your
          operations.
        </EmptyState>
      </>
    );
  return (
    <>
      <PageHeader
        title="Set-up"
        action={
          <Button asChild variant="outline">
            <Link href={`/${access.slug}/clients`}>Client sync</Link>
          </Button>
        }
      >
        How the records of {view.sourceName} are posted to {view.ledgerName}.
      </PageHeader>
      <SetupRail access={access} here="setup" />
      {view.unread ? (
        <Alert tone="warning" role="alert" title="The set-up cannot be shown just now">
          <span className="flex flex-col items-start gap-3">
            {view.unread}
            <Button asChild variant="outline">
              <Link href={`/${access.slug}/connections`}>Go to the connections</Link>
            </Button>
          </span>
        </Alert>
      ) : view.refusal ? (
        <Alert tone="destructive" title="These two cannot be kept in agreement">
          {view.refusal}
        </Alert>
      ) : (
        <div className="flex flex-col gap-8">
          {view.kept && view.confirmed ? (
            <KeptGroups
              kept={view.kept}
              mayChange={hasRole(access, "admin")}
              liveHref={`/${access.slug}/preview/parallel`}
              keep={keepGroupAction.bind(null, access.slug)}
            />
          ) : null}
          <SetupForm
            key={view.pairId}
            slug={access.slug}
            view={view}
            nextHref={`/${access.slug}/preview`}
            mayChange={hasRole(access, "bookkeeper")}
            confirm={confirmSetupAction.bind(null, access.slug)}
            count={countSourceAction.bind(null, access.slug, {})}
          />
          {view.confirmed ? <Flows access={access} /> : null}
        </div>
      )}
    </>
  );
}
