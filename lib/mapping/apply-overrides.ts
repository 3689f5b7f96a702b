import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { parseLocalDate } from "@/lib/domain/local-date";
import type { OverrideField, RecordOverride } from "@/lib/domain/record-override";
import type { References } from "./references";
import type { ValueMaps } from "./value-maps";

/**
 * What a person chose for one record alone, put in the place of what the source and the set-up say. Each part changes
 * nothing where nothing was chosen, and the same choices give the same record in preview and in posting.
 */

/** The record under the number and date that were chosen for it. */
export function overrideRecord(
  record: CanonicalRecord,
  overrides: readonly RecordOverride[],
): CanonicalRecord {
  let chosen = record;
  for (const { field, value } of overrides) {
    if (field === "number" && "number" in chosen) chosen = { ...chosen, number: value };
    if (field === "date" && "date" in chosen) chosen = { ...chosen, date: parseLocalDate(value) };
  }
  return chosen;
}

/** The maps with the accounts and taxes that were chosen for this one record. */
export function overrideMaps(maps: ValueMaps, overrides: readonly RecordOverride[]): ValueMaps {
  if (overrides.length === 0) return maps;
  const withChosen = (field: OverrideField, map: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
    new Map([
      ...map,
      ...overrides.flatMap((one) => (one.field === field ? [[one.sourceKey, one.value] as const] : [])),
    ]);
  return {
    ...maps,
    account: withChosen("account", maps.account),
    tax: withChosen("tax", maps.tax),
    paymentAccount: withChosen("paymentAccount", maps.paymentAccount),
  };
}

/** The references with the ledger contact that was chosen for this one record. */
export function overrideReferences(references: References, overrides: readonly RecordOverride[]): References {
  const chosen = overrides.find(({ field }) => field === "contact");
  if (!chosen) return references;
  return {
    ...references,
    contact: (sourceId) =>
      sourceId === chosen.sourceValue
        ? { state: "linked", ledgerId: chosen.value, ledgerCode: "" }
        : references.contact(sourceId),
  };
}

/** A sentence for each choice, for whoever looks at the preview. */
export const overrideWarnings = (overrides: readonly RecordOverride[]): string[] =>
  overrides.map((one) => sentenceOf(one, `as ${one.madeByName} chose`));

function sentenceOf({ field, value, label, sourceValue, origin }: RecordOverride, chosen: string): string {
  switch (field) {
    case "date":
      return origin === "firstOpenDay"
        ? `It is posted on ${value} instead of ${sourceValue}, ${chosen}, since that period is locked: it counts in another period, for tax too.`
        : `It is posted on ${value} instead of ${sourceValue}, ${chosen}.`;
    case "number":
      return `It is posted as ${value} instead of ${sourceValue}, ${chosen}.`;
    case "contact":
      return `It goes to the contact ${label}, ${chosen} for this record alone.`;
    case "tax":
      return `It takes the tax rate ${label}, ${chosen} for this record alone.`;
    case "account":
    case "paymentAccount":
      return `It goes to the account ${label}, ${chosen} for this record alone.`;
  }
}
