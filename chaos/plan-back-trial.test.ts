import { expect, test } from "vitest";
import { SOURCE_CALLS } from "./ledger-calls";
import { BACK_FAULT_KINDS } from "./plan-back";
import { planBackTrial } from "./plan-back-trial";
import { BACK_BOUNDARY_NAMES, type Strike } from "./plan-trial";

const PLANS = Array.from({ length: 200 }, (_, trial) => planBackTrial(7, trial));

const boundaryOf = ({ when }: Strike) => (when.kind === "boundary" ? [when.boundary] : []);
const boundaries = PLANS.flatMap(({ phases }) =>
  phases.flatMap(({ strikes }) => strikes.flatMap(boundaryOf)),
);

test("the same seed and number is the same trial back, another seed another one", () => {
  expect(planBackTrial(7, 12)).toEqual(planBackTrial(7, 12));
  expect(planBackTrial(7, 12)).not.toEqual(planBackTrial(8, 12));
});

test("every boundary of the way back has its turn, and every kind of fault that Zoho Books has", () => {
  expect(new Set(boundaries.map(({ name }) => name))).toEqual(new Set(BACK_BOUNDARY_NAMES));
  const faults = PLANS.flatMap(({ phases }) => phases.flatMap((phase) => phase.faults));
  expect(new Set(faults.map(({ name }) => name))).toEqual(new Set(BACK_FAULT_KINDS.map(({ name }) => name)));
  expect(new Set(faults.map(({ service }) => service))).toEqual(new Set(["zoho"]));
});

test("every call to Zoho Books is struck somewhere, and what it writes was done in Xero before", () => {
  const struck = boundaries.map((boundary) => ("call" in boundary ? boundary.call : boundary.hold));
  const named = ({ recordType, verb }: { recordType: string; verb: string | null }) =>
    `${verb} ${recordType}`;
  expect(new Set(struck.map(named))).toEqual(new Set(SOURCE_CALLS.map(named)));
  for (const { phases } of PLANS)
    for (const { back, strikes } of phases)
      for (const boundary of strikes.flatMap(boundaryOf)) {
        const { recordType, verb } = "call" in boundary ? boundary.call : boundary.hold;
        const done = new Map<string, unknown>([
          ["create contact", back?.contacts.length],
          ["create item", back?.items.length],
          ["create payment", back?.payments.length],
          ["update contact", back?.changes.contact],
          ["update item", back?.changes.item],
          ["void invoice", back?.voids.invoice],
          ["void payment", back?.voids.payment],
        ]);
        expect(done.get(`${verb} ${recordType}`), `${verb} ${recordType}`).toBeTruthy();
      }
});
