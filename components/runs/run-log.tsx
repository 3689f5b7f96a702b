import { CircleCheck, CircleX, ExternalLink, Link2, Undo2 } from "lucide-react";
import { LocalTime } from "@/components/format/local-time";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import type { RunLogLine } from "@/lib/domain/views/run-view";

const OUTCOMES = {
  posted: { label: "Posted", Icon: CircleCheck, ink: "text-success" },
  takenBack: { label: "Taken back", Icon: Undo2, ink: "text-success" },
  linked: { label: "Already there", Icon: Link2, ink: "text-muted-foreground" },
  refused: { label: "Refused", Icon: CircleX, ink: "text-destructive" },
} as const;

/** The newest outcomes, each with its place in Xero. Not a live region: fifty lines a second help nobody's ears. */
export function RunLog({ lines }: { lines: readonly RunLogLine[] }) {
  if (lines.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Latest records</CardTitle>
      </CardHeader>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must take focus to be scrolled by keys */}
      <section aria-label="Latest records" tabIndex={0} className="relative max-h-[30rem] overflow-y-auto">
        <ul className="divide-y divide-border border-t border-border">
          {lines.map((line, index) => {
            const { label, Icon, ink } = OUTCOMES[line.outcome];
            return (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: two contacts may share name and second, and a line keeps no state
                key={index}
                className="flex items-start gap-3 px-4 py-2.5 text-sm sm:px-6"
              >
                <Icon className={cn("mt-0.5 size-4 shrink-0", ink)} aria-hidden="true" />
                <span className="flex min-w-0 flex-1 flex-col sm:flex-row sm:flex-wrap sm:gap-x-2">
                  <span className="font-medium">
                    {label}: {RECORD_TYPE_NAMES[line.recordType].one} {line.number}
                  </span>
                  <span className="break-words text-muted-foreground">{line.label}</span>
                </span>
                {line.link ? (
                  <a
                    href={line.link}
                    className="inline-flex shrink-0 items-center gap-1 text-primary underline underline-offset-4"
                  >
                    In Xero
                    <span className="sr-only">: {line.number || line.label}</span>
                    <ExternalLink className="size-3.5" aria-hidden="true" />
                  </a>
                ) : null}
                <span className="hidden shrink-0 text-muted-foreground sm:block">
                  <LocalTime iso={line.at} precision="clock" />
                </span>
              </li>
            );
          })}
        </ul>
      </section>
    </Card>
  );
}
