import Link from "next/link";
import { LocalTime } from "@/components/format/local-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import type { MonthChangePage, MonthChangeView } from "@/lib/domain/views/tie-out-view";
import { FIELD_WORDS } from "./kind-words";
import type { SystemNames } from "./system-names";

const WHAT_WORDS: Readonly<Record<MonthChangeView["what"], string>> = {
  added: "Added",
  changed: "Changed",
  gone: "Gone",
};

/** What changed in a month that was signed off, the newest first. */
export function MonthChanges({
  page,
  names,
  nextHref,
}: {
  page: MonthChangePage;
  names: SystemNames;
  nextHref: string | null;
}) {
  return (
    <Card>
      <ul className="divide-y divide-border">
        {page.rows.map((row) => (
          <li key={row.changeId} className="flex flex-col gap-1.5 px-4 py-3 text-sm sm:px-6">
            <div className="flex items-start justify-between gap-4">
              <span className="min-w-0 break-words">
                <span className="font-medium">{row.number || row.label}</span>{" "}
                <span className="text-muted-foreground">
                  {row.number ? `${row.label}, ` : ""}
                  {RECORD_TYPE_NAMES[row.recordType].one}
                </span>
              </span>
              <Badge tone={row.what === "gone" ? "destructive" : "neutral"}>{WHAT_WORDS[row.what]}</Badge>
            </div>
            <span className="text-muted-foreground">
              In {names[row.side]}, noticed at <LocalTime iso={row.noticedAt} />
            </span>
            {row.fields.map((field) => (
              <span key={field.field} className="break-words">
                {FIELD_WORDS[field.field]}: {field.before || "nothing"} → {field.after || "nothing"}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {nextHref ? (
        <div className="border-t border-border px-4 py-3 sm:px-6">
          <Button asChild variant="outline" size="small">
            <Link href={nextHref}>Next page</Link>
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
