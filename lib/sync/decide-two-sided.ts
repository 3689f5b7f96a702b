import { type CanonicalRecord, isGone } from "@/lib/domain/canonical-record";
import { problem } from "@/lib/domain/problem";
import type { RecordType } from "@/lib/domain/record-type";
import {
  type Agreed,
  compareSides,
  type DisputedField,
  FIELD_LABELS,
  withFieldsOf,
} from "@/lib/domain/two-sided";
import type { Decision, LinkedAs } from "./decision";
import type { FlowRules } from "./flow-rules";

/**
 * What becomes of a linked record that both sides can change, and of one that a side no longer has. Pure: the states of both
 * sides and the flow's rules are handed in. What no rule decides is for a person, by name.
 */

/** The decision where one side has the record no more; null where both have it, or the other one is to follow now. */
export function decideGone(
  record: CanonicalRecord,
  link: LinkedAs,
  hasVanished: boolean,
  rules: FlowRules,
): Decision | null {
  if (hasVanished && isParty(record.recordType)) return { verb: "exclude", reason: "deletedInSource" };
  const isGoneThere = link.shown !== undefined && isGone(link.shown);
  if (isGone(record)) {
    if (isGoneThere) return linked(link, record, "It is gone on both sides.");
    return hasVanished && rules.voidRule === "ask"
      ? { verb: "block", problem: problem("goneInSource", "") }
      : null;
  }
  if (!isGoneThere) return null;
  return rules.back.state === "live" && rules.back.voidRule === "follow"
    ? linked(link, record, "It was voided in the ledger, and the source takes that over.")
    : { verb: "block", problem: problem("goneInLedger", "") };
}

const isParty = (recordType: RecordType): boolean => recordType === "contact" || recordType === "item";

/**
 * The decision about a contact or an item whose last agreement is known: only what the source changed is sent, everything
 * else goes as the ledger has it. `write` makes the record that is sent.
 */
export function decideTwoSided(
  record: CanonicalRecord,
  link: LinkedAs & { readonly shown: CanonicalRecord; readonly agreed: Agreed },
  rules: FlowRules,
  write: () => Decision,
): Decision {
  const sides = compareSides(link.agreed, record, link.shown, rules.conflictRule);
  if (sides.disputed.length > 0)
    return { verb: "block", problem: problem("conflict", wordsOf(sides.disputed)), sides: sides.disputed };
  if (sides.toLedger.length === 0)
    return linked(
      link,
      record,
      sides.toSource.length === 0
        ? "It says the same on both sides."
        : "What differs was changed in the ledger and stays there.",
    );
  const decision = write();
  if (!("record" in decision)) return decision;
  return { ...decision, record: withFieldsOf(link.shown, decision.record, sides.toLedger) };
}

/** "Name, Phone": the fields in dispute, for a sentence. */
const wordsOf = (disputed: readonly DisputedField[]): string =>
  disputed.map(({ field }) => (FIELD_LABELS[field] ?? field).toLowerCase()).join(", ");

const linked = ({ ledgerExternalId }: LinkedAs, record: CanonicalRecord, evidence: string): Decision => ({
  verb: "link",
  ledgerExternalId,
  ledgerCode: record.recordType === "item" ? record.code : "",
  how: "matched",
  evidence,
});
