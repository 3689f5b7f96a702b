"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { formatCount } from "@/components/format/format-amount";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import type { RecordType } from "@/lib/domain/record-type";

export type ConfirmMatches = (request: {
  runId: string;
  record: { recordType: RecordType; sourceExternalId: string } | null;
}) => Promise<ActionResult<{ mapped: number }>>;

export type SayMatches = (request: {
  words: {
    recordType: RecordType;
    sourceExternalId: string;
    ledgerExternalId: string;
    verdict: "same" | "another" | null;
  }[];
}) => Promise<ActionResult<{ said: number; outdated: boolean }>>;

/** Runs an action, keeps its answer, and has the page drawn anew where it worked. */
function useAnswer() {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<unknown> | null>(null);
  const [pending, startTransition] = useTransition();
  const run = (action: () => Promise<ActionResult<unknown>>): void =>
    startTransition(async () => {
      const answer = await action();
      setResult(answer);
      if (answer.ok) router.refresh();
    });
  return { result, pending, run };
}

/** Makes "Mapped" of everything that is "Matched"; nothing is written to either system. */
export function ConfirmAllMatches({
  runId,
  matched,
  confirm,
}: {
  runId: string;
  matched: number;
  confirm: ConfirmMatches;
}) {
  const { result, pending, run } = useAnswer();
  return (
    <div className="flex flex-col gap-3">
      <Button disabled={pending} onClick={() => run(() => confirm({ runId, record: null }))}>
        {pending ? "Confirming…" : `Confirm mappings (${formatCount(matched)} matched)`}
      </Button>
      <ActionError result={result} />
    </div>
  );
}

/** The two words about a match: it is right, or the two are not one. */
export function MatchRowButtons({
  runId,
  recordType,
  sourceExternalId,
  ledgerExternalId,
  name,
  confirm,
  say,
}: {
  runId: string;
  recordType: RecordType;
  sourceExternalId: string;
  ledgerExternalId: string;
  name: string;
  confirm: ConfirmMatches;
  say: SayMatches;
}) {
  const { result, pending, run } = useAnswer();
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-3">
        <Button
          size="small"
          variant="outline"
          disabled={pending}
          onClick={() => run(() => confirm({ runId, record: { recordType, sourceExternalId } }))}
        >
          Confirm<span className="sr-only"> {name}</span>
        </Button>
        <Button
          size="small"
          variant="ghost"
          disabled={pending}
          onClick={() =>
            run(() =>
              say({ words: [{ recordType, sourceExternalId, ledgerExternalId, verdict: "another" }] }),
            )
          }
        >
          They are two<span className="sr-only">: {name}</span>
        </Button>
      </div>
      <ActionError result={result} />
    </div>
  );
}
