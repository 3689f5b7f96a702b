import { Check, CircleAlert } from "lucide-react";
import { Amount } from "@/components/format/amount";
import { formatCount, isZeroAmount } from "@/components/format/format-amount";
import { recordTypeTitle } from "@/components/format/record-type-label";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import {
  figureClasses,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  TableRowHead,
} from "@/components/ui/table";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import type { TieOutSum, TieOutTypeLine, TieOutView } from "@/lib/domain/views/tie-out-view";
import type { SystemNames } from "./system-names";

const PARTS = ["source", "ledger", "excluded", "exceptions", "waiting", "accepted", "discrepancies"] as const;
type Part = (typeof PARTS)[number];
/** Columns that are there only where something is in them. */
const SELDOM: ReadonlySet<Part> = new Set(["waiting", "accepted"]);

/** A line a kind of record and currency: the source on the left, and everything it is made of to its right. */
export function TieOutTypes({ view, names }: { view: TieOutView; names: SystemNames }) {
  const lines = [...view.byType].sort(byKindAndCurrency);
  const shown = PARTS.filter((part) => !SELDOM.has(part) || lines.some((line) => hasAny(line[part])));
  const titles: Readonly<Record<Part, string>> = {
    source: names.source,
    ledger: names.ledger,
    excluded: "Left out by rule",
    exceptions: "Need you",
    waiting: "Not posted yet",
    accepted: "Accepted",
    discrepancies: "Unexplained",
  };
  return (
    <Card>
      <CardHeader>
        <CardTitle>By kind of record</CardTitle>
        <CardDescription>
          Each line adds up: what {names.source} has is what {names.ledger} has, plus what a rule leaves out,
          plus what needs you, plus anything unexplained.
        </CardDescription>
      </CardHeader>
      <div className="hidden pb-2 md:block">
        <Table label="Source and ledger by kind of record">
          <TableHeader>
            <TableRow>
              <TableHead>Kind</TableHead>
              {shown.map((part) => (
                <TableHead key={part} className="max-w-40 text-right whitespace-normal">
                  {titles[part]}
                </TableHead>
              ))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {lines.map((line) => (
              <TableRow key={lineKey(line)}>
                <TableRowHead>
                  <LineName line={line} />
                </TableRowHead>
                {shown.map((part) => (
                  <TableCell key={part} className={figureClasses}>
                    <Sum line={line} part={part} />
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      <ul className="divide-y divide-border border-t border-border md:hidden">
        {lines.map((line) => (
          <li key={lineKey(line)} className="flex flex-col gap-2 px-4 py-4 text-sm sm:px-6">
            <span className="font-medium">
              <LineName line={line} />
            </span>
            <dl className="flex flex-col gap-1.5">
              {shown
                .filter((part) => part === "source" || part === "ledger" || hasAny(line[part]))
                .map((part) => (
                  <div key={part} className="flex flex-wrap items-baseline justify-between gap-x-4">
                    <dt className="min-w-0 text-muted-foreground">{titles[part]}</dt>
                    <dd className={cn(figureClasses, "ml-auto")}>
                      <Sum line={line} part={part} inline />
                    </dd>
                  </div>
                ))}
            </dl>
            {!hasAny(line.discrepancies) ? <Agrees words="Nothing unexplained" /> : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Kinds in the order of their dependence, which is how an owner meets them; currencies by their code. */
const byKindAndCurrency = (first: TieOutTypeLine, second: TieOutTypeLine): number =>
  RECORD_TYPES.indexOf(first.recordType) - RECORD_TYPES.indexOf(second.recordType) ||
  (first.currency ?? "").localeCompare(second.currency ?? "");

const hasAny = (sum: TieOutSum): boolean => sum.count > 0 || (sum.total !== null && !isZeroAmount(sum.total));

const lineKey = (line: TieOutTypeLine): string => `${line.recordType} ${line.currency ?? ""}`;

function LineName({ line }: { line: TieOutTypeLine }) {
  return (
    <>
      {recordTypeTitle(line.recordType)}
      {line.currency ? (
        <span className="ml-1.5 font-normal text-muted-foreground">{line.currency}</span>
      ) : null}
    </>
  );
}

function Sum({ line, part, inline = false }: { line: TieOutTypeLine; part: Part; inline?: boolean }) {
  const sum: TieOutSum = line[part];
  if (part === "discrepancies") return hasAny(sum) ? <Unexplained sum={sum} /> : <Agrees />;
  if (!hasAny(sum)) return <span className="text-muted-foreground">0</span>;
  const tied = part === "ledger" && !hasAny(line.discrepancies);
  const figure = sum.total ? <Amount value={sum.total} /> : formatCount(sum.count);
  return (
    <span className={cn("inline-flex items-end", inline ? "flex-row-reverse gap-2" : "flex-col gap-0.5")}>
      <span className={cn(tied && "rule-double")}>{figure}</span>
      {sum.total ? (
        <span className="text-xs text-muted-foreground">
          {formatCount(sum.count)} {sum.count === 1 ? "record" : "records"}
        </span>
      ) : null}
    </span>
  );
}

function Agrees({ words = "None" }: { words?: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-success">
      <Check className="size-4" aria-hidden="true" />
      {words}
    </span>
  );
}

function Unexplained({ sum }: { sum: TieOutSum }) {
  return (
    <span className="inline-flex flex-col items-end gap-0.5 font-medium text-destructive">
      <span className="inline-flex items-center gap-1.5">
        <CircleAlert className="size-4" aria-hidden="true" />
        {sum.total ? <Amount value={sum.total} /> : formatCount(sum.count)}
      </span>
      {sum.total ? (
        <span className="text-xs font-normal">
          {formatCount(sum.count)} {sum.count === 1 ? "record" : "records"}
        </span>
      ) : null}
    </span>
  );
}
