"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";

/** Takes the invitation and opens the workspace. */
export function AcceptButton({
  workspaceName,
  accept,
}: {
  workspaceName: string;
  accept: () => Promise<ActionResult<{ slug: string }>>;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<{ slug: string }> | null>(null);
  const [pending, startTransition] = useTransition();
  return (
    <div className="flex flex-col gap-3">
      <ActionError result={result} />
      <Button
        size="large"
        disabled={pending || result?.ok === true}
        onClick={() =>
          startTransition(async () => {
            const answer = await accept();
            setResult(answer);
            if (answer.ok) router.push(`/${answer.data.slug}/overview`);
          })
        }
      >
        {pending ? "Joining…" : `Join ${workspaceName}`}
      </Button>
    </div>
  );
}
