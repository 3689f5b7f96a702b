import { formatCount } from "@/components/format/format-amount";
import { LocalTime } from "@/components/format/local-time";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { RECORD_TYPE_NAMES, RECORD_TYPES } from "@/lib/domain/record-type";
import type { KeptAsideView } from "@/lib/domain/views/kept-aside-view";

/** Records that are not posted for what they say of themselves: mended in the source, they go by themselves. */
export function KeptAside({ view }: { view: KeptAsideView }) {
  if (view.total === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Kept aside: {formatCount(view.total)}</CardTitle>
        <CardDescription>
          Tieout does not guess at these. Put them right where they were written; the next look takes them
          along.
        </CardDescription>
      </CardHeader>
      <CardContent>
        <ul className="divide-y divide-border text-sm">
          {view.rows.map((row) => (
            <li
              key={`${row.recordType} ${row.externalId}`}
              className="flex flex-col gap-1 py-3 first:pt-0 last:pb-0"
            >
              <span className="font-medium break-words">
                {nameOf(row.recordType)} {row.externalId}
              </span>
              <span className="break-words">{row.problem}</span>
              <span className="text-muted-foreground">
                Since <LocalTime iso={row.since} />
              </span>
            </li>
          ))}
        </ul>
        {view.rows.length < view.total ? (
          <p className="mt-3 text-sm text-muted-foreground">
            These are the newest {formatCount(view.rows.length)}.
          </p>
        ) : null}
      </CardContent>
    </Card>
  );
}

function nameOf(recordType: string): string {
  const known = RECORD_TYPES.find((type) => type === recordType);
  const name = known === undefined ? recordType : RECORD_TYPE_NAMES[known].one;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
