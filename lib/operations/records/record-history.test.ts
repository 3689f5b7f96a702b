import { expect, test } from "vitest";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { type HistoryRows, type IntentRow, recordHistory } from "./record-history";

const NAMES = { source: "Zoho Books", ledger: "Xero" };
const REFERENCE = { accounts: [], taxRates: [] };
const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 20, 9, minute));

const NOTHING: HistoryRows = {
  snapshot: null,
  intents: [],
  link: null,
  exceptions: [],
  overrides: [],
  changes: [],
  decisions: [],
};

const contact = (name: string): CanonicalRecord & { recordType: "contact" } => ({
  recordType: "contact",
  externalId: "c1",
  version: "1",
  marker: "",
  name,
  firstName: "",
  lastName: "",
  email: "",
  phone: "",
  currency: "GBP",
  address: null,
  isCustomer: true,
  isSupplier: false,
  active: true,
});

const intent = (minute: number, more: Partial<IntentRow> = {}): IntentRow => ({
  runId: `run-${minute}`,
  verb: "create",
  state: "applied",
  attempts: 1,
  payload: {},
  createdAt: at(minute),
  sentAt: at(minute),
  resolvedAt: at(minute),
  isToSource: false,
  by: "Olivia",
  ...more,
});

const told = (rows: Partial<HistoryRows>) =>
  recordHistory({ ...NOTHING, ...rows }, { names: NAMES, reference: REFERENCE });

test("what happened last stands first, whichever part of the product kept it", () => {
  const events = told({
    snapshot: { pulledAt: at(1), goneAt: null },
    intents: [intent(5)],
    changes: [{ side: "ledger", what: "changed", noticedAt: at(9), fields: ["amount"] }],
    decisions: [{ action: "tieOut.accepted", by: "Marcus", at: at(7) }],
  });
  expect(events.map(({ title, detail }) => `${title}. ${detail}`.trim())).toEqual([
    "It was changed in Xero. amount.",
    "Marcus accepted the difference.",
    "Created in Xero. Asked for by Olivia.",
    "Read from Zoho Books as it is now.",
  ]);
});

test("a later write is shown against the one before it that arrived, not against one that was refused", () => {
  const [last, , first] = told({
    intents: [
      intent(1, { payload: contact("Harbour") }),
      intent(2, { payload: contact("Refused"), state: "rejected", verb: "update" }),
      intent(3, { payload: contact("Harbour Lights"), verb: "update" }),
    ],
  });
  expect(first?.fields).toContainEqual({ field: "Name", before: null, after: "Harbour", isChanged: false });
  expect(last?.fields).toContainEqual({
    field: "Name",
    before: "Harbour",
    after: "Harbour Lights",
    isChanged: true,
  });
});

test("a write without an answer says that the answer is looked for, and a repeated one how often it was sent", () => {
  const [open] = told({ intents: [intent(1, { state: "unknown", resolvedAt: null, attempts: 3, by: "" })] });
  expect(open).toMatchObject({
    title: "Sent to Xero, whose answer is still looked for",
    detail: "By the schedule or a notice. Sent 3 times, looked for in between.",
  });
});

test("an exception is told with what ended it", () => {
  const row = {
    message: "Invoice INV-1: locked.",
    createdAt: at(1),
    resolvedAt: null,
    dismissedAt: at(4),
    dismissedByName: "Olivia",
    dismissedReason: "Old",
    runId: "r",
  };
  const stopped = told({ exceptions: [row] });
  expect(stopped.map(({ title, detail }) => [title, detail])).toEqual([
    ["Olivia left it out", "Old"],
    ["It could not go", "Invoice INV-1: locked."],
  ]);
  const [settled] = told({ exceptions: [{ ...row, dismissedAt: null, resolvedAt: at(9) }] });
  expect(settled?.title).toBe("That was settled");
});
