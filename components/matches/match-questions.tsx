"use client";

import { ExternalLink } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { formatCount } from "@/components/format/format-amount";
import { formatRecordWords } from "@/components/format/format-record-words";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { MatchCandidateView, MatchesView, MatchView } from "@/lib/domain/views/match-view";

export type DecideMatch = (request: {
  answers: { questionId: string; verdict: "same" | "another" | null }[];
}) => Promise<ActionResult<{ decided: number }>>;

/** Each source record with what it may be in the ledger, and the two words that settle it. */
export function MatchQuestions({
  view,
  mayDecide,
  decide,
}: {
  view: MatchesView;
  mayDecide: boolean;
  decide: DecideMatch;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<unknown> | null>(null);
  const [pending, setPending] = useState(false);
  const answer: Answer = async (answers) => {
    setPending(true);
    const answered = await decide({ answers });
    setResult(answered);
    setPending(false);
    if (answered.ok) router.refresh();
  };
  const lonely = view.open.filter((one) => one.candidates.length === 1);
  return (
    <section aria-label="Open questions" className="flex flex-col gap-5">
      <div className="flex flex-col gap-3 sm:flex-row sm:items-center sm:justify-between">
        <p className="text-sm text-muted-foreground">
          {formatCount(view.total)} {view.total === 1 ? "record waits" : "records wait"} for your word.
          {view.total > view.open.length ? ` The first ${formatCount(view.open.length)} are shown.` : ""}
        </p>
        {mayDecide && lonely.length > 1 ? (
          <Button
            variant="outline"
            disabled={pending}
            onClick={() =>
              answer(
                lonely.flatMap(({ candidates }) =>
                  candidates.map(({ questionId }) => ({ questionId, verdict: "same" as const })),
                ),
              )
            }
          >
            All {formatCount(lonely.length)} below with one candidate are the same
          </Button>
        ) : null}
      </div>
      <ActionError result={result} />
      <ul className="flex flex-col gap-5">
        {view.open.map((one) => (
          <li key={`${one.recordType} ${one.sourceExternalId}`}>
            <MatchCard match={one} view={view} mayDecide={mayDecide} pending={pending} answer={answer} />
          </li>
        ))}
      </ul>
    </section>
  );
}

type Answer = (answers: Parameters<DecideMatch>[0]["answers"]) => Promise<void>;

function MatchCard({
  match,
  view,
  mayDecide,
  pending,
  answer,
}: {
  match: MatchView;
  view: MatchesView;
  mayDecide: boolean;
  pending: boolean;
  answer: Answer;
}) {
  const { candidates } = match;
  return (
    <Card className="flex flex-col gap-4 px-4 py-5 sm:px-6">
      <div>
        <p className="text-sm text-muted-foreground">In {view.sourceName}</p>
        <h2 className="text-base font-semibold break-words">{formatRecordWords(match.sourceWords)}</h2>
      </div>
      <ul className="flex flex-col divide-y divide-border border-y border-border">
        {candidates.map((candidate) => (
          <li key={candidate.questionId} className="flex flex-col gap-3 py-4 lg:flex-row lg:justify-between">
            <CandidateWords candidate={candidate} ledgerName={view.ledgerName} />
            {mayDecide ? (
              <Button
                variant="outline"
                disabled={pending}
                className="w-full sm:w-auto lg:self-center"
                onClick={() => answer([{ questionId: candidate.questionId, verdict: "same" }])}
              >
                It is this one
                <span className="sr-only">: {candidate.ledgerWords}</span>
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {mayDecide ? (
        <Button
          variant="outline"
          disabled={pending}
          className="w-full sm:w-auto sm:self-start"
          onClick={() =>
            answer(candidates.map(({ questionId }) => ({ questionId, verdict: "another" as const })))
          }
        >
          {candidates.length === 1 ? "It is another one: post it" : "It is none of these: post it"}
          <span className="sr-only">: {match.sourceWords}</span>
        </Button>
      ) : null}
    </Card>
  );
}

function CandidateWords({ candidate, ledgerName }: { candidate: MatchCandidateView; ledgerName: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-1 text-sm">
      <p className="text-muted-foreground">In {ledgerName}</p>
      <p className="font-medium break-words">
        {formatRecordWords(candidate.ledgerWords)}
        {candidate.link ? (
          <a
            href={candidate.link}
            className="ml-2 inline-flex items-center gap-1 text-primary hover:underline"
          >
            Open
            <ExternalLink className="size-3.5" aria-hidden="true" />
            <span className="sr-only"> {candidate.ledgerWords}</span>
          </a>
        ) : null}
      </p>
      <p>
        <span className="text-muted-foreground">Different there: </span>
        {formatRecordWords(candidate.differences)}
      </p>
    </div>
  );
}
