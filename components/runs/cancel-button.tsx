"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { ConfirmDialog } from "@/components/ui/dialog";
import type { RunView } from "@/lib/domain/views/run-view";

export type CancelRun = () => Promise<ActionResult<{ runId: string }>>;

/** Stops a run that is at work. Pressed once is enough: until the page shows it, there is nothing more to press. */
export function CancelButton({ view, cancel }: { view: RunView; cancel: CancelRun }) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<unknown> | null>(null);
  const [pending, startTransition] = useTransition();
  const isStopping = view.isCancelled || result?.ok === true;
  const canStop = view.state === "pulling" || view.state === "planning" || view.state === "applying";
  if (!canStop) return null;
  return (
    <div className="flex flex-col gap-3 sm:items-start">
      {isStopping ? (
        <p className="text-sm text-muted-foreground" role="status">
          Stopping…
        </p>
      ) : (
        <ConfirmDialog
          trigger={view.kind === "undo" ? "Stop this undo" : "Stop this run"}
          triggerVariant="outline"
          title={view.kind === "undo" ? "Stop this undo?" : "Stop this run?"}
          confirmLabel="Stop it"
          pending={pending}
          onConfirm={() =>
            startTransition(async () => {
              setResult(await cancel());
              router.refresh();
            })
          }
        >
          {view.state === "applying"
            ? "The batch that is on its way is finished, and no other is sent. What is posted stays; the rest is planned anew by the next run."
            : "Nothing was posted, and nothing will be."}
        </ConfirmDialog>
      )}
      <ActionError result={result} />
    </div>
  );
}
