import { Check, CircleAlert, ExternalLink, Link2, type LucideIcon, Minus, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { Amount } from "@/components/format/amount";
import { formatDay } from "@/components/format/format-day";
import { formatRecordWords } from "@/components/format/format-record-words";
import { RecordName } from "@/components/records/record-name";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import {
  type MatchParty,
  type MatchReviewView,
  type MatchRow,
  type MatchStatus,
  matchStatusWords,
} from "@/lib/domain/views/match-row";
import { type ConfirmMatches, MatchRowButtons, type SayMatches } from "./match-actions";

const LOOKS: Readonly<Record<MatchStatus, { readonly tone: BadgeTone; readonly Icon: LucideIcon }>> = {
  needsYou: { tone: "warning", Icon: CircleAlert },
  matched: { tone: "primary", Icon: Check },
  new: { tone: "neutral", Icon: Plus },
  mapped: { tone: "success", Icon: Link2 },
  leftOut: { tone: "neutral", Icon: Minus },
  ledgerOnly: { tone: "neutral", Icon: Minus },
};

/** One row of the review: the source's record, the ledger's, and why the two are taken for one. */
export function MatchRowItem({
  slug,
  row,
  review,
  mayDecide,
  confirm,
  say,
}: {
  slug: string;
  row: MatchRow;
  review: MatchReviewView;
  mayDecide: boolean;
  confirm: ConfirmMatches;
  say: SayMatches;
}) {
  const { tone, Icon } = LOOKS[row.status];
  const { source, ledger } = row;
  const name = nameOf(source ?? ledger, row);
  return (
    <li className="flex flex-col gap-3 px-4 py-4 text-sm sm:px-6">
      <Badge tone={tone}>
        <Icon aria-hidden="true" />
        {matchStatusWords(review.ledgerName)[row.status]}
      </Badge>
      <div className="grid gap-3 sm:grid-cols-2 sm:gap-6">
        <Side title={review.sourceName} party={source}>
          {source ? (
            <RecordName slug={slug} recordType={row.recordType} externalId={source.externalId} name={name} />
          ) : null}
        </Side>
        <Side title={review.ledgerName} party={ledger}>
          {ledger ? (
            <span className="line-clamp-2 font-medium break-words">
              {nameOf(ledger, row)}
              {ledger.link ? (
                <a
                  href={ledger.link}
                  className="ml-2 inline-flex items-center gap-1 font-normal text-primary underline-offset-4 hover:underline"
                >
                  Open
                  <span className="sr-only">
                    {" "}
                    {nameOf(ledger, row)} in {review.ledgerName}
                  </span>
                  <ExternalLink className="size-3.5" aria-hidden="true" />
                </a>
              ) : null}
            </span>
          ) : null}
        </Side>
      </div>
      {row.evidence ? (
        <p className="max-w-prose text-muted-foreground">{formatRecordWords(row.evidence)}</p>
      ) : null}
      {row.runnerUp ? (
        <p className="max-w-prose text-muted-foreground">
          <span className="font-medium">Runner-up:</span> {formatRecordWords(row.runnerUp)}
        </p>
      ) : row.status === "matched" ? (
        <p className="text-muted-foreground">No other comes near.</p>
      ) : null}
      {mayDecide && row.status === "matched" && source && ledger && review.phase === "open" ? (
        <MatchRowButtons
          runId={review.runId}
          recordType={row.recordType}
          sourceExternalId={source.externalId}
          ledgerExternalId={ledger.externalId}
          name={name}
          confirm={confirm}
          say={say}
        />
      ) : null}
    </li>
  );
}

const nameOf = (party: MatchParty | null, { recordType }: MatchRow): string =>
  party?.number || party?.label || `${RECORD_TYPE_NAMES[recordType].one} without a number`;

function Side({ title, party, children }: { title: string; party: MatchParty | null; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <span className="text-xs text-muted-foreground">In {title}</span>
      {party === null ? (
        <span className="text-muted-foreground">
          <span aria-hidden="true">–</span>
          <span className="sr-only">no record</span>
        </span>
      ) : (
        <>
          {children}
          {party.number && party.label ? (
            <span className="line-clamp-2 break-words">{party.label}</span>
          ) : null}
          {party.date || party.amount ? (
            <span className="flex flex-wrap gap-x-4 text-muted-foreground">
              {party.date ? <span>{formatDay(party.date)}</span> : null}
              {party.amount ? <Amount value={party.amount} /> : null}
            </span>
          ) : null}
        </>
      )}
    </div>
  );
}
