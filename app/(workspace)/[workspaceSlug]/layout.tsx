import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { SignOutButton } from "@/app/_components/sign-out-button";
import { BillingBanner } from "@/components/billing/billing-banner";
import { HeldBanner } from "@/components/connections/held-banner";
import { WorkspaceNoticeList } from "@/components/privacy/workspace-notices";
import { PostingOffBanner } from "@/components/schedules/posting-off-banner";
import { CommandButton } from "@/components/shell/command-button";
import { parseTheme, THEME_COOKIE } from "@/components/shell/theme";
import { WorkspaceShell } from "@/components/shell/workspace-shell";
import { hasRole } from "@/lib/domain/workspace-access";
import { getBillingNotice } from "@/lib/operations/billing/get-billing-notice";
import { listHeldConnections } from "@/lib/operations/connections/list-held-connections";
import { getWorkspaceNotices } from "@/lib/operations/privacy/get-privacy";
import { getPostingSwitch } from "@/lib/operations/status/get-status";
import { listOthers } from "@/lib/operations/workspaces/list-workspaces";
import { startPreviewAction } from "./preview/actions";

interface Props {
  readonly params: Promise<{ workspaceSlug: string }>;
  readonly children: ReactNode;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await requireWorkspace((await params).workspaceSlug, "/");
  return { title: { default: name, template: `%s · ${name} · Tieout` } };
}

export default async function WorkspaceLayout({ params, children }: Props) {
  const access = await requireWorkspace((await params).workspaceSlug, "/");
  return (
    <WorkspaceShell
      slug={access.slug}
      workspaceName={access.name}
      userName={access.userName}
      others={await listOthers(access)}
      theme={parseTheme((await cookies()).get(THEME_COOKIE)?.value)}
      signOut={<SignOutButton />}
      goTo={
        <CommandButton
          slug={access.slug}
          startRun={hasRole(access, "bookkeeper") ? startPreviewAction.bind(null, access.slug, {}) : null}
        />
      }
    >
      <PostingOffBanner isOff={(await getPostingSwitch()) === "off"} />
      <WorkspaceNoticeList slug={access.slug} notices={await getWorkspaceNotices(access)} />
      <BillingBanner slug={access.slug} notice={await getBillingNotice(access)} />
      <HeldBanner slug={access.slug} held={await listHeldConnections(access)} />
      {children}
    </WorkspaceShell>
  );
}
