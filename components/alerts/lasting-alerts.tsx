import Link from "next/link";
import { LocalTime } from "@/components/format/local-time";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { SEVERITY_WORDS } from "@/lib/domain/alert";
import type { LastingAlertView } from "@/lib/domain/views/alerts-view";

/** What lasts now, each with the page where it is settled. Shows nothing where all is clear. */
export function LastingAlerts({ slug, alerts }: { slug: string; alerts: readonly LastingAlertView[] }) {
  if (alerts.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>What lasts now</CardTitle>
      </CardHeader>
      <CardContent>
        <ul className="flex flex-col divide-y divide-border">
          {alerts.map(({ alertId, severity, sentence, path, since }) => (
            <li key={alertId} className="flex flex-col gap-1 py-4 first:pt-0 last:pb-0">
              <span className="flex flex-wrap items-center gap-2 text-sm text-muted-foreground">
                <Badge tone={severity === "needsYou" ? "warning" : "neutral"}>
                  {SEVERITY_WORDS[severity]}
                </Badge>
                since <LocalTime iso={since} />
              </span>
              <Link href={`/${slug}/${path}`} className="underline underline-offset-4">
                {sentence}
              </Link>
            </li>
          ))}
        </ul>
      </CardContent>
    </Card>
  );
}
