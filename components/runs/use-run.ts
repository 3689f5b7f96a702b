"use client";

import { useEffect, useState } from "react";
import type { RunView } from "@/lib/domain/views/run-view";
import { runViewSchema } from "./run-view-schema";
import { isMoving } from "./run-words";

const POLL_MS = 1_000;
const POLL_AFTER_FAILURE_MS = 5_000;

/**
 * A run as it moves, asked for once a second while it does and the page is in view. `lost` is true from the first
 * failed answer to the next good one; the last good view stays.
 */
export function useRun(slug: string, initial: RunView): { view: RunView; lost: boolean } {
  const [view, setView] = useState(initial);
  const [lost, setLost] = useState(false);
  const moving = isMoving(view.state);
  const address = `/api/workspaces/${slug}/runs/${initial.runId}`;

  useEffect(() => {
    if (!moving) return;
    const stopping = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = (afterMs: number) => {
      if (!stopping.signal.aborted) timer = setTimeout(poll, afterMs);
    };
    async function poll() {
      if (document.hidden) return again(POLL_MS);
      const answer = await fetchRun(address, stopping.signal);
      if (stopping.signal.aborted) return;
      setLost(answer === null);
      if (answer) setView(answer);
      again(answer ? POLL_MS : POLL_AFTER_FAILURE_MS);
    }
    again(POLL_MS);
    return () => {
      stopping.abort();
      clearTimeout(timer);
    };
  }, [address, moving]);

  return { view, lost };
}

/** Null for any answer that is not a run: offline, signed out, an error page. */
async function fetchRun(address: string, signal: AbortSignal): Promise<RunView | null> {
  try {
    const response = await fetch(address, { signal, cache: "no-store" });
    if (!response.ok) return null;
    const parsed = runViewSchema.safeParse(await response.json());
    return parsed.success ? parsed.data : null;
  } catch {
    // The browser tells "offline" and "aborted" apart by no stable means; both are "no answer" here.
    return null;
  }
}
