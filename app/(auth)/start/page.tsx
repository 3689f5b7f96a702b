import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { requireUser } from "@/app/_access/current-user";
import { PublicFrame } from "@/app/_components/public-frame";
import { SignOutButton } from "@/app/_components/sign-out-button";
import { Card } from "@/components/ui/card";
import { listWorkspaces } from "@/lib/operations/workspaces/list-workspaces";
import { createWorkspaceAction } from "./actions";
import { WorkspaceForm } from "./workspace-form";

export const metadata: Metadata = { title: "Create a workspace" };

/** Where everyone lands after signing in: the workspace that is there, or the form to make the first. */
export default async function StartPage() {
  const user = await requireUser();
  const [first] = await listWorkspaces(user.userId);
  if (first) redirect(`/${first.slug}/overview`);
  return (
    <PublicFrame action={<SignOutButton />}>
      <div className="mx-auto w-full max-w-md px-4 py-14 sm:px-6">
        <Card className="flex flex-col gap-5 p-6 sm:p-8">
          <div className="flex flex-col gap-1.5">
            <h1 className="text-2xl font-semibold">Welcome, {user.name}</h1>
            <p className="text-sm text-muted-foreground">
              A workspace holds one business: its connections, its people and everything that was posted.
            </p>
          </div>
          <WorkspaceForm create={createWorkspaceAction} />
        </Card>
      </div>
    </PublicFrame>
  );
}
