"use client";

import { ArrowRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";

export type StartRun = () => Promise<ActionResult<{ runId: string }>>;

/**
 * Starts something once and goes to the page that shows it. It stays disabled after a press that worked, until the
 * next page is there, so that an impatient second press finds nothing to press.
 */
export function StartButton({
  start,
  label,
  pendingLabel,
  hrefPrefix,
  size = "large",
  variant = "primary",
}: {
  start: StartRun;
  label: string;
  pendingLabel: string;
  /** The run's id is put behind it. */
  hrefPrefix: string;
  size?: "default" | "large";
  variant?: "primary" | "outline";
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<{ runId: string }> | null>(null);
  const [pending, startTransition] = useTransition();
  const busy = pending || result?.ok === true;
  return (
    <div className="flex flex-col gap-3">
      <Button
        size={size}
        variant={variant}
        disabled={busy}
        onClick={() =>
          startTransition(async () => {
            const answer = await start();
            setResult(answer);
            if (answer.ok) router.push(`${hrefPrefix}${answer.data.runId}`);
          })
        }
      >
        {busy ? pendingLabel : label}
        <ArrowRight aria-hidden="true" />
      </Button>
      <ActionError result={result} />
    </div>
  );
}
