import { ArrowLeftRight, CircleAlert, CircleCheck, CirclePlus, Link2, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { formatCount } from "@/components/format/format-amount";
import { cn } from "@/components/ui/class-names";
import { type MatchStatus, matchStatusWords } from "@/lib/domain/views/match-row";
import type { SetupMatchesView } from "@/lib/domain/views/setup-matches-view";

const LOOKS: Readonly<Partial<Record<MatchStatus, { readonly Icon: LucideIcon; readonly ink: string }>>> = {
  matched: { Icon: CircleCheck, ink: "text-success" },
  mapped: { Icon: Link2, ink: "text-success" },
  new: { Icon: CirclePlus, ink: "text-primary" },
  ledgerOnly: { Icon: ArrowLeftRight, ink: "text-muted-foreground" },
  needsYou: { Icon: CircleAlert, ink: "text-warning" },
};

/** The review of matches in five figures, each of which leads to its list. */
export function MatchSummary({ slug, view }: { slug: string; view: SetupMatchesView }) {
  const words = matchStatusWords(view.ledgerName);
  return (
    <section aria-labelledby="match-summary" className="mb-6 print:hidden">
      <h2 id="match-summary" className="mb-2 text-sm font-medium">
        What both sides hold, record by record
      </h2>
      <ul className="grid gap-2 sm:grid-cols-3 lg:grid-cols-5">
        {view.counts.map(({ status, count, recordType }) => {
          const { Icon, ink } = LOOKS[status] ?? { Icon: CircleCheck, ink: "" };
          const query = new URLSearchParams({ ...(recordType ? { type: recordType } : {}), status });
          return (
            <li key={status}>
              <Link
                href={`/${slug}/matches?${query}#review`}
                className="flex h-full items-center gap-3 rounded-lg border border-border bg-card px-4 py-3 text-sm shadow-raised transition-colors hover:bg-muted"
              >
                <Icon
                  className={cn("size-4 shrink-0", count === 0 ? "text-muted-foreground" : ink)}
                  aria-hidden="true"
                />
                <span className="flex min-w-0 flex-1 items-baseline justify-between gap-2 sm:flex-col sm:justify-start sm:gap-0">
                  <span className="order-2 text-base font-semibold tabular-nums sm:order-1">
                    {formatCount(count)}
                  </span>{" "}
                  <span className="order-1 text-muted-foreground sm:order-2">{words[status]}</span>
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
