import { Building2 } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { TenantChoice } from "@/components/connections/tenant-choice";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { Button } from "@/components/ui/button";
import { listPendingTenants } from "@/lib/operations/connections/choose-tenant";
import { chooseTenantAction } from "../actions";

export const metadata: Metadata = { title: "Choose an organisation" };

export default async function ChooseTenantPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceSlug: string }>;
  searchParams: Promise<{ token?: string | string[] }>;
}) {
  const access = await requireWorkspace((await params).workspaceSlug, "/connections/choose");
  const { token } = await searchParams;
  const pending = typeof token === "string" ? await listPendingTenants(access, token) : null;
  if (typeof token !== "string" || !pending)
    return (
      <>
        <PageHeader title="Which organisation?" />
        <EmptyState
          Icon={Building2}
          title="There is nothing to choose any more"
          action={
            <Button asChild>
              <Link href={`/${access.slug}/connections`}>Back to the connections</Link>
            </Button>
          }
        >
          The choice was made already or took too long. Connect again to see your organisations.
        </EmptyState>
      </>
    );
  return (
    <>
      <PageHeader title="Which organisation?">
        {pending.connectorLabel} let Tieout into several. This workspace keeps one; make another workspace for
        another.
      </PageHeader>
      <TenantChoice
        token={token}
        tenants={pending.tenants}
        nextHref={`/${access.slug}/connections`}
        choose={chooseTenantAction.bind(null, access.slug)}
      />
    </>
  );
}
