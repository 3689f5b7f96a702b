import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Amount } from "@/components/format/amount";
import { formatCount } from "@/components/format/format-amount";
import { LocalTime } from "@/components/format/local-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import type { ExceptionRow } from "@/lib/domain/views/exception-view";
import { BringBackButton, DismissButton, RetryButton } from "./remedy-buttons";

/** Exceptions record by record: the ledger's own words one click below, and what can be done about each. */
export function ExceptionRowsList({
  rows,
  path,
  ledger,
}: {
  rows: readonly ExceptionRow[];
  path: string;
  ledger: string;
}) {
  return (
    <ul className="divide-y divide-border border-t border-border">
      {rows.map((row) => (
        <ExceptionRecord key={row.exceptionId} row={row} path={path} ledger={ledger} />
      ))}
    </ul>
  );
}

function ExceptionRecord({ row, path, ledger }: { row: ExceptionRow; path: string; ledger: string }) {
  const name = row.number || row.label;
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3 text-sm sm:px-6">
      <div className="flex items-baseline justify-between gap-4">
        <div className="flex min-w-0 flex-col gap-y-0.5 sm:flex-row sm:flex-wrap sm:items-baseline sm:gap-x-3">
          <Link
            href={`${path}/${row.exceptionId}`}
            className="line-clamp-2 font-medium break-words text-primary underline-offset-4 hover:underline"
          >
            {name}
          </Link>
          {row.number && row.label ? (
            <span className="line-clamp-2 break-words text-muted-foreground">{row.label}</span>
          ) : null}
          <span className="text-muted-foreground">{RECORD_TYPE_NAMES[row.recordType].one}</span>
          {row.isAskedAgain ? <Badge tone="primary">To be tried again</Badge> : null}
        </div>
        {row.amount ? <Amount value={row.amount} className="font-medium" /> : null}
      </div>
      {row.dismissal ? (
        <p className="max-w-prose text-muted-foreground">
          “{row.dismissal.reason}” {row.dismissal.by}, <LocalTime iso={row.dismissal.at} />
        </p>
      ) : null}
      <details className="group text-muted-foreground">
        <summary className="inline-flex w-fit items-center gap-1 hover:text-foreground">
          <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden="true" />
          {row.vendorMessage ? `What ${ledger} said` : "Details"}
          <span className="sr-only"> about {name}</span>
        </summary>
        <div className="mt-2 flex max-w-prose flex-col items-start gap-2 border-l-2 border-border pl-3">
          <p>{row.message}</p>
          {row.vendorMessage ? (
            <p className="font-mono text-xs break-words">{row.vendorMessage}</p>
          ) : (
            <p>{ledger} was not asked: Tieout saw it beforehand.</p>
          )}
          <p>
            Since <LocalTime iso={row.since} />
            {row.attempts > 0
              ? `, sent ${formatCount(row.attempts)} ${row.attempts === 1 ? "time" : "times"}.`
              : "."}
          </p>
          <div className="flex flex-wrap gap-2 text-foreground">
            <Button asChild variant="outline" size="small">
              <Link href={`${path}/${row.exceptionId}`}>
                {row.attempts > 0 ? "What was sent, and change it" : "Change it"}
                <span className="sr-only">: {name}</span>
              </Link>
            </Button>
            <RowButtons row={row} name={name} />
          </div>
        </div>
      </details>
    </li>
  );
}

function RowButtons({ row, name }: { row: ExceptionRow; name: string }) {
  const filter = { exceptionIds: [row.exceptionId] };
  if (row.dismissal) return <BringBackButton filter={filter} about={name} />;
  return (
    <>
      <RetryButton filter={filter} about={name} />
      <DismissButton filter={filter} about={name}>
        {name} is not posted from now on. The tie-out shows your reason and your name; it comes back when it
        changes in the source.
      </DismissButton>
    </>
  );
}
