import { CircleAlert, CircleCheck, Scale } from "lucide-react";
import { formatCount } from "@/components/format/format-amount";
import { LocalTime } from "@/components/format/local-time";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import type { TieOutView } from "@/lib/domain/views/tie-out-view";

/** The answer first: do the two agree, as of when, and what explains the rest. */
export function TieOutVerdict({ view }: { view: TieOutView }) {
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
              {view.sourceName} against {view.ledgerName}, as of <LocalTime iso={view.asOf} />
            </span>
          </p>
        </div>
      </div>
    </Card>
  );
}
