import { CircleAlert, CircleCheck, Download, Scale } from "lucide-react";
import Link from "next/link";
import { formatCount } from "@/components/format/format-amount";
import { LocalTime } from "@/components/format/local-time";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import type { TieOutPoint, TieOutView } from "@/lib/domain/views/tie-out-view";
import { CompareNow } from "./compare-now";
import { ScoreTrend } from "./score-trend";
import type { SystemNames } from "./system-names";

/** The answer first: do the two agree, as of when, and what explains the rest. */
export function TieOutVerdict({
  slug,
  view,
  names,
  trend,
  request,
}: {
  slug: string;
  view: TieOutView;
  names: SystemNames;
  trend: readonly TieOutPoint[];
  /** Null for those who may only look. */
  request: (() => Promise<ActionResult<{ requestedAt: string }>>) | null;
}) {
  const waiting = view.counts.exception ?? 0;
  const agrees = view.discrepancies === 0;
  const Icon = agrees ? CircleCheck : CircleAlert;
  return (
    <Card className="flex flex-col gap-5 p-5 sm:p-8">
      <div className="flex flex-col gap-4 sm:flex-row sm:gap-5">
        <span
          className={cn(
            "grid size-12 shrink-0 place-items-center rounded-full",
            agrees ? "bg-success-soft text-success" : "bg-destructive-soft text-destructive",
          )}
        >
          <Icon className="size-6" aria-hidden="true" />
        </span>
        <div className="flex flex-col gap-2">
          <p className={cn("text-sm font-medium", agrees ? "text-success" : "text-destructive")}>
            {agrees
              ? "Ties out to the cent"
              : `${formatCount(view.discrepancies)} unexplained ${view.discrepancies === 1 ? "difference" : "differences"}`}
          </p>
          <h1 className="max-w-[32ch] text-2xl leading-tight font-semibold text-balance sm:text-3xl">
            {view.headline}
          </h1>
          <p className="flex items-start gap-2 text-sm text-muted-foreground">
            <Scale className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
            <span>
              {systemWords(names.source, view.sourceName)} against{" "}
              {systemWords(names.ledger, view.ledgerName)}, as of <LocalTime iso={view.asOf} />
              {view.scope === "changed" ? (
                <>
                  . Read for it was what changed; every record was last read at{" "}
                  <LocalTime iso={view.wholeAsOf} />
                </>
              ) : null}
            </span>
          </p>
          {waiting > 0 ? (
            <Link
              href={`/${slug}/exceptions`}
              className="mt-1 inline-flex items-center gap-1.5 text-sm text-primary underline underline-offset-4"
            >
              See what {formatCount(waiting)} {waiting === 1 ? "record waits" : "records wait"} for
            </Link>
          ) : null}
        </div>
      </div>
      <div className="grid gap-5 border-t border-border pt-5 sm:grid-cols-[1fr_14rem]">
        <Score view={view} />
        <ScoreTrend points={trend} />
      </div>
      <div className="flex flex-wrap items-start gap-3 print:hidden">
        {request ? <CompareNow request={request} /> : null}
        <Button asChild variant="outline" size="small">
          <a href={`/${slug}/reconciliation/export`} download>
            <Download aria-hidden="true" />
            Export to Excel
          </a>
        </Button>
        <Button asChild variant="outline" size="small">
          <a href={`/${slug}/reconciliation/pdf`} download>
            <Download aria-hidden="true" />
            Download as PDF
          </a>
        </Button>
      </div>
    </Card>
  );
}

/** The score with the formula that it comes from. */
function Score({ view: { score } }: { view: TieOutView }) {
  if (score.percent === null) return null;
  return (
    <div className="flex flex-col gap-1">
      <p className="text-sm text-muted-foreground">Consistency score</p>
      <p className="text-2xl font-semibold tabular-nums">{score.percent} %</p>
      <p className="max-w-prose text-sm text-muted-foreground">
        {formatCount(score.agreeing)} records agree, of {formatCount(score.expected)} that should. Each counts
        one, whatever its amount; what a rule or a person left out counts on neither side.
      </p>
    </div>
  );
}

/** "Zoho Books (Harbour Gifts Ltd)"; once where both are the same. */
const systemWords = (program: string, organisation: string): string =>
  program === organisation ? program : `${program} (${organisation})`;
