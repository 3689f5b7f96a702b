import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { SignOutButton } from "@/app/_components/sign-out-button";
import { BillingBanner } from "@/components/billing/billing-banner";
import { HeldBanner } from "@/components/connections/held-banner";
import { parseTheme, THEME_COOKIE } from "@/components/shell/theme";
import { WorkspaceShell } from "@/components/shell/workspace-shell";
import { getBillingNotice } from "@/lib/operations/billing/get-billing-notice";
import { listHeldConnections } from "@/lib/operations/connections/list-held-connections";

interface Props {
  readonly params: Promise<{ workspaceSlug: string }>;
  readonly children: ReactNode;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await requireWorkspace((await params).workspaceSlug);
  return { title: { default: name, template: `%s · ${name} · Tieout` } };
}

export default async function WorkspaceLayout({ params, children }: Props) {
  const access = await requireWorkspace((await params).workspaceSlug);
  return (
    <WorkspaceShell
      slug={access.slug}
      workspaceName={access.name}
      userName={access.userName}
      theme={parseTheme((await cookies()).get(THEME_COOKIE)?.value)}
      signOut={<SignOutButton />}
    >
      <BillingBanner slug={access.slug} notice={await getBillingNotice(access)} />
      <HeldBanner slug={access.slug} held={await listHeldConnections(access)} />
      {children}
    </WorkspaceShell>
  );
}
