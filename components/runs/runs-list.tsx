import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { formatCount } from "@/components/format/format-amount";
import { LocalTime } from "@/components/format/local-time";
import { Card } from "@/components/ui/card";
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

/** All runs, newest first; each line leads to what it did or is going to do. */
export function RunsList({ slug, runs }: { slug: string; runs: readonly RunListEntry[] }) {
  return (
    <Card>
      <ul className="divide-y divide-border">
        {runs.map((run) => (
          <li key={run.runId}>
            <Link
              href={`/${slug}/${isBeforePosting(run.state) ? "preview" : "runs"}/${run.runId}`}
              className="flex items-center gap-4 px-4 py-4 text-sm transition-colors hover:bg-muted sm:px-6"
            >
              <span className="flex min-w-0 flex-1 flex-col gap-1.5 sm:flex-row sm:items-center sm:gap-4">
                <span className="font-medium sm:w-40">
                  <LocalTime iso={run.startedAt} />
                </span>
                <span className="sm:w-32">
                  <RunStateBadge state={run.state} />
                </span>
                <span className="text-muted-foreground tabular-nums">{outcomeWords(run)}</span>
              </span>
              <ChevronRight className="size-4 shrink-0 text-muted-foreground" aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
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
