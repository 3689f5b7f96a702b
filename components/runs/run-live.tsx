"use client";

import { ArrowRight, Download } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { RunState, RunView } from "@/lib/domain/views/run-view";
import { CancelButton, type CancelRun } from "./cancel-button";
import { RunLog } from "./run-log";
import { RunProgress } from "./run-progress";
import { isPreparing } from "./run-words";
import { useRun } from "./use-run";

/** A run in motion, with the way on once it has ended. */
export function RunLive({
  slug,
  initial,
  cancel,
}: {
  slug: string;
  initial: RunView;
  /** Absent where the person may not stop it. */
  cancel?: CancelRun;
}) {
  const { view, lost } = useRun(slug, initial);
  const onward = nextPlace(slug, view);
  return (
    <div className="flex flex-col gap-5">
      <LostNotice lost={lost} />
      <RunProgress view={view} />
      {cancel ? <CancelButton view={view} cancel={cancel} /> : null}
      {onward ? (
        <div className="flex flex-col gap-3 sm:flex-row sm:items-center">
          <Button asChild size="large">
            <Link href={onward.href}>
              {onward.label}
              <ArrowRight aria-hidden="true" />
            </Link>
          </Button>
          {hasEnded(view.state) ? (
            <Button asChild variant="outline">
              <a href={`/${slug}/runs/${view.runId}/export`} download>
                <Download aria-hidden="true" />
                Download the whole log as Excel
              </a>
            </Button>
          ) : null}
        </div>
      ) : null}
      <RunLog lines={view.latest} />
    </div>
  );
}

/** A preview that is being made; the page is loaded anew when it is there. */
export function PreviewProgress({
  slug,
  initial,
  cancel,
}: {
  slug: string;
  initial: RunView;
  cancel?: CancelRun;
}) {
  const router = useRouter();
  const { view, lost } = useRun(slug, initial);
  const preparing = isPreparing(view.state);
  useEffect(() => {
    if (!preparing) router.refresh();
  }, [preparing, router]);
  return (
    <div className="flex flex-col gap-5">
      <LostNotice lost={lost} />
      <RunProgress view={view} />
      {cancel ? <CancelButton view={view} cancel={cancel} /> : null}
    </div>
  );
}

function LostNotice({ lost }: { lost: boolean }) {
  return (
    <div aria-live="polite">
      {lost ? (
        <Alert tone="warning" title="No answer from Tieout right now">
          The run itself goes on; this page tries again every few seconds.
        </Alert>
      ) : null}
    </div>
  );
}

const hasEnded = (state: RunState): boolean => state === "finished" || state === "failed";

function nextPlace(slug: string, view: RunView): { href: string; label: string } | null {
  const places: Partial<Record<RunState, { href: string; label: string }>> = {
    previewed: { href: `/${slug}/preview/${view.runId}`, label: "See the preview" },
    finished: { href: `/${slug}/reconciliation`, label: "See the tie-out" },
    failed: { href: `/${slug}/runs`, label: "Back to all runs" },
  };
  return places[view.state] ?? null;
}
