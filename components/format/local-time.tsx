"use client";

import { useSyncExternalStore } from "react";
import { formatClock, formatInstant } from "./format-time";

const subscribe = () => () => undefined;

/** An instant where the reader is. The server cannot know where that is, so its first answer is in UTC and says so. */
export function LocalTime({ iso, precision = "minute" }: { iso: string; precision?: "minute" | "clock" }) {
  const inBrowser = useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
  const format = precision === "clock" ? formatClock : formatInstant;
  return (
    <time dateTime={iso} className="tabular-nums whitespace-nowrap">
      {inBrowser ? format(iso, "local") : `${format(iso, "utc")} UTC`}
    </time>
  );
}
