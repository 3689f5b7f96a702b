import { ArrowRight, ChevronRight, Wrench } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Amount } from "@/components/format/amount";
import { formatCount } from "@/components/format/format-amount";
import { LocalTime } from "@/components/format/local-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import type { ExceptionGroupView, ExceptionRow } from "@/lib/domain/views/exception-view";

/** What waits for a person, by cause: one remedy a group, then the records that it frees. */
export function ExceptionGroups({ groups }: { groups: readonly ExceptionGroupView[] }) {
  return (
    <ul className="flex flex-col gap-5">
      {groups.map((group) => (
        <li key={`${group.cause} ${group.subject}`}>
          <ExceptionGroup group={group} />
        </li>
      ))}
    </ul>
  );
}

function ExceptionGroup({ group }: { group: ExceptionGroupView }) {
  return (
    <Card>
      <div className="flex flex-col gap-4 px-4 py-5 sm:px-6 lg:flex-row lg:items-start lg:justify-between">
        <div className="flex flex-col gap-2">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <h2 className="line-clamp-4 text-base font-semibold break-words">{group.message}</h2>
            <Badge tone="warning">
              {formatCount(group.total)} {group.total === 1 ? "record waits" : "records wait"}
            </Badge>
          </div>
          <p className="flex max-w-prose items-start gap-2 text-sm">
            <Wrench className="mt-0.5 size-4 shrink-0 text-muted-foreground" aria-hidden="true" />
            <span>
              <span className="sr-only">What to do: </span>
              {group.remedy}
            </span>
          </p>
        </div>
        {group.action ? (
          <Button asChild variant="outline" className="w-full sm:w-auto sm:self-start">
            <ActionLink href={group.action.href}>
              {group.action.label}
              <ArrowRight aria-hidden="true" />
            </ActionLink>
          </Button>
        ) : null}
      </div>
      <ul className="divide-y divide-border border-t border-border">
        {group.rows.map((row) => (
          <ExceptionRecord key={row.exceptionId} row={row} />
        ))}
      </ul>
      {group.total > group.rows.length ? (
        <p className="border-t border-border px-4 py-3 text-sm text-muted-foreground sm:px-6">
          And {formatCount(group.total - group.rows.length)} more with the same remedy.
        </p>
      ) : null}
    </Card>
  );
}

function ActionLink({ href, children, ...props }: { href: string; children: ReactNode; className?: string }) {
  return href.startsWith("/") ? (
    <Link href={href} {...props}>
      {children}
    </Link>
  ) : (
    <a href={href} {...props}>
      {children}
    </a>
  );
}

function ExceptionRecord({ row }: { row: ExceptionRow }) {
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3 text-sm sm:px-6">
      <div className="flex items-baseline justify-between gap-4">
        <div className="flex min-w-0 flex-col sm:flex-row sm:flex-wrap sm:gap-x-3">
          <span className="line-clamp-2 font-medium break-words">{row.number || row.label}</span>
          {row.number && row.label ? (
            <span className="line-clamp-2 break-words text-muted-foreground">{row.label}</span>
          ) : null}
          <span className="text-muted-foreground">{RECORD_TYPE_NAMES[row.recordType].one}</span>
        </div>
        {row.amount ? <Amount value={row.amount} className="font-medium" /> : null}
      </div>
      <details className="group text-muted-foreground">
        <summary className="inline-flex w-fit items-center gap-1 hover:text-foreground">
          <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden="true" />
          {row.vendorMessage ? "What Xero said" : "Details"}
          <span className="sr-only"> about {row.number || row.label}</span>
        </summary>
        <div className="mt-2 flex max-w-prose flex-col gap-1 border-l-2 border-border pl-3">
          <p>{row.message}</p>
          {row.vendorMessage ? (
            <p className="font-mono text-xs break-words">{row.vendorMessage}</p>
          ) : (
            <p>Xero was not asked: Tieout saw it beforehand.</p>
          )}
          <p>
            Since <LocalTime iso={row.since} />, tried {formatCount(row.attempts)}{" "}
            {row.attempts === 1 ? "time" : "times"}.
          </p>
        </div>
      </details>
    </li>
  );
}
