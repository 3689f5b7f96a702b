import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { isDocument } from "@/lib/domain/canonical-record";
import { type OverrideField, type RecordOverride, sourceValueOf } from "@/lib/domain/record-override";
import type { ChoiceOption, CorrectableField } from "@/lib/domain/views/exception-view";
import { overrideMaps } from "@/lib/mapping/apply-overrides";
import { labelOf } from "@/lib/mapping/value-maps";
import { type Choices, optionsFor, taxKeysOf } from "./load-options";

/**
 * What a person may choose for one record alone: where its lines and its money go, whom it is addressed to, its number
 * and its date. Amounts are never among them: a wrong amount is corrected where it was written.
 */
export function correctableFields(
  record: CanonicalRecord,
  overrides: readonly RecordOverride[],
  choices: Choices,
): CorrectableField[] {
  const maps = overrideMaps(choices.maps, overrides);
  const accounts = "lines" in record ? [...new Set(record.lines.map((line) => line.accountKey ?? ""))] : [];
  const wanted: [OverrideField, string][] = [
    ...accounts.map((key): [OverrideField, string] => ["account", key]),
    ...taxKeysOf(record, maps).map((key): [OverrideField, string] => ["tax", key]),
    ["paymentAccount", sourceValueOf(record, "paymentAccount", "") ?? ""],
    ...(isAddressed(record) ? ([["contact", ""]] as [OverrideField, string][]) : []),
    ["number", ""],
    ["date", ""],
  ];
  return wanted.flatMap(([field, sourceKey]) => describeField(record, field, sourceKey, overrides, choices));
}

/** Settlements go to the contact of the document that they settle, whatever they say themselves. */
const isAddressed = (record: CanonicalRecord): boolean =>
  isDocument(record) || record.recordType === "overpayment" || record.recordType === "supplierOverpayment";

function describeField(
  record: CanonicalRecord,
  field: OverrideField,
  sourceKey: string,
  overrides: readonly RecordOverride[],
  choices: Choices,
): CorrectableField[] {
  const sourceValue = sourceValueOf(record, field, sourceKey);
  if (sourceValue === null) return [];
  const made = overrides.find((one) => one.field === field && one.sourceKey === sourceKey);
  const shared = { field, sourceKey, chosen: made?.value ?? "", chosenLabel: made?.label ?? "" };
  switch (field) {
    case "account":
    case "tax":
    case "paymentAccount": {
      const name = labelOf(choices.maps, field, sourceKey);
      const options = optionsFor(choices, field, sourceKey);
      const usual = labelOfOption(options, choices.maps[field].get(sourceKey));
      return [{ ...shared, label: FIELD_LABELS[field](name), sourceText: name, usual, options }];
    }
    case "contact": {
      const sourceText = "contactName" in record ? record.contactName : sourceValue;
      return [{ ...shared, label: "Contact", sourceText, usual: "", options: null }];
    }
    case "number":
      return [{ ...shared, label: "Number", sourceText: sourceValue, usual: "", options: null }];
    case "date":
      return [{ ...shared, label: "Date", sourceText: sourceValue, usual: "", options: null }];
  }
}

const FIELD_LABELS = {
  account: (name: string) => `Account for "${name}"`,
  tax: (name: string) => `Tax rate for "${name}"`,
  paymentAccount: (name: string) => `Bank account for "${name}"`,
} as const;

const labelOfOption = (options: readonly ChoiceOption[], key: string | undefined): string =>
  key === undefined ? "" : (options.find((option) => option.key === key)?.label ?? key);
