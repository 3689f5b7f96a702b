import { ExternalLink } from "lucide-react";
import Link from "next/link";
import { Amount } from "@/components/format/amount";
import { formatCount } from "@/components/format/format-amount";
import { LocalTime } from "@/components/format/local-time";
import { RecordName } from "@/components/records/record-name";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { LinkTabs } from "@/components/ui/tabs";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import {
  TIE_OUT_KIND_NAMES,
  TIE_OUT_KINDS,
  type TieOutKind,
  type TieOutWeight,
} from "@/lib/domain/views/tie-out-kind";
import type { TieOutFindingPage, TieOutFindingView, TieOutView } from "@/lib/domain/views/tie-out-view";
import { FindingActions, type FindingPresses } from "./finding-actions";
import { FIELD_WORDS, KIND_WORDS } from "./kind-words";
import { inNames, type SystemNames } from "./system-names";

/** A list of findings of some weights, narrowed by kind, with the one thing to do about each. */
export function TieOutFindings({
  id,
  title,
  description,
  slug,
  view,
  weights,
  page,
  names,
  kind,
  mayAct,
  presses,
  hrefFor,
  emptyWords,
}: {
  id: string;
  title: string;
  description: string;
  slug: string;
  view: TieOutView;
  weights: readonly TieOutWeight[];
  page: TieOutFindingPage;
  names: SystemNames;
  kind: TieOutKind | null;
  mayAct: boolean;
  presses: FindingPresses;
  hrefFor: (kind: TieOutKind | null, after?: string) => string;
  emptyWords: string | null;
}) {
  const present = TIE_OUT_KIND_NAMES.filter(
    (known) => weights.includes(TIE_OUT_KINDS[known].weight) && (view.counts[known] ?? 0) > 0,
  );
  if (present.length === 0 && emptyWords === null) return null;
  const all = present.reduce((sum, known) => sum + (view.counts[known] ?? 0), 0);
  return (
    <Card id={id} className="scroll-mt-6">
      <CardHeader>
        <CardTitle>{title}</CardTitle>
        <CardDescription>{present.length === 0 ? emptyWords : description}</CardDescription>
        {present.length > 1 ? (
          <div className="mt-2">
            <LinkTabs
              label={`${title}: narrow by reason`}
              tabs={[
                { label: "All", href: hrefFor(null), current: kind === null, count: formatCount(all) },
                ...present.map((known) => ({
                  label: inNames(KIND_WORDS[known].label, names),
                  href: hrefFor(known),
                  current: kind === known,
                  count: formatCount(view.counts[known] ?? 0),
                })),
              ]}
            />
          </div>
        ) : null}
      </CardHeader>
      <ul className="divide-y divide-border border-t border-border empty:hidden">
        {page.rows.map((row) => (
          <Finding
            key={row.findingId}
            slug={slug}
            row={row}
            names={names}
            mayAct={mayAct}
            presses={presses}
          />
        ))}
      </ul>
      {page.next ? (
        <div className="border-t border-border px-4 py-3 sm:px-6">
          <Button asChild variant="outline" size="small">
            <Link href={hrefFor(kind, page.next)}>Next page</Link>
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function Finding({
  slug,
  row,
  names,
  mayAct,
  presses,
}: {
  slug: string;
  row: TieOutFindingView;
  names: SystemNames;
  mayAct: boolean;
  presses: FindingPresses;
}) {
  const { label, tone, Icon } = KIND_WORDS[row.kind];
  const name = row.number || row.label;
  return (
    <li className="flex flex-col gap-2 px-4 py-3 text-sm sm:px-6">
      <div className="flex items-start justify-between gap-4">
        <div className="flex min-w-0 flex-col sm:flex-row sm:flex-wrap sm:items-baseline sm:gap-x-3">
          <RecordName slug={slug} recordType={row.recordType} externalId={row.sourceExternalId} name={name} />
          {row.number && row.label ? (
            <span className="line-clamp-2 break-words text-muted-foreground">{row.label}</span>
          ) : null}
          <span className="text-muted-foreground">
            {RECORD_TYPE_NAMES[row.recordType].one}
            {row.date ? <span className="whitespace-nowrap">, {row.date}</span> : null}
          </span>
        </div>
        <div className="flex shrink-0 flex-col items-end gap-1.5 sm:flex-row-reverse sm:items-baseline sm:gap-4">
          <span className="min-w-28 text-right font-medium">
            {row.amount ? <Amount value={row.amount} /> : null}
          </span>
          <Badge tone={tone}>
            <Icon aria-hidden="true" />
            {inNames(label, names)}
          </Badge>
        </div>
      </div>
      <p className="max-w-prose text-muted-foreground">{inNames(row.sentence, names)}</p>
      {row.fields.length > 0 ? <Fields row={row} names={names} /> : null}
      {row.changedSince ? (
        <p className="text-muted-foreground">
          The change in {names.ledger} was noticed at <LocalTime iso={row.changedSince} />.
        </p>
      ) : null}
      {row.accepted ? (
        <p className="text-muted-foreground">
          Accepted by {row.accepted.by} at <LocalTime iso={row.accepted.at} />.
        </p>
      ) : null}
      <div className="flex flex-wrap items-center gap-3 empty:hidden">
        {row.action === "openLedger" && row.ledgerUrl ? (
          <Button asChild variant="outline" size="small">
            <a href={row.ledgerUrl} rel="noreferrer" target="_blank">
              Open in {names.ledger}
              <ExternalLink aria-hidden="true" />
              <span className="sr-only"> ({name}, in a new window)</span>
            </a>
          </Button>
        ) : null}
        {row.action === "openExceptions" ? (
          <Button asChild variant="outline" size="small">
            <Link href={`/${slug}/exceptions`}>
              See what it waits for<span className="sr-only">: {name}</span>
            </Link>
          </Button>
        ) : null}
        {row.action === "retry" ? (
          <Button asChild variant="outline" size="small">
            <Link href={`/${slug}/runs`}>
              Make a preview<span className="sr-only"> for {name}</span>
            </Link>
          </Button>
        ) : null}
        {mayAct ? <FindingActions slug={slug} row={row} ledgerName={names.ledger} presses={presses} /> : null}
      </div>
    </li>
  );
}

function Fields({ row, names }: { row: TieOutFindingView; names: SystemNames }) {
  return (
    <dl className="grid max-w-3xl gap-x-6 gap-y-1 sm:grid-cols-[8rem_1fr_1fr]">
      {row.fields.map((field) => (
        <div key={field.field} className="contents">
          <dt className="font-medium">{FIELD_WORDS[field.field]}</dt>
          <dd className="break-words">
            <span className="text-muted-foreground">{names.source}: </span>
            {field.source || "nothing"}
          </dd>
          <dd className="break-words">
            <span className="text-muted-foreground">{names.ledger}: </span>
            {field.ledger || "nothing"}
          </dd>
        </div>
      ))}
    </dl>
  );
}
