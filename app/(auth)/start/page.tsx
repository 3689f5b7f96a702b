import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { requireUser } from "@/app/_access/current-user";
import { PublicFrame } from "@/app/_components/public-frame";
import { SignOutButton } from "@/app/_components/sign-out-button";
import { ROLE_LABELS } from "@/components/team/role-words";
import { listWorkspaces } from "@/lib/operations/workspaces/list-workspaces";
import { NarrowCard } from "../_components/narrow-card";
import { createWorkspaceAction } from "./actions";
import { WorkspaceForm } from "./workspace-form";

export const metadata: Metadata = { title: "Your workspaces" };

/** Where everyone lands after signing in: the one workspace, the list of several, or the form to make the first. */
export default async function StartPage({
  searchParams,
}: {
  searchParams: Promise<{ all?: string | string[] }>;
}) {
  const user = await requireUser();
  const workspaces = await listWorkspaces(user.userId);
  const [first, ...more] = workspaces;
  if (first && more.length === 0 && (await searchParams).all === undefined)
    redirect(`/${first.slug}/overview`);
  return (
    <PublicFrame action={<SignOutButton />}>
      <NarrowCard
        title={`Welcome, ${user.name}`}
        sentence="A workspace holds one business: its connections, its people and everything that was posted."
      >
        {workspaces.length === 0 ? null : (
          <section aria-labelledby="workspaces" className="flex flex-col gap-3">
            <h2 id="workspaces" className="text-base font-semibold">
              Your workspaces
            </h2>
            <ul className="flex flex-col gap-2">
              {workspaces.map(({ slug, name, role }) => (
                <li key={slug}>
                  <Link
                    href={`/${slug}/overview`}
                    className="flex min-h-12 items-center justify-between gap-3 rounded-md border border-border px-4 hover:bg-muted"
                  >
                    <span className="min-w-0 truncate font-medium">{name}</span>
                    <span className="text-sm text-muted-foreground">{ROLE_LABELS[role]}</span>
                  </Link>
                </li>
              ))}
            </ul>
            <h2 className="mt-3 text-base font-semibold">Another workspace</h2>
          </section>
        )}
        <WorkspaceForm create={createWorkspaceAction} />
        <p className="text-sm text-muted-foreground">
          <Link href="/account" className="text-primary underline underline-offset-4">
            Your account and sessions
          </Link>
        </p>
      </NarrowCard>
    </PublicFrame>
  );
}
