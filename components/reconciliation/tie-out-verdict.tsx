import { CircleAlert, CircleCheck, Scale } from "lucide-react";
import Link from "next/link";
import { formatCount } from "@/components/format/format-amount";
import { LocalTime } from "@/components/format/local-time";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import type { TieOutView } from "@/lib/domain/views/tie-out-view";
import type { SystemNames } from "./system-names";

/** The answer first: do the two agree, as of when, and what explains the rest. */
export function TieOutVerdict({ slug, view, names }: { slug: string; view: TieOutView; names: SystemNames }) {
  const waiting = view.byType.reduce((count, line) => count + line.exceptions.count, 0);
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
    </Card>
  );
}

/** "Zoho Books (Harbour Gifts Ltd)"; once where both are the same. */
const systemWords = (program: string, organisation: string): string =>
  program === organisation ? program : `${program} (${organisation})`;
