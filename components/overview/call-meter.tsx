import { formatCount } from "@/components/format/format-amount";
import { formatBytes } from "@/components/format/format-bytes";
import { Progress } from "@/components/ui/progress";
import type { CallMeterView } from "@/lib/domain/views/call-meter-view";

/** What the vendors were asked for: today against their limit, and thirty days against one record a call. */
export function CallMeter({ meters }: { meters: readonly CallMeterView[] }) {
  if (meters.length === 0) return null;
  return (
    <section aria-labelledby="call-meter" className="mt-5">
      <h2 id="call-meter" className="text-sm font-medium text-muted-foreground">
        Calls to your systems
      </h2>
      <ul className="mt-2 grid gap-3 sm:grid-cols-2">
        {meters.map((meter) => (
          <Meter key={meter.connectorLabel} meter={meter} />
        ))}
      </ul>
    </section>
  );
}

function Meter({ meter }: { meter: CallMeterView }) {
  const { calls, limit } = meter.today;
  return (
    <li className="flex flex-col gap-3 rounded-lg border border-border bg-card px-5 py-4 text-sm shadow-raised">
      <p className="font-medium">{meter.connectorLabel}</p>
      <div className="flex flex-col gap-1.5">
        <p className="flex justify-between gap-3 tabular-nums">
          <span className="text-muted-foreground">Today</span>
          <span>
            {formatCount(calls)} of {formatCount(limit)}
          </span>
        </p>
        <Progress
          value={Math.min(calls, limit)}
          max={limit}
          aria-label={`${meter.connectorLabel}: today's calls`}
        />
      </div>
      <dl className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-1 tabular-nums">
        <dt className="text-muted-foreground">Calls in 30 days</dt>
        <dd className="text-right">{formatCount(meter.calls)}</dd>
        <dt className="text-muted-foreground">Had each record taken a call</dt>
        <dd className="text-right">{formatCount(meter.singleCalls)}</dd>
        <dt className="text-muted-foreground">Data received</dt>
        <dd className="text-right">{formatBytes(meter.bytesReceived)}</dd>
      </dl>
    </li>
  );
}
