"use client";

import { RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";

/** Reads both sides whole and compares them; the page shows the answer when it is reloaded. */
export function CompareNow({ request }: { request: () => Promise<ActionResult<{ requestedAt: string }>> }) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<{ requestedAt: string }> | null>(null);
  const [pending, startTransition] = useTransition();
  return (
    <div className="flex flex-col gap-2">
      <Button
        variant="outline"
        size="small"
        disabled={pending || result?.ok === true}
        onClick={() =>
          startTransition(async () => {
            setResult(await request());
            router.refresh();
          })
        }
      >
        <RefreshCw aria-hidden="true" />
        {result?.ok ? "Both sides are being read" : "Compare everything now"}
      </Button>
      {result?.ok ? (
        <p role="status" className="text-sm text-muted-foreground">
          Every record is read anew. Load this page again in a moment.
        </p>
      ) : null}
      <ActionError result={result} />
    </div>
  );
}
