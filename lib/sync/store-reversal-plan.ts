import type { Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { dayInWords } from "@/lib/domain/local-date";
import { RECORD_TYPE_NAMES, type RecordType } from "@/lib/domain/record-type";
import { type Reversible, reversalId } from "@/lib/domain/reversal";
import { encode } from "@/lib/kernel/json";
import type { Rulebook } from "./decision";
import type { Asked, Existing, Locked } from "./find-opposites";
import { insertPlannedChanges, type NewPlannedChange } from "./insert-planned-changes";
import { completeReversals } from "./store-reversals";
import type { SyncContext } from "./sync-context";

/**
 * Writes the plan of what takes records in closed periods back: the opposite documents and what sets them against their
 * records as changes of their own, with the very record that will be sent, and a sentence on each for the owner.
 */
export interface Planned {
  readonly locked: Locked;
  readonly by: Reversible;
  readonly allocation: CanonicalRecord | null;
  readonly existing: Existing | null;
  readonly settles: boolean;
}

/** Stores a page of plans; what turns out to be taken back already is noted as such. */
export async function storePlans(
  context: SyncContext,
  tx: Transaction,
  asked: Asked,
  plans: readonly Planned[],
): Promise<void> {
  const { recordType, how, day, rulebook } = asked;
  const documents = plans.filter(({ existing }) => existing === null);
  await insertPlannedChanges(
    context,
    tx,
    how.by,
    documents.map((plan) => documentRow(recordType, plan, rulebook)),
  );
  if (how.allocation !== null)
    await insertPlannedChanges(context, tx, how.allocation, plans.flatMap(allocationRow(recordType)));
  for (const { locked, by, existing, settles, allocation } of plans) {
    const isDone = existing !== null && allocation === null;
    const { ledger_external_id: ledgerExternalId, source_external_id: sourceExternalId, number } = locked;
    const row = {
      ...{ runId: context.runId, sourceExternalId, number, settles, date: day },
      ...{ byRecordType: how.by, byNumber: by.number, byExternalId: existing?.externalId ?? null },
      allocationExternalId: existing?.allocationExternalId ?? null,
      state: existing === null ? "planned" : "posted",
    };
    const key = { pairId: context.pairId, recordType, ledgerExternalId };
    await tx.reversal.upsert({
      where: { pairId_recordType_ledgerExternalId: key },
      create: { ...key, ...row, workspaceId: context.workspaceId },
      update: row,
    });
    if (isDone) await completeReversals(context, tx, [{ recordType, ledgerExternalId, sourceExternalId }]);
    await tx.plannedChange.update({
      where: { id: locked.id },
      data: {
        verb: "exclude",
        reason: isDone ? "undoneAlready" : "takenBackByDocument",
        detail: isDone ? {} : toInputJson({ sentence: sentenceOf(asked, locked, by) }),
      },
    });
  }
}

/** "Invoice INV-7 lies in a closed period (until 31 March 2026). A credit note CN-INV-7 dated 1 April 2026 takes it back." */
function sentenceOf(
  { recordType, how, lockDate, day }: Asked,
  { number, label }: Locked,
  by: Reversible,
): string {
  const own = RECORD_TYPE_NAMES[recordType].one;
  const other = RECORD_TYPE_NAMES[how.by].one;
  const name = number === "" ? `"${label}"` : number;
  const opposite = `${/^[aeiou]/.test(other) ? "An" : "A"} ${other} ${by.number}`;
  return `${own.charAt(0).toUpperCase()}${own.slice(1)} ${name} lies in a closed period (until ${dayInWords(lockDate)}). ${opposite} dated ${dayInWords(day)} takes it back.`;
}

function documentRow(recordType: RecordType, { locked, by }: Planned, rulebook: Rulebook): NewPlannedChange {
  const amount = by.recordType === "manualJournal" ? by.total : by.gross;
  const own = RECORD_TYPE_NAMES[recordType].one;
  return {
    ...BLANK,
    sourceExternalId: reversalId(recordType, locked.ledger_external_id),
    number: by.number,
    label: locked.label,
    currency: amount.currency,
    grossMinor: amount.minor,
    baseMinor: locked.base_minor,
    naturalKey: rulebook.rules.naturalKey(by),
    detail: encode({
      record: by,
      sentence: `It takes back ${own} ${locked.number || `"${locked.label}"`}, whose own period is closed.`,
    }),
    booked: encode(rulebook.rules.book(by, [], rulebook.ledger)),
  };
}

const BLANK = {
  ...{ verb: "create", reason: null, ledgerExternalId: null, ledgerCode: "", approvalHash: null },
} as const;

const allocationRow =
  (recordType: RecordType) =>
  ({ locked, by, allocation }: Planned): NewPlannedChange[] =>
    allocation === null || !("amount" in allocation)
      ? []
      : [
          {
            ...BLANK,
            sourceExternalId: reversalId(recordType, locked.ledger_external_id),
            number: by.number,
            label: `${by.number} and ${locked.number}`,
            currency: allocation.amount.currency,
            grossMinor: allocation.amount.minor,
            baseMinor: locked.base_minor,
            naturalKey: "",
            detail: encode({
              record: allocation,
              sentence: `It sets ${by.number} against ${locked.number}, in full.`,
            }),
            // Both have the same rate, so nothing but the control account moves, and that against itself.
            booked: [],
          },
        ];
