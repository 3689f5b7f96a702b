import { Check } from "lucide-react";
import Link from "next/link";
import { Amount } from "@/components/format/amount";
import { formatCount, isZeroAmount } from "@/components/format/format-amount";
import { formatMonth } from "@/components/format/format-time";
import { recordTypeTitle } from "@/components/format/record-type-label";
import { Button } from "@/components/ui/button";
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
import type { RecordType } from "@/lib/domain/record-type";
import {
  FIGURE_DIMENSIONS,
  type FigureDimension,
  type FigureSort,
  type TieOutFigure,
  type TieOutFigurePage,
} from "@/lib/domain/views/tie-out-view";
import { MonthChart } from "./month-chart";
import { currenciesOf, monthTotals } from "./month-totals";
import type { SystemNames } from "./system-names";

const CHART_MONTHS_MAX = 12;

export interface FigureChoices {
  readonly dimension: FigureDimension;
  readonly type: RecordType;
  readonly sort: FigureSort;
}

const DIMENSION_WORDS: Readonly<Record<FigureDimension, string>> = {
  month: "Month",
  monthTax: "Month and tax",
  tax: "Tax rate",
  account: "Account",
  contact: "Contact",
  day: "Day",
  currency: "Currency",
  tracking: "Tracking",
};

/** Both sides under each month, account, contact and so on, for one kind of record at a time. */
export function TieOutFigures({
  names,
  recordTypes,
  choices,
  page,
  months,
  hrefFor,
}: {
  names: SystemNames;
  recordTypes: readonly RecordType[];
  choices: FigureChoices;
  page: TieOutFigurePage;
  /** The latest months of the chosen kind of record, for the picture. */
  months: readonly TieOutFigure[];
  hrefFor: (choices: Partial<FigureChoices>, after?: string) => string;
}) {
  if (recordTypes.length === 0) return null;
  const { dimension, type, sort } = choices;
  const [currency] = currenciesOf(months);
  const title = `${recordTypeTitle(type)} by ${DIMENSION_WORDS[dimension].toLowerCase()}`;
  return (
    <Card id="figures" className="scroll-mt-6">
      <CardHeader>
        <CardTitle>Figures side by side</CardTitle>
        <CardDescription>
          What {names.source} says by the accounts that you confirmed, next to what {names.ledger} shows. A
          difference comes from rounding lines and from the records named above.
        </CardDescription>
        <div className="mt-2 flex flex-col gap-2">
          <LinkTabs
            label="Kind of record"
            tabs={recordTypes.map((one) => ({
              label: recordTypeTitle(one),
              href: hrefFor({ type: one }),
              current: one === type,
            }))}
          />
          <LinkTabs
            label="Figures by"
            tabs={FIGURE_DIMENSIONS.map((one) => ({
              label: DIMENSION_WORDS[one],
              href: hrefFor({ dimension: one, sort: one === "month" ? "latest" : "key" }),
              current: one === dimension,
            }))}
          />
          <LinkTabs
            label="Order"
            tabs={SORTS.map(({ key, label }) => ({
              label,
              href: hrefFor({ sort: key }),
              current: key === sort,
            }))}
          />
        </div>
      </CardHeader>
      {currency && dimension === "month" ? (
        <CardContent>
          <MonthChart
            totals={monthTotals(months, currency, CHART_MONTHS_MAX)}
            currency={currency}
            sourceName={names.source}
            ledgerName={names.ledger}
          />
        </CardContent>
      ) : null}
      {page.rows.length === 0 ? (
        <CardContent className="text-sm text-muted-foreground">
          There is nothing to show by {DIMENSION_WORDS[dimension].toLowerCase()}.
        </CardContent>
      ) : (
        <>
          <div className="hidden border-t border-border pb-2 md:block">
            <FigureTable names={names} title={title} rows={page.rows} dimension={dimension} />
          </div>
          <ul className="divide-y divide-border border-t border-border md:hidden">
            {page.rows.map((row) => (
              <FigureCard key={rowKey(row)} names={names} row={row} dimension={dimension} />
            ))}
          </ul>
        </>
      )}
      {page.next ? (
        <div className="border-t border-border px-4 py-3 sm:px-6">
          <Button asChild variant="outline" size="small">
            <Link href={hrefFor({}, page.next)}>Next page</Link>
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

const SORTS: readonly { readonly key: FigureSort; readonly label: string }[] = [
  { key: "key", label: "In order" },
  { key: "latest", label: "Last first" },
  { key: "gap", label: "Largest difference first" },
];

const rowKey = (row: TieOutFigure): string => `${row.key} ${row.currency}`;

function labelOf(row: TieOutFigure, dimension: FigureDimension): string {
  if (dimension === "month") return formatMonth(row.key);
  if (dimension === "monthTax") return `${formatMonth(row.key.slice(0, row.key.indexOf(" ")))}, ${row.label}`;
  return row.label || "No name";
}

function FigureTable({
  names,
  title,
  rows,
  dimension,
}: {
  names: SystemNames;
  title: string;
  rows: readonly TieOutFigure[];
  dimension: FigureDimension;
}) {
  return (
    <Table label={title}>
      <TableHeader>
        <TableRow>
          <TableHead>{DIMENSION_WORDS[dimension]}</TableHead>
          <TableHead className="text-right">{names.source}: records</TableHead>
          <TableHead className="text-right">net</TableHead>
          <TableHead className="text-right">tax</TableHead>
          <TableHead className="text-right">{names.ledger}: records</TableHead>
          <TableHead className="text-right">net</TableHead>
          <TableHead className="text-right">tax</TableHead>
          <TableHead className="text-right">Difference</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={rowKey(row)}>
            <TableRowHead className="max-w-64 break-words">{labelOf(row, dimension)}</TableRowHead>
            <TableCell className={figureClasses}>{formatCount(row.source.count)}</TableCell>
            <TableCell className={figureClasses}>
              <Amount value={row.source.net} />
            </TableCell>
            <TableCell className={figureClasses}>
              <Amount value={row.source.tax} />
            </TableCell>
            <TableCell className={figureClasses}>{formatCount(row.ledger.count)}</TableCell>
            <TableCell className={figureClasses}>
              <Amount value={row.ledger.net} />
            </TableCell>
            <TableCell className={figureClasses}>
              <Amount value={row.ledger.tax} />
            </TableCell>
            <TableCell className={figureClasses}>
              <Difference row={row} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** The same row on a phone. */
function FigureCard({
  names,
  row,
  dimension,
}: {
  names: SystemNames;
  row: TieOutFigure;
  dimension: FigureDimension;
}) {
  const sides = [
    { name: names.source, side: row.source },
    { name: names.ledger, side: row.ledger },
  ];
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3 text-sm sm:px-6">
      <div className="flex items-baseline justify-between gap-4">
        <span className="min-w-0 font-medium break-words">{labelOf(row, dimension)}</span>
        <Difference row={row} />
      </div>
      <dl className="flex flex-col gap-0.5">
        {sides.map(({ name, side }) => (
          <div key={name} className="flex flex-wrap items-baseline justify-between gap-x-4">
            <dt className="min-w-0 text-muted-foreground">
              {name}, {formatCount(side.count)}
            </dt>
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

function Difference({ row }: { row: TieOutFigure }) {
  if (!isZeroAmount(row.difference)) return <Amount value={row.difference} />;
  return (
    <span className="inline-flex items-center gap-1 text-success">
      <Check className="size-4" aria-hidden="true" />
      <span className="sr-only">Agrees</span>
    </span>
  );
}
