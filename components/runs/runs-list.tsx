import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { formatCount } from "@/components/format/format-amount";
import { LocalTime } from "@/components/format/local-time";
import { ListOrder } from "@/components/page/list-order";
import { Card } from "@/components/ui/card";
import { SortHead } from "@/components/ui/sort-head";
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
import type { ListSort } from "@/lib/domain/views/list-sort";
import type { RunSort } from "@/lib/domain/views/run-list-view";
import type { RunKind } from "@/lib/domain/views/run-view";
import { RunStateBadge } from "./run-state-badge";
import { isPreparing, type ListedRunState } from "./run-words";

export interface RunListEntry {
  readonly runId: string;
  readonly kind: RunKind;
  readonly state: ListedRunState;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly posted: number;
  readonly failed: number;
}

interface Props {
  slug: string;
  runs: readonly RunListEntry[];
  sort: ListSort<RunSort>;
  hrefFor: (sort: ListSort<RunSort>) => string;
}

/** Runs, each leading to what it did or is going to do: a table on a desk, lines on a phone. */
export function RunsList({ slug, runs, sort, hrefFor }: Props) {
  return (
    <Card>
      <div className="hidden md:block">
        <Table label="Runs">
          <TableHeader>
            <TableRow>
              <SortHead sortKey="time" sort={sort} hrefFor={hrefFor} descendingFirst>
                Started
              </SortHead>
              <TableHead>State</TableHead>
              <TableHead>What it did</TableHead>
              <SortHead
                sortKey="duration"
                sort={sort}
                hrefFor={hrefFor}
                descendingFirst
                className="text-right"
              >
                Took
              </SortHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {runs.map((run) => (
              <TableRow key={run.runId} className="hover:bg-muted">
                <TableRowHead>
                  <LocalTime iso={run.startedAt} />
                </TableRowHead>
                <TableCell>
                  <RunStateBadge state={run.state} />
                </TableCell>
                <TableCell className="tabular-nums">
                  <Link href={hrefOf(slug, run)} className="text-primary underline-offset-4 hover:underline">
                    {outcomeWords(run)}
                    <span className="sr-only">
                      , started <LocalTime iso={run.startedAt} />
                    </span>
                  </Link>
                </TableCell>
                <TableCell className={figureClasses}>{tookWords(run)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      <div className="md:hidden">
        <div className="px-4 py-3">
          <ListOrder
            label="Order"
            sort={sort}
            hrefFor={hrefFor}
            orders={[
              { label: "Newest first", sort: { key: "time", descending: true } },
              { label: "Oldest first", sort: { key: "time", descending: false } },
              { label: "Longest first", sort: { key: "duration", descending: true } },
            ]}
          />
        </div>
        <ul className="divide-y divide-border border-t border-border" aria-label="Runs">
          {runs.map((run) => (
            <li key={run.runId}>
              <Link
                href={hrefOf(slug, run)}
                className="flex items-center gap-4 px-4 py-4 text-sm transition-colors hover:bg-muted"
              >
                <span className="flex min-w-0 flex-1 flex-col gap-1.5">
                  <span className="font-medium">
                    <LocalTime iso={run.startedAt} />
                  </span>
                  <span>
                    <RunStateBadge state={run.state} />
                  </span>
                  <span className="text-muted-foreground tabular-nums">{outcomeWords(run)}</span>
                </span>
                <ChevronRight className="size-4 shrink-0 text-muted-foreground" aria-hidden="true" />
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

const hrefOf = (slug: string, run: RunListEntry): string =>
  `/${slug}/${isBeforePosting(run.state) ? "preview" : "runs"}/${run.runId}`;

/** "4 min 10 s"; nothing while it goes on. */
function tookWords({ startedAt, finishedAt }: RunListEntry): string {
  if (finishedAt === null) return "";
  const seconds = Math.max(0, Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const isBeforePosting = (state: ListedRunState): boolean =>
  isPreparing(state) || state === "previewed" || state === "superseded";

function outcomeWords(run: RunListEntry): string {
  if (run.state === "superseded") return "A newer preview took its place";
  if (run.kind === "undo" && isBeforePosting(run.state)) return "Undo: nothing taken back yet";
  if (isBeforePosting(run.state)) return "Nothing posted yet";
  const posted = `${formatCount(run.posted)} ${run.kind === "undo" ? "taken back" : "posted"}`;
  return run.failed > 0
    ? `${posted}, ${formatCount(run.failed)} ${run.failed === 1 ? "needs" : "need"} you`
    : posted;
}
