import type { Schedule } from "../schedule";

/** When a workspace's pair looks for changes by itself, as the schedules page shows it. */
export interface ScheduleView {
  readonly sourceName: string;
  readonly ledgerName: string;
  readonly schedule: Schedule;
  readonly isPaused: boolean;
  /** True where runs post by themselves; before the first posting that a person starts they only make previews. */
  readonly isLive: boolean;
  /** Of the organisation, for the hour of a daily run. */
  readonly timeZone: string | null;
  readonly nextRunAt: string | null;
  /** Runs that failed one after the other, most recently. */
  readonly failedRuns: number;
  readonly noticesWaiting: number;
}

/** What a person may choose. */
export type ScheduleChoice =
  | { readonly mode: "realTime" | "hourly" | "byHand" }
  | { readonly mode: "dailyAt"; readonly hour: number };
