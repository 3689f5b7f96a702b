import type { Metadata } from "next";
import Link from "next/link";
import { getCurrentUser } from "@/app/_access/current-user";
import { PublicFrame } from "@/app/_components/public-frame";
import { SignOutButton } from "@/app/_components/sign-out-button";
import { ROLE_LABELS } from "@/components/team/role-words";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { getInvitation } from "@/lib/operations/people/accept-invitation";
import { NarrowCard } from "../_components/narrow-card";
import { AcceptButton } from "./accept-button";
import { acceptInvitationAction } from "./actions";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

/** Where an invitation's link leads. Opening it takes nothing; whoever is signed out signs in first and comes back. */
export default async function InvitationPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[] }>;
}) {
  const { token: given } = await searchParams;
  const token = typeof given === "string" ? given : "";
  const user = await getCurrentUser();
  const invitation = await getInvitation(token, user);
  if (invitation.state === "gone")
    return (
      <PublicFrame>
        <NarrowCard
          title="This invitation is over"
          sentence="It was used, withdrawn, replaced by a newer one, or is older than seven days."
        >
          <p className="text-sm text-muted-foreground">Ask whoever invited you to send it again.</p>
          <Button asChild variant="outline">
            <Link href="/start">To your workspaces</Link>
          </Button>
        </NarrowCard>
      </PublicFrame>
    );
  const { workspaceName, invitedByName, role, forAddress, isForReader } = invitation;
  const back = `/invitation?${new URLSearchParams({ token })}`;
  return (
    <PublicFrame action={user ? <SignOutButton /> : undefined}>
      <NarrowCard
        title={`Join ${workspaceName}`}
        sentence={`${invitedByName} invites you. Your role: ${ROLE_LABELS[role].toLowerCase()}.`}
      >
        {isForReader === true ? (
          <AcceptButton accept={acceptInvitationAction.bind(null, { token })} workspaceName={workspaceName} />
        ) : null}
        {isForReader === false ? (
          <Alert tone="warning" title={`This invitation is for ${forAddress}`}>
            You are signed in as {user?.email}. Sign out, open the link of the mail again, and sign in with
            the address that was invited.
          </Alert>
        ) : null}
        {isForReader === null ? (
          <>
            <p className="text-sm text-muted-foreground">
              It is for {forAddress}. Sign in with that address, by mail or with Xero, and you come back here.
            </p>
            <Button asChild size="large">
              <Link href={`/sign-in?${new URLSearchParams({ callbackUrl: back })}`}>Sign in and go on</Link>
            </Button>
          </>
        ) : null}
      </NarrowCard>
    </PublicFrame>
  );
}
