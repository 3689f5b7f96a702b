"use client";

import { Check, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useId, useState, useTransition } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Field, FieldLabel } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

export type Decide = (decision: {
  readonly approvalId: string;
  readonly decision: "approved" | "declined";
  readonly note: string;
}) => Promise<ActionResult<{ state: "approved" | "declined" }>>;

const NOTE_CHARACTERS_MAX = 500;

/** Yes or no, with a note. After an answer that worked, the buttons stay still until the list is there anew. */
export function DecisionForm({
  approvalId,
  name,
  decide,
}: {
  approvalId: string;
  name: string;
  decide: Decide;
}) {
  const router = useRouter();
  const noteId = useId();
  const [note, setNote] = useState("");
  const [result, setResult] = useState<ActionResult<unknown> | null>(null);
  const [pending, startTransition] = useTransition();
  const busy = pending || result?.ok === true;
  const press = (decision: "approved" | "declined") =>
    startTransition(async () => {
      const answer = await decide({ approvalId, decision, note });
      setResult(answer);
      if (answer.ok) router.refresh();
    });
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-col gap-3 sm:flex-row sm:items-end">
        <Field className="sm:flex-1">
          <FieldLabel htmlFor={noteId}>
            Note <span className="font-normal text-muted-foreground">(needed to decline)</span>
          </FieldLabel>
          <Input
            id={noteId}
            value={note}
            maxLength={NOTE_CHARACTERS_MAX}
            disabled={busy}
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
        <div className="flex gap-3">
          <Button disabled={busy} onClick={() => press("approved")}>
            <Check aria-hidden="true" />
            Approve<span className="sr-only"> {name}</span>
          </Button>
          <Button variant="outline" disabled={busy} onClick={() => press("declined")}>
            <X aria-hidden="true" />
            Decline<span className="sr-only"> {name}</span>
          </Button>
        </div>
      </div>
      <ActionError result={result} />
    </div>
  );
}
