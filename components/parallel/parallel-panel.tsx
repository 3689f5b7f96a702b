"use client";

import { Eye, Rocket } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { LocalTime } from "@/components/format/local-time";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { ParallelView } from "@/lib/domain/views/parallel-view";

type Press = () => Promise<ActionResult<null>>;

/** Whether the pair only looks, since when it could be trusted, and the one press that makes it live. */
export function ParallelPanel({
  view,
  mayChange,
  start,
  goLive,
}: {
  view: ParallelView;
  mayChange: boolean;
  start: Press;
  goLive: Press;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<null> | null>(null);
  const [pending, startTransition] = useTransition();
  const running = view.since !== null;
  const Icon = running ? Rocket : Eye;
  return (
    <Card className="flex flex-col gap-5 p-5 sm:p-6">
      <div className="flex flex-col gap-5 lg:flex-row lg:items-center lg:justify-between">
        <div className="flex flex-col gap-2">
          <p className="text-xl font-semibold">{headline(view)}</p>
          <p className="max-w-prose text-sm text-muted-foreground">
            {running ? (
              <>
                Since <LocalTime iso={view.since ?? ""} /> Tieout reads {view.sourceName} and{" "}
                {view.ledgerName}, plans, compares, and posts nothing.
                {view.nextRunAt ? (
                  <>
                    {" "}
                    The next look is at <LocalTime iso={view.nextRunAt} /> at the latest.
                  </>
                ) : null}
              </>
            ) : (
              "In a parallel run you go on as you do now. Tieout looks every day, writes down what it would have posted, and compares. Once you trust it, one press makes it live."
            )}
          </p>
          {view.trustedSince ? (
            <p className="text-sm text-success">
              Nothing needed you and nothing differed since <LocalTime iso={view.trustedSince} />.
            </p>
          ) : null}
        </div>
        {mayChange ? (
          <Button
            size="large"
            variant={running ? "primary" : "outline"}
            disabled={pending || view.isPaused}
            onClick={() =>
              startTransition(async () => {
                setResult(await (running ? goLive() : start()));
                router.refresh();
              })
            }
          >
            <Icon aria-hidden="true" />
            {running ? "Go live" : "Start a parallel run"}
          </Button>
        ) : null}
      </div>
      {view.isPaused ? (
        <p className="text-sm text-warning">Posting is paused. Resume it under Schedules first.</p>
      ) : null}
      <ActionError result={result} />
    </Card>
  );
}

function headline(view: ParallelView): string {
  if (view.since !== null) return "A parallel run is going on: nothing is posted";
  return view.isLive ? "Live: new records are posted by themselves" : "Nothing was posted yet";
}
