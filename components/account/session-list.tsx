"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { LocalTime } from "@/components/format/local-time";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/dialog";

interface SessionView {
  readonly sessionId: string;
  readonly device: string;
  readonly way: "xero" | "mail";
  readonly beganAt: string;
  readonly seenAt: string;
  readonly isThisOne: boolean;
}

/** Where the reader is signed in, and how to end that. */
export function SessionList({
  sessions,
  signOutDevice,
  signOutEverywhere,
}: {
  sessions: readonly SessionView[];
  signOutDevice: (input: { sessionId: string }) => Promise<ActionResult<null>>;
  signOutEverywhere: (input: Record<string, never>) => Promise<ActionResult<null>>;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<null> | null>(null);
  const [pending, startTransition] = useTransition();
  return (
    <Card>
      <CardHeader>
        <CardTitle>Where you are signed in</CardTitle>
        <CardDescription>A session ends after 14 days unused, and after 30 days in any case.</CardDescription>
      </CardHeader>
      <CardContent>
        <ul className="flex flex-col divide-y divide-border">
          {sessions.map((session) => (
            <li key={session.sessionId} className="flex flex-wrap items-center justify-between gap-3 py-3">
              <div className="flex flex-col gap-0.5">
                <span className="flex flex-wrap items-center gap-2 text-sm font-medium">
                  {session.device || "Unknown device"}
                  {session.isThisOne ? <Badge tone="primary">This device</Badge> : null}
                </span>
                <span className="text-sm text-muted-foreground">
                  {session.way === "xero" ? "With Xero" : "By mail"}, since{" "}
                  <LocalTime iso={session.beganAt} />; last used <LocalTime iso={session.seenAt} />
                </span>
              </div>
              {session.isThisOne ? null : (
                <Button
                  variant="outline"
                  size="small"
                  disabled={pending}
                  onClick={() =>
                    startTransition(async () => {
                      setResult(await signOutDevice({ sessionId: session.sessionId }));
                      router.refresh();
                    })
                  }
                >
                  Sign out<span className="sr-only"> {session.device || "unknown device"}</span>
                </Button>
              )}
            </li>
          ))}
        </ul>
        <ActionError result={result} />
      </CardContent>
      <CardFooter>
        <ConfirmDialog
          trigger="Sign out everywhere"
          title="Sign out everywhere?"
          confirmLabel="Sign out everywhere"
          pending={pending}
          onConfirm={() =>
            startTransition(async () => {
              const answer = await signOutEverywhere({});
              setResult(answer);
              if (answer.ok) window.location.assign("/sign-in");
            })
          }
        >
          Every session of yours ends at once, this one included.
        </ConfirmDialog>
      </CardFooter>
    </Card>
  );
}
