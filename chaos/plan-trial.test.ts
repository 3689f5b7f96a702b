import { expect, test } from "vitest";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import { FAULT_KINDS } from "./plan-faults";
import { BOUNDARY_NAMES, planTrial } from "./plan-trial";

const NUMBERS = Array.from({ length: 400 }, (_, trial) => trial);
const strikesOf = (trial: number) => planTrial(7, trial).phases.flatMap(({ strikes }) => strikes);

test("the same seed and number is the same trial, another seed another one", () => {
  expect(planTrial(7, 12)).toEqual(planTrial(7, 12));
  expect(planTrial(7, 12)).not.toEqual(planTrial(8, 12));
});

test("every boundary has its turn in as many trials as there are boundaries", () => {
  const met = NUMBERS.slice(0, BOUNDARY_NAMES.length).flatMap((trial) =>
    strikesOf(trial).flatMap(({ when }) => (when.kind === "boundary" ? [when.boundary.name] : [])),
  );
  expect(met.sort()).toEqual([...BOUNDARY_NAMES].sort());
});

test("every kind of fault, every victim and every way to hit it come up", () => {
  const faults = NUMBERS.flatMap((trial) => planTrial(7, trial).phases.flatMap((phase) => phase.faults));
  expect(new Set(faults.map(({ name }) => name))).toEqual(new Set(FAULT_KINDS.map(({ name }) => name)));
  const blows = NUMBERS.flatMap(strikesOf).map(({ victim, how }) => `${victim} ${how}`);
  expect([...new Set(blows)].sort()).toEqual(
    ["postgres", "runner", "sandbox", "worker"].flatMap((victim) => [`${victim} kill`, `${victim} pause`]),
  );
});

test("a struck purchase is there to be struck, and purchases have records of every type", () => {
  const plans = NUMBERS.map((trial) => planTrial(7, trial));
  const struck = plans.flatMap(({ company, phases }) =>
    phases.flatMap(({ strikes }) =>
      strikes.flatMap(({ when }) =>
        when.kind === "boundary" && "call" in when.boundary && when.boundary.call.side === "purchases"
          ? [company.purchases]
          : [],
      ),
    ),
  );
  expect(struck.length).toBeGreaterThan(0);
  expect(struck).not.toContain(null);
  for (const { purchases } of plans.map(({ company }) => company))
    for (const records of Object.values(purchases ?? {})) expect(records.length).toBeGreaterThan(0);
});

test("every type of record is struck somewhere", () => {
  const met = NUMBERS.flatMap(strikesOf).flatMap(({ when }) =>
    when.kind === "boundary"
      ? ["call" in when.boundary ? when.boundary.call.recordType : when.boundary.hold.recordType]
      : [],
  );
  expect([...new Set(met)].sort()).toEqual([...RECORD_TYPES].sort());
});

test("a company has records of every type, and a payment that leaves something over", () => {
  for (const trial of NUMBERS) {
    const { contacts, items, invoices, creditNotes, allocations, payments } = planTrial(7, trial).company;
    for (const records of [contacts, items, invoices, creditNotes, allocations, payments])
      expect(records.length).toBeGreaterThan(0);
    expect(payments[0]?.excess).not.toBe("0");
    expect(contacts[payments[0]?.contact ?? -1]?.isForeign).toBe(false);
  }
});
