"use client";

import { CirclePause, Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { LocalTime } from "@/components/format/local-time";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { ScheduleView } from "@/lib/domain/views/schedule-view";

type Press = () => Promise<ActionResult<{ isPaused: boolean }>>;

/** Whether the pair posts, and the button that stops it at once or lets it go on. */
export function PausePanel({
  view,
  mayChange,
  pause,
  resume,
}: {
  view: ScheduleView;
  mayChange: boolean;
  pause: Press;
  resume: Press;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<{ isPaused: boolean }> | null>(null);
  const [pending, startTransition] = useTransition();
  const Icon = view.isPaused ? Play : CirclePause;
  return (
    <Card className="flex flex-col gap-4 p-5 sm:p-6">
      <div className="flex flex-col gap-4 sm:flex-row sm:items-center sm:justify-between">
        <div className="flex flex-col gap-1">
          <h2 className="text-base font-semibold">{titleOf(view)}</h2>
          <p className="text-sm text-muted-foreground">
            {view.isPaused || view.nextRunAt === null ? (
              explanationOf(view)
            ) : (
              <>
                {explanationOf(view)} The next look is at <LocalTime iso={view.nextRunAt} /> at the latest.
              </>
            )}
          </p>
        </div>
        {mayChange ? (
          <Button
            variant={view.isPaused ? "primary" : "outline"}
            disabled={pending}
            onClick={() =>
              startTransition(async () => {
                setResult(await (view.isPaused ? resume() : pause()));
                router.refresh();
              })
            }
          >
            <Icon aria-hidden="true" />
            {view.isPaused ? "Resume posting" : "Pause posting"}
          </Button>
        ) : null}
      </div>
      {view.failedRuns > 0 && !view.isPaused ? (
        <Alert tone="warning" title="The last look did not come to its end">
          Tieout tries again by itself, less and less often. Under Runs you see what stopped it.
        </Alert>
      ) : null}
      <ActionError result={result} />
    </Card>
  );
}

function titleOf(view: ScheduleView): string {
  if (view.isPaused) return "Posting is paused";
  return view.isLive ? "New records are posted by themselves" : "Nothing is posted by itself yet";
}

function explanationOf(view: ScheduleView): string {
  if (view.isPaused)
    return `Nothing goes to ${view.ledgerName} until you resume. What changes meanwhile is kept.`;
  if (view.schedule.mode === "byHand") return "Tieout looks when you press New preview under Runs.";
  return view.isLive
    ? `From ${view.sourceName} to ${view.ledgerName}, each exactly once.`
    : "Previews are made by the schedule below. The first one that you post makes the rest go by itself.";
}
