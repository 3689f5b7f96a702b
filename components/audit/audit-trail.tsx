import { ChevronRight } from "lucide-react";
import { LocalTime } from "@/components/format/local-time";
import { Card } from "@/components/ui/card";
import { RawText } from "@/components/ui/raw-text";
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
        <RawText title="Before" text={row.before} />
        <RawText title="After" text={row.after} />
      </div>
    </details>
  );
}
