import Link from "next/link";
import { Amount } from "@/components/format/amount";
import { formatCount } from "@/components/format/format-amount";
import { LocalTime } from "@/components/format/local-time";
import { APPROVAL_WORDS } from "@/components/preview/approval-words";
import { Badge } from "@/components/ui/badge";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import type { ApprovalRow, ApprovalsView } from "@/lib/domain/views/approval-view";
import { type Decide, DecisionForm } from "./decision-form";

/** What waits for a second person, largest first, each with the two answers. */
export function WaitingApprovals({
  slug,
  view,
  decide,
}: {
  slug: string;
  view: ApprovalsView;
  decide: Decide;
}) {
  const { waiting, waitingCount } = view;
  return (
    <Card>
      <CardHeader>
        <CardTitle>
          {waitingCount === 0
            ? "Nothing waits for approval"
            : `${formatCount(waitingCount)} ${waitingCount === 1 ? "waits" : "wait"} for approval`}
        </CardTitle>
        <CardDescription>
          {view.refusal ??
            "Whoever confirmed the set-up, changed the record here or started the run cannot also approve it."}
          {waiting.length < waitingCount ? ` The largest ${waiting.length} are shown.` : ""}
        </CardDescription>
      </CardHeader>
      {waiting.length > 0 ? (
        <ul className="divide-y divide-border border-t border-border">
          {waiting.map((row) => (
            <li key={row.approvalId} className="flex flex-col gap-4 px-4 py-5 sm:px-6">
              <ApprovalHead slug={slug} row={row} />
              {view.refusal === null ? (
                row.refusal === null ? (
                  <DecisionForm approvalId={row.approvalId} name={nameOf(row)} decide={decide} />
                ) : (
                  <p className="max-w-prose text-sm text-muted-foreground">{row.refusal}</p>
                )
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}

/** The last decisions, newest first: who said what, and why. */
export function DecidedApprovals({ slug, rows }: { slug: string; rows: readonly ApprovalRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Decided</CardTitle>
      </CardHeader>
      <ul className="divide-y divide-border border-t border-border">
        {rows.map((row) => (
          <li key={row.approvalId} className="flex flex-col gap-1.5 px-4 py-3 text-sm sm:px-6">
            <ApprovalHead slug={slug} row={row} />
            <p className="text-muted-foreground">
              {row.decidedBy}
              {row.decidedAt ? (
                <>
                  , <LocalTime iso={row.decidedAt} />
                </>
              ) : null}
              {row.note ? `: ${row.note}` : ""}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ApprovalHead({ slug, row }: { slug: string; row: ApprovalRow }) {
  const { label, tone } = APPROVAL_WORDS[row.state];
  const query = row.number ? `?search=${encodeURIComponent(row.number)}#records` : "";
  return (
    <div className="flex items-start justify-between gap-4 text-sm">
      <div className="flex min-w-0 flex-col gap-0.5">
        <Link
          href={`/${slug}/preview/${row.runId}${query}`}
          className="font-medium break-words text-primary underline underline-offset-4"
        >
          {nameOf(row)}
        </Link>
        <span className="break-words text-muted-foreground">
          {row.label}
          {row.label ? ", " : ""}asked <LocalTime iso={row.requestedAt} />
        </span>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1">
        <Amount value={row.amount} className="text-base font-semibold" />
        {row.base ? <Amount value={row.base} className="text-muted-foreground" /> : null}
        {row.state === "waiting" ? null : <Badge tone={tone}>{label}</Badge>}
      </div>
    </div>
  );
}

const nameOf = (row: ApprovalRow): string =>
  row.recordType === null
    ? "A whole run"
    : `${capitalise(RECORD_TYPE_NAMES[row.recordType].one)} ${row.number}`.trim();

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
