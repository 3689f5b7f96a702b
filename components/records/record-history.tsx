import {
  ArrowRight,
  Ban,
  ChevronRight,
  Eye,
  Link2,
  type LucideIcon,
  PencilLine,
  TriangleAlert,
  UserRound,
} from "lucide-react";
import Link from "next/link";
import { LocalTime } from "@/components/format/local-time";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { RecordEvent } from "@/lib/domain/views/record-view";
import { RecordFields } from "./record-fields";

const ICONS: Readonly<Record<RecordEvent["kind"], LucideIcon>> = {
  read: Eye,
  written: ArrowRight,
  refused: Ban,
  linked: Link2,
  changed: PencilLine,
  stopped: TriangleAlert,
  decided: UserRound,
};

/** What happened to the record, newest first; each write shows what was sent. */
export function RecordHistory({ slug, events }: { slug: string; events: readonly RecordEvent[] }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>What happened</CardTitle>
        <CardDescription>Newest first. Each write shows the record as it was sent.</CardDescription>
      </CardHeader>
      <CardContent>
        <ol className="flex flex-col gap-5">
          {events.map((event, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is as long as it is, and two events may be alike
            <li key={index} className="flex gap-3 text-sm">
              <EventIcon kind={event.kind} />
              <div className="flex min-w-0 flex-1 flex-col gap-1">
                <p className="font-medium break-words">{event.title}</p>
                {event.detail === "" ? null : (
                  <p className="max-w-prose break-words text-muted-foreground">{event.detail}</p>
                )}
                <p className="text-muted-foreground">
                  <LocalTime iso={event.at} />
                  {event.runId === null ? null : (
                    <>
                      {" · "}
                      <Link
                        href={`/${slug}/runs/${event.runId}`}
                        className="text-primary underline underline-offset-4"
                      >
                        The run
                      </Link>
                    </>
                  )}
                </p>
                <Sent event={event} />
              </div>
            </li>
          ))}
        </ol>
      </CardContent>
    </Card>
  );
}

function EventIcon({ kind }: { kind: RecordEvent["kind"] }) {
  const Icon = ICONS[kind];
  return <Icon className="mt-0.5 size-4 shrink-0 text-muted-foreground" aria-hidden="true" />;
}

function Sent({ event }: { event: RecordEvent }) {
  if (event.fields.length === 0) return null;
  const changed = event.fields.filter((field) => field.isChanged).length;
  const isAgain = event.fields.some((field) => field.before !== null);
  return (
    <details className="group">
      <summary className="inline-flex cursor-pointer items-center gap-1 rounded-sm text-primary [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden="true" />
        What was sent{isAgain ? `: ${changed} ${changed === 1 ? "field" : "fields"} changed` : ""}
      </summary>
      <div className="mt-2">
        <RecordFields
          label={`What was sent: ${event.title}`}
          columns={isAgain ? ["Sent before", "Sent then"] : null}
          fields={event.fields}
        />
      </div>
    </details>
  );
}
