"use client";

import { Download } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { formatCount } from "@/components/format/format-amount";
import { LocalTime } from "@/components/format/local-time";
import { Button } from "@/components/ui/button";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import {
  type ClientLogEntry,
  type ClientLogView,
  LIVE_LOG_ENTRIES,
} from "@/lib/domain/views/client-sync-view";
import { clientLogSchema } from "./client-log-schema";

const POLL_MS = 2_000;

const WORDS: Readonly<Record<ClientLogEntry["what"], string>> = {
  added: "Added",
  updated: "Updated",
  mapped: "Mapped",
  failed: "Not synced",
};

/** The newest entries of a sync, asked for again while it moves; the whole log is a file. */
export function ClientLog({ slug, initial }: { slug: string; initial: ClientLogView }) {
  const log = useClientLog(slug, initial);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{log.isMoving ? "Syncing now" : "The newest sync"}</CardTitle>
        <CardDescription role="status">{countWords(log)}</CardDescription>
      </CardHeader>
      <ul className="divide-y divide-border border-t border-border text-sm">
        {log.entries.map((entry) => (
          <li
            key={`${entry.at} ${entry.name} ${entry.what}`}
            className="flex flex-col gap-1 px-4 py-3 sm:flex-row sm:gap-4 sm:px-6"
          >
            <span className="text-muted-foreground sm:w-24">
              <LocalTime iso={entry.at} precision="clock" />
            </span>
            <span className="font-medium sm:w-28">{WORDS[entry.what]}</span>
            <span className="flex min-w-0 flex-1 flex-col">
              <span className="whitespace-pre-wrap">{entry.name}</span>
              {entry.detail === "" ? null : <span className="text-muted-foreground">{entry.detail}</span>}
            </span>
          </li>
        ))}
      </ul>
      {log.isMoving ? null : (
        <div className="border-t border-border px-4 py-4 sm:px-6">
          <Button asChild variant="outline" size="small">
            <a href={`/${slug}/clients/sync/${log.runId}/export`} download>
              <Download aria-hidden="true" />
              Download the whole log as Excel
            </a>
          </Button>
        </div>
      )}
    </Card>
  );
}

function countWords({ total, isMoving }: ClientLogView): string {
  if (total > LIVE_LOG_ENTRIES) return `The newest ${LIVE_LOG_ENTRIES} of ${formatCount(total)} entries.`;
  if (total > 0) return `${formatCount(total)} ${total === 1 ? "entry" : "entries"}.`;
  return isMoving ? "The first entries come in a moment." : "There was nothing to do.";
}

function useClientLog(slug: string, initial: ClientLogView): ClientLogView {
  const router = useRouter();
  const [log, setLog] = useState(initial);
  const { runId, isMoving } = log;
  useEffect(() => {
    if (!isMoving) return;
    const stopping = new AbortController();
    const look = async (): Promise<void> => {
      if (document.hidden) return;
      const next = await fetchLog(`/api/workspaces/${slug}/client-log/${runId}`, stopping.signal);
      if (next === null || stopping.signal.aborted) return;
      setLog(next);
      if (!next.isMoving) router.refresh();
    };
    void look();
    const timer = setInterval(() => void look(), POLL_MS);
    return () => {
      stopping.abort();
      clearInterval(timer);
    };
  }, [slug, runId, isMoving, router]);
  return log;
}

/** Null for any answer that is no log: offline, signed out, an error page. */
async function fetchLog(address: string, signal: AbortSignal): Promise<ClientLogView | null> {
  try {
    const response = await fetch(address, { signal, cache: "no-store" });
    if (!response.ok) return null;
    const parsed = clientLogSchema.safeParse(await response.json());
    return parsed.success ? parsed.data : null;
  } catch {
    // The browser tells "offline" and "aborted" apart by no stable means; both are "no answer" here.
    return null;
  }
}
