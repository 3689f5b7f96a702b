/** The faults that the page offers by name; the API takes any effect in any measure. */
import type { FaultEffect } from "./faults";

export interface FaultPreset {
  readonly name: string;
  readonly label: string;
  /** The one service that has it; absent for those that any can have. */
  readonly service?: string;
  readonly effect: FaultEffect;
}

const STATUS = { type: "status", body: "", headers: {}, afterHandling: false } as const;

const limit = (service: string, problem: string, label: string): FaultPreset => ({
  name: `${service}-${problem}`,
  label,
  service,
  effect: { type: "rate-limit", problem },
});

const edit = (name: string, label: string, change: Readonly<Record<string, unknown>>): FaultPreset => ({
  name,
  label: `Just before the call, a person ${label}`,
  effect: { type: "edit", edit: change },
});

export const FAULT_PRESETS: readonly FaultPreset[] = [
  limit("xero", "minute", "429 of Xero: minute"),
  limit("xero", "day", "429 of Xero: day"),
  limit("xero", "concurrent", "429 of Xero: too many at once"),
  limit("xero", "appminute", "429 of Xero: minute of the app"),
  limit("zoho", "44", "429 of Zoho: minute (44)"),
  limit("zoho", "45", "429 of Zoho: day (45)"),
  limit("zoho", "1070", "429 of Zoho: too many at once (1070)"),
  limit("zoho", "crm", "429 of Zoho CRM"),
  { name: "500", label: "500", effect: { ...STATUS, status: 500 } },
  { name: "503", label: "503", effect: { ...STATUS, status: 503 } },
  { name: "timeout-before", label: "Time-out before the work", effect: { type: "timeout-before" } },
  { name: "timeout-after", label: "Time-out after the work was saved", effect: { type: "timeout-after" } },
  { name: "reset-before", label: "Connection reset before the work", effect: reset("before") },
  { name: "reset-after", label: "Connection reset after the work was saved", effect: reset("after") },
  { name: "reset-body", label: "Connection reset in mid-body", effect: reset("body") },
  { name: "truncated-json", label: "Truncated JSON", effect: { type: "truncated-json" } },
  { name: "html", label: "HTML error page", effect: { type: "html", status: 502, afterHandling: false } },
  {
    name: "drip",
    label: "Slow drip (64 bytes a second)",
    effect: { type: "drip", bytes: 64, everyMs: 1_000 },
  },
  { name: "expired-token", label: "Expired token", effect: { type: "expired-token" } },
  { name: "revoked-token", label: "Revoked token", effect: { type: "revoked-token" } },
  { name: "skew-fast", label: "Clock five minutes fast", effect: { type: "clock-skew", seconds: 300 } },
  { name: "skew-slow", label: "Clock five minutes slow", effect: { type: "clock-skew", seconds: -300 } },
  {
    name: "stale-10",
    label: "Reads miss this write for 10 seconds",
    effect: { type: "stale-reads", seconds: 10 },
  },
  edit("edit-void", "voids the newest invoice", { act: "void", record: "newest" }),
  edit("edit-pay", "pays the newest invoice", { act: "pay", record: "newest" }),
  edit("edit-due", "moves the newest invoice's due date", {
    act: "due-date",
    record: "newest",
    date: "2027-01-31",
  }),
  edit("edit-rename", "renames the newest contact", {
    act: "rename-contact",
    record: "newest",
    name: "Renamed by a person",
  }),
];

function reset(when: "before" | "after" | "body"): FaultEffect {
  return { type: "reset", when, bytes: 20 };
}
