import { Eye } from "lucide-react";
import type { Metadata } from "next";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { StartButton } from "@/components/preview/start-button";
import { hasRole } from "@/lib/domain/workspace-access";
import { SetupRail } from "../_components/setup-rail";
import { startPreviewAction } from "./actions";

export const metadata: Metadata = { title: "Preview" };

export default async function NewPreviewPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const access = await requireWorkspace((await params).workspaceSlug, "/preview");
  return (
    <>
      <PageHeader title="Preview">See what would be posted, before anything is.</PageHeader>
      <SetupRail access={access} here="preview" />
      <EmptyState
        Icon={Eye}
        title="Look before you post"
        action={
          hasRole(access, "bookkeeper") ? (
            <StartButton
              start={startPreviewAction.bind(null, access.slug, {})}
              label="Make a preview"
              pendingLabel="Starting…"
              hrefPrefix={`/${access.slug}/preview/`}
            />
          ) : null
        }
      >
        Tieout reads both systems, compares them, and lists every record with what it would do, down to the
        debit and credit of each account. Nothing is posted until you say so.
      </EmptyState>
    </>
  );
}
