import { Check } from "lucide-react";
import { Amount } from "@/components/format/amount";
import { isZeroAmount } from "@/components/format/format-amount";
import { formatMonth } from "@/components/format/format-time";
import { recordTypeTitle } from "@/components/format/record-type-label";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
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
import { LinkTabs } from "@/components/ui/tabs";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import type { TieOutMonthLine, TieOutView } from "@/lib/domain/views/tie-out-view";
import { MonthChart } from "./month-chart";
import { currenciesOf, monthTotals } from "./month-totals";
import type { SystemNames } from "./system-names";

const CHART_MONTHS_MAX = 12;

/** By month and tax rate, for one kind of record at a time. */
export function TieOutMonths({
  view,
  names,
  chosen,
  hrefFor,
}: {
  view: TieOutView;
  names: SystemNames;
  chosen: RecordType | null;
  hrefFor: (recordType: RecordType) => string;
}) {
  const recordTypes = RECORD_TYPES.filter((type) => view.byMonth.some((line) => line.recordType === type));
  const recordType = recordTypes.find((type) => type === (chosen ?? "invoice")) ?? recordTypes[0];
  if (!recordType) return null;
  const lines = view.byMonth.filter((line) => line.recordType === recordType);
  return (
    <Card id="months" className="scroll-mt-6">
      <CardHeader>
        <CardTitle>By month and tax rate</CardTitle>
        <CardDescription>
          Differences here come from rounding lines and from records named further down; anything else would
          be counted as unexplained.
        </CardDescription>
        <div className="mt-2">
          <LinkTabs
            label="Kind of record"
            tabs={recordTypes.map((type) => ({
              label: recordTypeTitle(type),
              href: hrefFor(type),
              current: type === recordType,
            }))}
          />
        </div>
      </CardHeader>
      <CardContent className="flex flex-col gap-6">
        {currenciesOf(lines, recordType)
          .slice(0, 1)
          .map((currency) => (
            <MonthChart
              key={currency}
              totals={monthTotals(lines, recordType, currency, CHART_MONTHS_MAX)}
              currency={currency}
              sourceName={names.source}
              ledgerName={names.ledger}
            />
          ))}
      </CardContent>
      <div className="hidden border-t border-border pb-2 md:block">
        <MonthTable names={names} title={recordTypeTitle(recordType)} lines={lines} />
      </div>
      <ul className="divide-y divide-border border-t border-border md:hidden">
        {lines.map((line) => (
          <MonthCard key={lineKey(line)} names={names} line={line} />
        ))}
      </ul>
    </Card>
  );
}

const lineKey = (line: TieOutMonthLine): string => `${line.month} ${line.currency} ${line.taxRate}`;

function MonthTable({
  names,
  title,
  lines,
}: {
  names: SystemNames;
  title: string;
  lines: readonly TieOutMonthLine[];
}) {
  return (
    <Table label={`${title} by month and tax rate`}>
      <TableHeader>
        <TableRow>
          <TableHead>Month</TableHead>
          <TableHead>Tax rate</TableHead>
          <TableHead className="text-right">{names.source}: net</TableHead>
          <TableHead className="text-right">tax</TableHead>
          <TableHead className="text-right">{names.ledger}: net</TableHead>
          <TableHead className="text-right">tax</TableHead>
          <TableHead className="text-right">Difference</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {lines.map((line) => (
          <TableRow key={lineKey(line)}>
            <TableRowHead className="whitespace-nowrap">{formatMonth(line.month)}</TableRowHead>
            <TableCell className="whitespace-nowrap text-muted-foreground">{rateWords(line)}</TableCell>
            {[line.source.net, line.source.tax, line.ledger.net, line.ledger.tax].map((value, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: four cells that never move
              <TableCell key={index} className={figureClasses}>
                <Amount value={value} />
              </TableCell>
            ))}
            <TableCell className={figureClasses}>
              <Difference line={line} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** The same line on a phone. */
function MonthCard({ names, line }: { names: SystemNames; line: TieOutMonthLine }) {
  const sides = [
    { name: names.source, side: line.source },
    { name: names.ledger, side: line.ledger },
  ];
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3 text-sm sm:px-6">
      <div className="flex items-baseline justify-between gap-4">
        <span className="font-medium">
          {formatMonth(line.month)}
          <span className="ml-2 font-normal text-muted-foreground">{rateWords(line)}</span>
        </span>
        <Difference line={line} />
      </div>
      <dl className="flex flex-col gap-0.5">
        {sides.map(({ name, side }) => (
          <div key={name} className="flex flex-wrap items-baseline justify-between gap-x-4">
            <dt className="min-w-0 text-muted-foreground">{name}</dt>
            <dd className="ml-auto whitespace-nowrap">
              <Amount value={side.net} />
              {isZeroAmount(side.tax) ? null : (
                <span className="text-muted-foreground">
                  {" + "}
                  <Amount value={side.tax} /> tax
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

const rateWords = (line: TieOutMonthLine): string => line.taxRate || "No tax";

function Difference({ line }: { line: TieOutMonthLine }) {
  if (!isZeroAmount(line.difference)) return <Amount value={line.difference} />;
  return (
    <span className="inline-flex items-center gap-1 text-success">
      <Check className="size-4" aria-hidden="true" />
      <span className="sr-only">Agrees</span>
    </span>
  );
}
