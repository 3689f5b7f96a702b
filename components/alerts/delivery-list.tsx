import { LocalTime } from "@/components/format/local-time";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { AlertDeliveryView } from "@/lib/domain/views/alerts-view";

const STATES: Readonly<
  Record<
    AlertDeliveryView["state"],
    { words: string; tone: "neutral" | "success" | "warning" | "destructive" }
  >
> = {
  held: { words: "Waits for the digest", tone: "neutral" },
  waiting: { words: "On its way", tone: "neutral" },
  sent: { words: "Sent", tone: "success" },
  failed: { words: "Not delivered", tone: "destructive" },
  gathered: { words: "Went with a digest", tone: "neutral" },
};

const KINDS: Readonly<Record<AlertDeliveryView["kind"], string>> = {
  alert: "Alert",
  allClear: "All clear",
  digest: "Daily digest",
  test: "Test",
};

/** The last messages, newest first, and what became of each. */
export function DeliveryList({ deliveries }: { deliveries: readonly AlertDeliveryView[] }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>What was told</CardTitle>
        <CardDescription>
          {deliveries.length === 0
            ? "Nothing so far."
            : "The last messages, newest first. They are kept for 90 days."}
        </CardDescription>
      </CardHeader>
      {deliveries.length === 0 ? null : (
        <CardContent>
          <ul className="flex flex-col divide-y divide-border">
            {deliveries.map((one) => (
              <DeliveryRow key={one.deliveryId} delivery={one} />
            ))}
          </ul>
        </CardContent>
      )}
    </Card>
  );
}

function DeliveryRow({ delivery }: { delivery: AlertDeliveryView }) {
  const { words, tone } = STATES[delivery.state];
  return (
    <li className="flex flex-col gap-1 py-4 first:pt-0 last:pb-0">
      <span className="flex flex-wrap items-center gap-2 text-sm">
        <Badge tone={tone}>{words}</Badge>
        <span className="font-medium">
          {KINDS[delivery.kind]} to {delivery.channelName}
        </span>
        <span className="text-muted-foreground">
          <LocalTime iso={delivery.createdAt} />
        </span>
      </span>
      {delivery.lines.map((line) => (
        <span key={line} className="text-sm break-words">
          {line}
        </span>
      ))}
      {delivery.outcome === "" ? null : (
        <span className="text-sm text-muted-foreground">
          {delivery.outcome}
          {delivery.attempts > 1 ? ` Tried ${delivery.attempts} times.` : ""}
        </span>
      )}
    </li>
  );
}
