import { BACK_FAULT_KINDS, planBack, planBackFault } from "./plan-back";
import { planCompany } from "./plan-company";
import {
  BACK_BOUNDARY_NAMES,
  type Phase,
  planBoundary,
  type Strike,
  strikeAt,
  strikeSometime,
  type TrialPlan,
} from "./plan-trial";
import { randomOf } from "./random";

/**
 * A trial in both directions: one quiet run, then an accountant works in Xero, and the run that carries it back to Zoho Books
 * is struck. Boundaries and fault kinds go round by the trial's number as they do outward.
 */
export function planBackTrial(seed: number, trial: number): TrialPlan {
  const random = randomOf(seed, trial);
  const name = BACK_BOUNDARY_NAMES[trial % BACK_BOUNDARY_NAMES.length] ?? "";
  const { boundary, call } = planBoundary(random, name);
  if (call === null) throw new Error(`the boundary "${name}" has no call`);
  const strikes: Strike[] = [strikeAt(random, boundary)];
  if (random.chance(0.3)) strikes.push(strikeSometime(random));
  const kind = BACK_FAULT_KINDS[trial % BACK_FAULT_KINDS.length];
  const company = planCompany(random, `T${trial}`, false);
  const quiet: Phase = { does: "sync", changes: null, strikes: [], faults: [] };
  const back: Phase = {
    does: "syncBack",
    changes: null,
    back: planBack(random, `B${trial}`, call),
    strikes,
    faults: kind && random.chance(0.7) ? [planBackFault(random, kind)] : [],
  };
  return { trial, company, phases: [quiet, back] };
}
