"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { formatCount } from "@/components/format/format-amount";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";

export type Confirm = (request: { readonly runId: string }) => Promise<ActionResult<{ mapped: number }>>;

/** Makes "Mapped" of "Matched"; nothing is written to either system. */
export function ConfirmMappings({
  runId,
  matched,
  confirm,
}: {
  runId: string;
  matched: number;
  confirm: Confirm;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<{ mapped: number }> | null>(null);
  const [pending, startTransition] = useTransition();
  return (
    <div className="flex flex-col gap-3">
      <Button
        disabled={pending}
        onClick={() =>
          startTransition(async () => {
            const answer = await confirm({ runId });
            setResult(answer);
            if (answer.ok) router.refresh();
          })
        }
      >
        {pending
          ? "Confirming…"
          : matched === 0
            ? "Confirm mappings"
            : `Confirm mappings (${formatCount(matched)} matched)`}
      </Button>
      {result?.ok ? (
        <Alert tone="success" role="status" title={`${formatCount(result.data.mapped)} were mapped.`} />
      ) : null}
      <ActionError result={result} />
    </div>
  );
}
