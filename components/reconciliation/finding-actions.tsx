"use client";

import { useRouter } from "next/navigation";
import { useId, useRef, useState, useTransition } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Field, FieldDescription, FieldLabel } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { TieOutFindingView } from "@/lib/domain/views/tie-out-view";

/** What a person may do about a finding. */
export interface FindingPresses {
  readonly accept: (input: { findingId: string; why: string }) => Promise<ActionResult<{ accepted: true }>>;
  readonly postAgain: (input: { findingId: string }) => Promise<ActionResult<{ runId: string }>>;
}

/** The button that mends a finding, and the way to say that it is right as it is. */
export function FindingActions({
  slug,
  row,
  ledgerName,
  presses,
}: {
  slug: string;
  row: TieOutFindingView;
  ledgerName: string;
  presses: FindingPresses;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<unknown> | null>(null);
  const [pending, startTransition] = useTransition();
  const name = row.number || row.label;
  return (
    <>
      {row.action === "postAgain" ? (
        <Button
          size="small"
          disabled={pending}
          onClick={() =>
            startTransition(async () => {
              const answer = await presses.postAgain({ findingId: row.findingId });
              setResult(answer);
              if (answer.ok) router.push(`/${slug}/preview/${answer.data.runId}`);
            })
          }
        >
          {pending ? "One moment…" : `Preview posting it to ${ledgerName} again`}
          <span className="sr-only">: {name}</span>
        </Button>
      ) : null}
      {row.mayAccept ? (
        <AcceptDialog
          name={name}
          isFirst={row.action === "accept"}
          pending={pending}
          accept={(why) =>
            startTransition(async () => {
              setResult(await presses.accept({ findingId: row.findingId, why }));
              router.refresh();
            })
          }
        />
      ) : null}
      <ActionError result={result} />
    </>
  );
}

function AcceptDialog({
  name,
  isFirst,
  pending,
  accept,
}: {
  name: string;
  isFirst: boolean;
  pending: boolean;
  accept: (why: string) => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const whyId = useId();
  const [why, setWhy] = useState("");
  return (
    <>
      <Button
        variant={isFirst ? "outline" : "ghost"}
        size="small"
        disabled={pending}
        onClick={() => dialog.current?.showModal()}
      >
        Accept as it is<span className="sr-only">: {name}</span>
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby={titleId}
        className="m-auto w-[min(28rem,calc(100vw-2rem))] rounded-lg border border-border bg-popover p-6 text-foreground shadow-xl backdrop:bg-black/50"
      >
        <form
          method="dialog"
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            dialog.current?.close();
            accept(why);
          }}
        >
          <h2 id={titleId} className="text-base font-semibold">
            Accept {name} as it is?
          </h2>
          <Field>
            <FieldLabel htmlFor={whyId}>Why is it right?</FieldLabel>
            <Input
              id={whyId}
              required
              maxLength={500}
              value={why}
              onChange={(event) => setWhy(event.target.value)}
            />
            <FieldDescription>
              Your name and this reason stay on record. Another difference will be named again.
            </FieldDescription>
          </Field>
          <div className="flex flex-wrap justify-end gap-3">
            <Button type="button" variant="outline" onClick={() => dialog.current?.close()}>
              Cancel
            </Button>
            <Button type="submit" disabled={pending || why.trim() === ""}>
              Accept
            </Button>
          </div>
        </form>
      </dialog>
    </>
  );
}
