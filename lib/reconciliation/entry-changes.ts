import { moneyText } from "@/lib/domain/money";
import type { TieOutField } from "@/lib/domain/views/tie-out-kind";
import type { Entry, EntryPart } from "./entry";

/**
 * What changed between two readings of one record on one side: the drift watch and the list of changes since a month was
 * closed are made of it. Only what a tie-out compares is looked at; a payment that changes what is still due is no change of
 * the document.
 */
export interface EntryChange {
  readonly field: TieOutField;
  readonly before: string;
  readonly after: string;
}

export function findEntryChanges(before: Entry, after: Entry): EntryChange[] {
  return FIELD_TEXTS.flatMap(({ field, textOf }) => {
    const [left, right] = [textOf(before), textOf(after)];
    return left === right ? [] : [{ field, before: left, after: right }];
  });
}

const FIELD_TEXTS: readonly { readonly field: TieOutField; readonly textOf: (entry: Entry) => string }[] = [
  { field: "status", textOf: (entry) => (entry.standing ? "standing" : "void") },
  { field: "amount", textOf: (entry) => amountText(entry, entry.gross) },
  { field: "date", textOf: (entry) => entry.date ?? "" },
  { field: "contact", textOf: (entry) => (entry.settles === null ? entry.contactName : "") },
  {
    field: "tax",
    textOf: (entry) =>
      entry.taxes
        .map(
          (one) => `${amountText(entry, one.tax)} on ${amountText(entry, one.net)} at ${one.ratePercent} %`,
        )
        .join(", "),
  },
  { field: "account", textOf: (entry) => partsText(entry, entry.accounts) },
  { field: "tracking", textOf: (entry) => partsText(entry, entry.tracking) },
  { field: "rate", textOf: (entry) => entry.fxRate ?? "" },
  { field: "number", textOf: (entry) => entry.number },
  // The label of a document is its contact's name.
  { field: "name", textOf: (entry) => (entry.contactName === "" ? entry.label : "") },
];

const amountText = ({ currency }: Entry, minor: bigint): string =>
  currency === null ? "" : `${currency} ${moneyText({ minor, currency })}`;

const partsText = (entry: Entry, parts: readonly EntryPart[] | null): string =>
  (parts ?? []).map((part) => `${amountText(entry, part.net)} on ${part.key}`).join(", ");
