"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { formatRecordWords } from "@/components/format/format-record-words";
import { LocalTime } from "@/components/format/local-time";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { DecidedMatchView } from "@/lib/domain/views/match-view";
import type { DecideMatch } from "./match-questions";

/** What people said before, who and when, each to be taken back. */
export function DecidedMatches({
  decided,
  mayDecide,
  decide,
}: {
  decided: readonly DecidedMatchView[];
  mayDecide: boolean;
  decide: DecideMatch;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<unknown> | null>(null);
  const [pending, setPending] = useState(false);
  const takeBack = async (questionId: string): Promise<void> => {
    setPending(true);
    const answered = await decide({ answers: [{ questionId, verdict: null }] });
    setResult(answered);
    setPending(false);
    if (answered.ok) router.refresh();
  };
  return (
    <section aria-labelledby="decided" className="flex flex-col gap-3">
      <h2 id="decided" className="text-base font-semibold">
        Decided
      </h2>
      <ActionError result={result} />
      <Card>
        <ul className="divide-y divide-border">
          {decided.map((one) => (
            <li
              key={one.questionId}
              className="flex flex-col gap-2 px-4 py-3 text-sm sm:flex-row sm:items-center sm:justify-between sm:px-6"
            >
              <div className="min-w-0">
                <p className="break-words">
                  <span className="font-medium">{formatRecordWords(one.sourceWords)}</span>{" "}
                  {one.verdict === "same" ? "is" : "is another than"}{" "}
                  <span className="font-medium">{formatRecordWords(one.ledgerWords)}</span>
                </p>
                <p className="text-muted-foreground">
                  {one.decidedByName}, <LocalTime iso={one.decidedAt} />
                </p>
              </div>
              {mayDecide ? (
                <Button
                  variant="outline"
                  disabled={pending}
                  className="w-full shrink-0 sm:w-auto"
                  onClick={() => takeBack(one.questionId)}
                >
                  Take back
                  <span className="sr-only"> the word about {one.sourceWords}</span>
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}
