import { Users } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { TransferForm } from "@/components/team/transfer-form";
import { Button } from "@/components/ui/button";
import { listTeam } from "@/lib/operations/people/list-team";
import { transferOwnershipAction } from "../actions";

export const metadata: Metadata = { title: "Transfer the workspace" };

/** The owner's alone: anybody else finds no such page. */
export default async function TransferPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const access = await requireWorkspace((await params).workspaceSlug, "/team/transfer");
  const { members } = await listTeam(access);
  const others = members.filter((one) => !one.isYou && one.role !== "owner");
  const back = `/${access.slug}/team`;
  return (
    <>
      <PageHeader title="Transfer the workspace">
        Another member becomes the owner of {access.name}, and you become an admin.
      </PageHeader>
      {others.length === 0 ? (
        <EmptyState
          Icon={Users}
          title="Nobody to give it to yet"
          action={
            <Button asChild>
              <Link href={back}>To the team</Link>
            </Button>
          }
        >
          Invite a person first; once they have joined, the workspace can be theirs.
        </EmptyState>
      ) : (
        <TransferForm
          workspaceName={access.name}
          people={others.map(({ userId, name }) => ({ userId, name }))}
          backHref={back}
          transfer={transferOwnershipAction.bind(null, access.slug)}
        />
      )}
    </>
  );
}
