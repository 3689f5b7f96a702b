import type { z } from "zod";
import type { FaultEffect, faultOrder } from "@/sandbox/kit/faults";
import { LEDGER_CALLS, SOURCE_READS, type StruckCall } from "./ledger-calls";
import type { Random } from "./random";

/** Faults of every kind that the sandbox has, in measures that a trial can wait for, on the calls that a run makes. */
export type FaultAsked = z.input<typeof faultOrder>;
export type FaultPlan = FaultAsked & { readonly name: string };

const status = (code: number, afterHandling: boolean): FaultEffect => ({
  type: "status",
  status: code,
  body: "",
  headers: {},
  afterHandling,
});
const limit = (problem: string): FaultEffect => ({ type: "rate-limit", problem });

type Service = "xero" | "zoho";
interface FaultKind {
  readonly name: string;
  readonly effect: FaultEffect;
  /** Absent: both. */
  readonly service?: Service;
  /** Strikes calls that write alone. */
  readonly writes?: boolean;
}

export const FAULT_KINDS: readonly FaultKind[] = [
  { name: "rate-limit minute", effect: limit("minute"), service: "xero" },
  { name: "rate-limit day", effect: limit("day"), service: "xero" },
  { name: "rate-limit concurrent", effect: limit("concurrent"), service: "xero" },
  { name: "rate-limit appminute", effect: limit("appminute"), service: "xero" },
  { name: "rate-limit 44", effect: limit("44"), service: "zoho" },
  { name: "rate-limit 45", effect: limit("45"), service: "zoho" },
  { name: "rate-limit 1070", effect: limit("1070"), service: "zoho" },
  { name: "status 500 before", effect: status(500, false) },
  { name: "status 500 after", effect: status(500, true) },
  { name: "status 503 before", effect: status(503, false) },
  { name: "status 503 after", effect: status(503, true) },
  { name: "html before", effect: { type: "html", status: 502, afterHandling: false } },
  { name: "html after", effect: { type: "html", status: 502, afterHandling: true } },
  { name: "timeout-before", effect: { type: "timeout-before" } },
  { name: "timeout-after", effect: { type: "timeout-after" } },
  { name: "drop-before", effect: { type: "drop-before" } },
  { name: "drop-after", effect: { type: "drop-after" } },
  { name: "reset before", effect: { type: "reset", when: "before", bytes: 20 } },
  { name: "reset after", effect: { type: "reset", when: "after", bytes: 20 } },
  { name: "reset body", effect: { type: "reset", when: "body", bytes: 20 } },
  { name: "delay before", effect: { type: "delay", milliseconds: 300, afterHandling: false } },
  { name: "delay after", effect: { type: "delay", milliseconds: 300, afterHandling: true } },
  { name: "truncate", effect: { type: "truncate", bytes: 100 } },
  { name: "truncated-json", effect: { type: "truncated-json" } },
  { name: "drip", effect: { type: "drip", bytes: 256, everyMs: 40 } },
  { name: "expired-token", effect: { type: "expired-token" } },
  { name: "revoked-token", effect: { type: "revoked-token" } },
  { name: "clock-skew fast", effect: { type: "clock-skew", seconds: 300 } },
  { name: "clock-skew slow", effect: { type: "clock-skew", seconds: -300 } },
  // Well within the time that a write without an answer is left to settle.
  { name: "stale-reads", effect: { type: "stale-reads", seconds: 0.3 }, service: "xero", writes: true },
  {
    name: "edit",
    effect: { type: "edit", edit: { act: "due-date", record: "newest", date: "2027-01-31" } },
    service: "xero",
  },
];

const [firstCall, ...otherCalls] = LEDGER_CALLS;
const SALES_CALLS: readonly [StruckCall, ...StruckCall[]] = [
  firstCall,
  ...otherCalls.filter(({ side }) => side === "sales"),
];

/** One of the kinds, on a call that posting a source to Xero, or taking it back, makes. */
export function planFault(random: Random, kind: FaultKind, buys: boolean): FaultPlan {
  const service =
    kind.service ??
    random.weighted<Service>([
      [3, "xero"],
      [1, "zoho"],
    ]);
  const write = random.pick(buys ? LEDGER_CALLS : SALES_CALLS);
  const read = random.pick(SOURCE_READS[buys && random.chance(0.5) ? "purchases" : "sales"]);
  const target =
    service === "zoho"
      ? { method: "GET", operation: read }
      : kind.writes === true || random.chance(0.8)
        ? { method: write.method, operation: write.operation }
        : { method: "GET", operation: random.pick(["/Invoices", "/Contacts", "/CreditNotes", "/Payments"]) };
  return {
    name: kind.name,
    service,
    ...target,
    skip: random.pick([0, 0, 0, 1]),
    times: 1,
    effect: kind.effect,
  };
}
