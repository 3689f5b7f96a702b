"use client";

import { type ComponentProps, useState, useTransition } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";

export type Leave = () => Promise<ActionResult<{ url: string }>>;

/** A button that leads to one of Stripe's own pages: no card is ever entered on ours. */
export function LeaveButton({
  leave,
  children,
  variant,
}: {
  leave: Leave;
  children: string;
  variant?: ComponentProps<typeof Button>["variant"];
}) {
  const [result, setResult] = useState<ActionResult<{ url: string }> | null>(null);
  const [pending, startTransition] = useTransition();
  return (
    <div className="flex flex-col gap-3">
      <Button
        variant={variant}
        disabled={pending}
        onClick={() =>
          startTransition(async () => {
            const answer = await leave();
            setResult(answer);
            if (answer.ok) window.location.assign(answer.data.url);
          })
        }
      >
        {pending ? "Opening Stripe" : children}
      </Button>
      <ActionError result={result} />
    </div>
  );
}
