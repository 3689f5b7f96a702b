import { HOLD_POINTS, type HoldPoint } from "./holds";
import { earlierCalls, LEDGER_CALLS, type Side, SOURCE_CALLS, type StruckCall } from "./ledger-calls";
import type { BackPlan } from "./plan-back";
import { type ChangePlan, type CompanyPlan, planChanges, planCompany } from "./plan-company";
import { FAULT_KINDS, type FaultPlan, planFault } from "./plan-faults";
import { type Random, randomOf } from "./random";

/**
 * What one trial does, from its seed and number alone: the company, the runs, who is struck when, and which faults wait.
 * Boundaries and fault kinds go round by the trial's number, so that each has its turn; all else is by chance.
 */
export interface TrialPlan {
  readonly trial: number;
  readonly company: CompanyPlan;
  readonly phases: readonly Phase[];
}

export interface Phase {
  /**
   * A run of the source's records, one after changes, one that takes back, one that posts again what was taken back, and one
   * with the run back to the source that follows it.
   */
  readonly does: "sync" | "syncChanges" | "undo" | "repost" | "syncBack";
  readonly changes: ChangePlan | null;
  /** What was done in Xero before; of a run back alone. */
  readonly back?: BackPlan;
  readonly strikes: readonly Strike[];
  readonly faults: readonly FaultPlan[];
}

export type Victim = "worker" | "runner" | "sandbox" | "postgres";

export interface Strike {
  readonly when:
    | { readonly kind: "boundary"; readonly boundary: Boundary }
    | { readonly kind: "instant"; readonly stage: "preparing" | "posting"; readonly afterMs: number };
  readonly victim: Victim;
  readonly how: "kill" | "pause";
  /** How long a pause lasts, or how long until a killed process is started again; longer at a slower pace. */
  readonly awayMs: number;
}

export type Boundary =
  | { readonly name: string; readonly hold: HoldPoint }
  /** The sandbox holds the call itself: before it does the work, or with the answer in hand. */
  | {
      readonly name: string;
      readonly call: StruckCall;
      /** Calls of that address that pass unharmed first. */
      readonly skip: number;
      readonly committed: boolean;
    };

const ALLOCATIONS: ReadonlySet<string> = new Set(["allocation", "supplierAllocation"]);
const PAYMENTS: ReadonlySet<string> = new Set(["payment", "billPayment"]);
/** How often a company buys as well where no boundary asks for it. */
const BUYS = 0.4;
const GROUPS: readonly { readonly name: string; readonly calls: readonly StruckCall[] }[] = [
  group(
    "document",
    ({ recordType, verb }) => verb === "create" && !ALLOCATIONS.has(recordType) && !PAYMENTS.has(recordType),
  ),
  group("allocation", ({ recordType, verb }) => verb === "create" && ALLOCATIONS.has(recordType)),
  group("payment", ({ recordType, verb }) => verb === "create" && PAYMENTS.has(recordType)),
  group("void", ({ verb }) => verb === "void"),
];
const CALL_POINTS = [
  "beforeSend",
  "sent",
  "committedUnanswered",
  "answeredUnstored",
  "storedUnlinked",
  "storedUntold",
] as const;
const CURSOR_POINTS = ["cursorUnmoved", "cursorMoved"] as const;

const BACK = { name: "back", calls: SOURCE_CALLS };

export const BOUNDARY_NAMES: readonly string[] = [
  ...GROUPS.flatMap(({ name }) => CALL_POINTS.map((point) => `${name}.${point}`)),
  ...CURSOR_POINTS,
];

/** Where nothing of a record is kept but its link and its intent, there is no state of its own to wait for. */
export const BACK_BOUNDARY_NAMES: readonly string[] = CALL_POINTS.filter(
  (point) => point !== "storedUnlinked",
).map((point) => `${BACK.name}.${point}`);

/** A worker that sleeps for longer than its lease is as dangerous as a dead one; a vendor is not away for that long. */
const WORKER_PAUSES_MS = [300, 900, 1_800] as const;
const SANDBOX_PAUSES_MS = [50, 150, 300] as const;

function group(name: string, has: (call: StruckCall) => boolean) {
  return { name, calls: LEDGER_CALLS.filter(has) };
}

export function planTrial(seed: number, trial: number): TrialPlan {
  const random = randomOf(seed, trial);
  const { boundary, side } = planBoundary(random, BOUNDARY_NAMES[trial % BOUNDARY_NAMES.length] ?? "");
  const buys = side === "purchases" || random.chance(BUYS);
  const strikes: Strike[] = [strikeAt(random, boundary)];
  if (random.chance(0.3)) strikes.push(strikeSometime(random));
  const kind = FAULT_KINDS[trial % FAULT_KINDS.length];
  const faults = [
    ...(kind ? [planFault(random, kind, buys)] : []),
    ...(random.chance(0.4) ? [planFault(random, pickKind(random), buys)] : []),
  ];
  const struck = { strikes, faults };
  const quiet = { strikes: [], faults: [] };
  const company = planCompany(random, `T${trial}`, buys);
  const changes = planChanges(random, `U${trial}`, buys);
  const first: Phase = { does: "sync", changes: null, ...quiet };
  if (boundary.name.startsWith("void.")) {
    const undo: Phase = { does: "undo", changes: null, ...struck };
    const repost: Phase = { does: "repost", changes: null, ...quiet };
    return { trial, company, phases: [first, undo, ...(random.chance(0.4) ? [repost] : [])] };
  }
  if (random.chance(0.25))
    return { trial, company, phases: [first, { does: "syncChanges", changes, ...struck }] };
  return { trial, company, phases: [{ does: "sync", changes: null, ...struck }] };
}

function pickKind(random: Random): (typeof FAULT_KINDS)[number] {
  const [first, ...others] = FAULT_KINDS;
  if (!first) throw new Error("there are kinds of faults");
  return random.pick([first, ...others]);
}

const READ_TYPES: readonly [readonly [string, Side], ...(readonly [string, Side])[]] = [
  ...([
    ["contact", "sales"],
    ["item", "sales"],
    ["invoice", "sales"],
    ["creditNote", "sales"],
  ] as const),
  ...([
    ["payment", "sales"],
    ["purchaseOrder", "purchases"],
    ["bill", "purchases"],
  ] as const),
  ...([
    ["supplierCredit", "purchases"],
    ["billPayment", "purchases"],
  ] as const),
  ...([
    ["bankTransaction", "purchases"],
    ["manualJournal", "purchases"],
  ] as const),
];

export function planBoundary(
  random: Random,
  name: string,
): { readonly boundary: Boundary; readonly side: Side; readonly call: StruckCall | null } {
  if (name === "cursorUnmoved" || name === "cursorMoved") {
    const [recordType, side] = random.pick(READ_TYPES);
    return { boundary: { name, hold: { at: name, recordType, verb: null } }, side, call: null };
  }
  const [groupName, point] = name.split(".");
  const [first, ...others] = [...GROUPS, BACK].find((one) => one.name === groupName)?.calls ?? [];
  if (!first) throw new Error(`no boundary "${name}"`);
  const call = random.pick([first, ...others]);
  if (point === "sent" || point === "committedUnanswered")
    return {
      boundary: { name, call, skip: earlierCalls(call), committed: point === "committedUnanswered" },
      side: call.side,
      call,
    };
  const at = HOLD_POINTS.find((one) => one === point);
  if (!at) throw new Error(`no boundary "${name}"`);
  const { recordType, verb, side } = call;
  return { boundary: { name, hold: { at, recordType, verb } }, side, call };
}

export function strikeAt(random: Random, boundary: Boundary): Strike {
  const victim = random.weighted<Victim>([
    [10, "worker"],
    [2, "runner"],
    // What waits for a lock in the database has nothing to do with the sandbox at that instant.
    ["call" in boundary ? 3 : 0, "sandbox"],
    [2, "postgres"],
  ]);
  return { when: { kind: "boundary", boundary }, ...blow(random, victim) };
}

export function strikeSometime(random: Random): Strike {
  const victim = random.pick<Victim>(["worker", "runner", "sandbox", "postgres"]);
  const stage = random.pick(["preparing", "posting", "posting"] as const);
  return { when: { kind: "instant", stage, afterMs: random.between(0, 1_200) }, ...blow(random, victim) };
}

function blow(random: Random, victim: Victim): Pick<Strike, "victim" | "how" | "awayMs"> {
  // For the database a "pause" is the death of one session: the server then ends all others and begins anew.
  if (victim === "postgres") return { victim, how: random.pick(["kill", "pause"]), awayMs: 0 };
  const how = random.chance(0.25) ? "pause" : "kill";
  const pauses = victim === "sandbox" ? SANDBOX_PAUSES_MS : WORKER_PAUSES_MS;
  return { victim, how, awayMs: how === "pause" ? random.pick(pauses) : random.between(0, 300) };
}
