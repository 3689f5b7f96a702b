"use client";

import { useState, useTransition } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { ConfirmDialog } from "@/components/ui/dialog";

/** Out of the workspace by one's own will; the last owner is told what to do first. */
export function LeavePanel({
  workspaceName,
  whyNot,
  leave,
}: {
  workspaceName: string;
  whyNot: string | null;
  leave: () => Promise<ActionResult<null>>;
}) {
  const [result, setResult] = useState<ActionResult<null> | null>(null);
  const [pending, startTransition] = useTransition();
  return (
    <section aria-labelledby="leaving" className="flex flex-col gap-3 pt-2">
      <h2 id="leaving" className="text-base font-semibold">
        Leaving
      </h2>
      {whyNot === null ? (
        <div>
          <ConfirmDialog
            trigger="Leave this workspace"
            title={`Leave ${workspaceName}?`}
            confirmLabel="Leave"
            pending={pending}
            onConfirm={() =>
              startTransition(async () => {
                const answer = await leave();
                setResult(answer);
                if (answer.ok) window.location.assign("/start");
              })
            }
          >
            You lose access at once. To come back, somebody has to invite you again.
          </ConfirmDialog>
        </div>
      ) : (
        <p className="text-sm text-muted-foreground">{whyNot}</p>
      )}
      <ActionError result={result} />
    </section>
  );
}
