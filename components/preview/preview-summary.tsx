import { Amount } from "@/components/format/amount";
import { formatCount } from "@/components/format/format-amount";
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
import type { PreviewTypeView, PreviewView, RunKind } from "@/lib/domain/views/run-view";
import { countVerb, VERBS, verbLabel } from "./verb-words";

/** Counts by record type and verb; verbs that nothing falls under take no column. */
export function PreviewSummary({ view }: { view: PreviewView }) {
  const verbs = VERBS.filter((verb) => countVerb(view, verb) > 0);
  const lines = view.byType.filter((line) => VERBS.some((verb) => line.counts[verb] > 0));
  return (
    <Card>
      <CardHeader>
        <CardTitle>What will happen, by kind of record</CardTitle>
        <CardDescription>
          Every record that {view.kind === "undo" ? "the run wrote" : "was read"} stands in exactly one column
          {view.kind === "undo" && countVerb(view, "create") > 0
            ? "; what is new takes back what lies in a closed period"
            : ""}
          .
        </CardDescription>
      </CardHeader>
      <div className="hidden pb-2 sm:block">
        <Table label="Records by kind and what happens to them">
          <TableHeader>
            <TableRow>
              <TableHead>Kind</TableHead>
              {verbs.map((verb) => (
                <TableHead key={verb} className="text-right">
                  {verbLabel(view.kind, verb)}
                </TableHead>
              ))}
              <TableHead className="text-right">{view.kind === "undo" ? "Goes" : "New"}, in total</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {lines.map((line) => (
              <TableRow key={line.recordType}>
                <TableRowHead>{recordTypeTitle(line.recordType)}</TableRowHead>
                {verbs.map((verb) => (
                  <TableCell
                    key={verb}
                    className={cn(figureClasses, line.counts[verb] === 0 && "text-muted-foreground")}
                  >
                    {formatCount(line.counts[verb])}
                  </TableCell>
                ))}
                <TableCell className={figureClasses}>
                  <WrittenTotals line={line} kind={view.kind} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      <ul className="divide-y divide-border border-t border-border sm:hidden">
        {lines.map((line) => (
          <li key={line.recordType} className="flex flex-col gap-2 px-4 py-3.5 text-sm">
            <div className="flex items-baseline justify-between gap-3">
              <span className="font-medium">{recordTypeTitle(line.recordType)}</span>
              <span className="text-right">
                <WrittenTotals line={line} kind={view.kind} />
              </span>
            </div>
            <dl className="flex flex-wrap gap-x-4 gap-y-1 text-muted-foreground">
              {verbs
                .filter((verb) => line.counts[verb] > 0)
                .map((verb) => (
                  <div key={verb} className="flex gap-1.5">
                    <dt>{verbLabel(view.kind, verb)}</dt>
                    <dd className="font-medium text-foreground tabular-nums">
                      {formatCount(line.counts[verb])}
                    </dd>
                  </div>
                ))}
            </dl>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function WrittenTotals({ line, kind }: { line: PreviewTypeView; kind: RunKind }) {
  const written = kind === "undo" ? "void" : "create";
  const totals = line.totals.filter(({ verb }) => verb === written);
  if (totals.length === 0) return <Amount value={null} />;
  return (
    <span className="flex flex-col items-end gap-0.5">
      {totals.map(({ total }) => (
        <Amount key={total.currency} value={total} />
      ))}
    </span>
  );
}
