"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { LocalTime } from "@/components/format/local-time";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { InvitationRow } from "@/lib/domain/views/team-view";
import { ROLE_LABELS } from "./role-words";

type Press = (input: { invitationId: string }) => Promise<ActionResult<null>>;

/** A mail leaves within seconds; until it did, the page looks again. */
const LOOK_AGAIN_MS = 2_000;

/** The invitations that wait: sent again, with a new link, or taken back. */
export function InvitationList({
  invitations,
  resend,
  withdraw,
}: {
  invitations: readonly InvitationRow[];
  resend: Press;
  withdraw: Press;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<null> | null>(null);
  const [pending, startTransition] = useTransition();
  const isOnItsWay = invitations.some(({ state }) => state === "onItsWay");
  useEffect(() => {
    if (!isOnItsWay) return;
    const timer = setInterval(() => router.refresh(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isOnItsWay, router]);
  if (invitations.length === 0) return null;
  const press = (work: Press, invitationId: string) =>
    startTransition(async () => {
      setResult(await work({ invitationId }));
      router.refresh();
    });
  return (
    <Card>
      <CardHeader>
        <CardTitle>Invitations that wait</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-3">
        <ul className="flex flex-col divide-y divide-border">
          {invitations.map((one) => (
            <li
              key={one.invitationId}
              className="flex flex-col gap-3 py-4 first:pt-0 last:pb-0 sm:flex-row sm:items-center sm:justify-between"
            >
              <div className="flex min-w-0 flex-col gap-0.5">
                <span className="font-medium break-words">{one.email}</span>
                <span className="text-sm text-muted-foreground">
                  {ROLE_LABELS[one.role]}, invited by {one.invitedByName}; until{" "}
                  <LocalTime iso={one.expiresAt} />
                </span>
                <InvitationState invitation={one} />
              </div>
              <div className="flex flex-wrap gap-3">
                <Button
                  variant="outline"
                  size="small"
                  disabled={pending}
                  onClick={() => press(resend, one.invitationId)}
                >
                  Send again<span className="sr-only"> to {one.email}</span>
                </Button>
                <Button
                  variant="destructive"
                  size="small"
                  disabled={pending}
                  onClick={() => press(withdraw, one.invitationId)}
                >
                  Withdraw<span className="sr-only"> the invitation of {one.email}</span>
                </Button>
              </div>
            </li>
          ))}
        </ul>
        <ActionError result={result} />
      </CardContent>
    </Card>
  );
}

function InvitationState({ invitation }: { invitation: InvitationRow }) {
  switch (invitation.state) {
    case "onItsWay":
      return <Badge>The mail is on its way</Badge>;
    case "mailFailed":
      return <Badge tone="destructive">The mail could not be sent: check the address</Badge>;
    case "expired":
      return <Badge tone="warning">Over: send it again</Badge>;
    case "sent":
      return (
        <span className="text-sm text-muted-foreground">
          Mail sent {invitation.sentAt === null ? "" : <LocalTime iso={invitation.sentAt} />}
        </span>
      );
  }
}
