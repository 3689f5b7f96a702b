import { ChevronRight } from "lucide-react";
import { LocalTime } from "@/components/format/local-time";
import { Card } from "@/components/ui/card";
import type { AuditRow } from "@/lib/domain/views/audit-view";

/** Lines of the audit trail, newest first; what was before and after is folded up until somebody wants it. */
export function AuditTrail({ rows }: { rows: readonly AuditRow[] }) {
  return (
    <Card>
      <ul className="divide-y divide-border">
        {rows.map((row) => (
          <li key={row.sequence} className="flex flex-col gap-1 px-4 py-3 text-sm sm:px-6">
            <div className="flex flex-col justify-between gap-x-4 gap-y-1 sm:flex-row sm:items-baseline">
              <span className="font-medium break-words">{row.what}</span>
              <span className="text-muted-foreground">
                {row.by}, <LocalTime iso={row.at} precision="minute" />
              </span>
            </div>
            <AuditDetail row={row} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function AuditDetail({ row }: { row: AuditRow }) {
  return (
    <details className="group text-muted-foreground">
      <summary className="inline-flex w-fit cursor-pointer items-center gap-1 hover:text-foreground [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden="true" />
        Details
        <span className="sr-only"> of line {row.sequence}</span>
      </summary>
      <div className="mt-2 flex flex-col gap-2">
        <p className="break-all">
          <code>{row.action}</code> {row.subject}
        </p>
        <Kept title="Before" text={row.before} />
        <Kept title="After" text={row.after} />
      </div>
    </details>
  );
}

function Kept({ title, text }: { title: string; text: string }) {
  if (text === "") return null;
  return (
    <section className="flex flex-col gap-1" aria-label={title}>
      <h3 className="font-medium text-foreground">{title}</h3>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must take focus to be scrolled by keys
        tabIndex={0}
        className="max-h-80 overflow-auto rounded-md bg-muted p-3 font-mono text-xs"
      >
        {text}
      </pre>
    </section>
  );
}
