import { createHash } from "node:crypto";
import type { FieldDifference, TieOutField, TieOutKind } from "@/lib/domain/views/tie-out-kind";
import type { Entry } from "./entry";

/** A record that is not simply equal on both sides, with its reason. At least one side is there. */
export interface Finding {
  readonly kind: TieOutKind;
  readonly source: Entry | null;
  readonly ledger: Entry | null;
  readonly fields: readonly FieldDifference[];
  readonly sentence: string;
  /** When the ledger's change was first read; null where none was. */
  readonly changedSince: Date | null;
}

const FIELD_WORDS: Readonly<Record<TieOutField, string>> = {
  currency: "currency",
  amount: "total",
  date: "date",
  contact: "contact",
  tax: "split into net and tax",
  account: "account",
  tracking: "tracking",
  rate: "exchange rate",
  number: "number",
  name: "name",
  status: "status",
};

/** What differs in a pair, in a sentence; `isChangedThere` where the ledger was seen to show something else before. */
export function pairSentence(fields: readonly FieldDifference[], isChangedThere: boolean): string {
  const parts = fields.map(({ field, source, ledger }) =>
    isChangedThere
      ? `${FIELD_WORDS[field]} from ${quoted(source)} to ${quoted(ledger)}`
      : `${FIELD_WORDS[field]} is ${quoted(source)} in the source and ${quoted(ledger)} in the ledger`,
  );
  return isChangedThere
    ? `It was changed in the ledger after it was posted: ${parts.join("; ")}.`
    : `Its ${parts.join("; its ")}.`;
}

const quoted = (text: string): string => (text === "" ? "nothing" : text);

/** Why a record of one side stands alone, in a sentence. */
export const ALONE_SENTENCES = {
  missing: "It is in the source but not in the ledger.",
  missingSince: "It was in the ledger and is no longer there.",
  voidedInLedger: "It was voided or deleted in the ledger, but stands in the source.",
  doubled: "The ledger has it more than once, with our reference on both.",
  unknownMarker: "The ledger has it with our reference, but the source does not have it.",
  voidedInSource: "It is void in the source, but stands in the ledger.",
  onlyInLedger: "It is only in the ledger and was not posted by Tieout.",
  waiting: "It has not been posted yet.",
  changeWaiting: "It changed in the source, and the change has not been posted yet.",
} as const;

/** A record that somebody else put into the ledger beside ours. */
export const likelyDoubleSentence = (ours: string): string =>
  `Somebody else entered it with the same contact, date and total as ${ours}: it may be there twice.`;

export const acceptedSentence = (by: string, why: string): string => `${by} says that it is right: ${why}`;

/**
 * What an acceptance speaks of: this very difference of these very records. Another amount, or another change on top, is not
 * accepted with it.
 */
export function fingerprintOf({ kind, source, ledger, fields }: Finding): string {
  const parts = [
    kind,
    (source ?? ledger)?.recordType ?? "",
    source?.id ?? "",
    ledger?.id ?? "",
    ...fields.flatMap((one) => [one.field, one.source, one.ledger]),
    // A record that stands alone is accepted as it is now.
    ...(fields.length === 0 ? [String((source ?? ledger)?.gross ?? 0n)] : []),
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 40);
}
