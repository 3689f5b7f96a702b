import { Wrench } from "lucide-react";
import { Amount } from "@/components/format/amount";
import { formatCount } from "@/components/format/format-amount";
import { LocalTime } from "@/components/format/local-time";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent } from "@/components/ui/card";
import type { ExceptionDetailView } from "@/lib/domain/views/exception-view";
import { ActionLink } from "./group-remedy";
import { BringBackButton, DismissButton, OpenDayButton, RetryButton } from "./remedy-buttons";
import { WhyLink } from "./why-link";

/** What is the matter with one record and what can be done about it. */
export function ExceptionSummary({ view }: { view: ExceptionDetailView }) {
  const filter = { exceptionIds: [view.exceptionId] };
  const isOpen = view.state === "open";
  const name = view.number || view.label;
  return (
    <Card>
      <CardContent className="flex flex-col gap-4 pt-5 sm:pt-6">
        <div className="flex flex-wrap items-center gap-2">
          <Badge tone={isOpen ? "warning" : "neutral"}>{isOpen ? "Waits for you" : "Dismissed"}</Badge>
          {view.isAskedAgain ? <Badge tone="primary">To be tried again</Badge> : null}
          {view.amount ? <Amount value={view.amount} className="text-sm font-medium" /> : null}
        </div>
        <h2 className="max-w-prose text-base font-semibold break-words">{view.message}</h2>
        {isOpen ? (
          <p className="flex max-w-prose items-start gap-2 text-sm">
            <Wrench className="mt-0.5 size-4 shrink-0 text-muted-foreground" aria-hidden="true" />
            <span>
              <span className="sr-only">What to do: </span>
              {view.remedy} <WhyLink cause={view.cause} about={view.message} />
            </span>
          </p>
        ) : null}
        {view.dismissal ? (
          <p className="max-w-prose text-sm text-muted-foreground">
            Left out: “{view.dismissal.reason}” {view.dismissal.by}, <LocalTime iso={view.dismissal.at} />
          </p>
        ) : null}
        <p className="text-sm text-muted-foreground">
          Since <LocalTime iso={view.since} />
          {view.attempts > 0
            ? `, sent to ${view.names.ledger} ${formatCount(view.attempts)} ${view.attempts === 1 ? "time" : "times"}.`
            : "."}
        </p>
        <div className="flex flex-wrap items-center gap-2">
          {isOpen ? (
            <>
              {view.canMoveToOpenDay ? <OpenDayButton filter={filter} /> : null}
              <RetryButton filter={filter} />
              {view.action ? <ActionLink {...view.action} /> : null}
              {view.ledgerLink ? (
                <ActionLink label={`Open in ${view.names.ledger}`} href={view.ledgerLink} />
              ) : null}
              <DismissButton filter={filter}>
                {name} is not posted from now on. The tie-out shows your reason and your name; it comes back
                when it changes in the source.
              </DismissButton>
            </>
          ) : (
            <BringBackButton filter={filter} />
          )}
        </div>
      </CardContent>
    </Card>
  );
}
