import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { PairSettings } from "@/lib/domain/pair-settings";

/**
 * Rules by which a source record is left out of the ledger on purpose. Each has a sentence; nothing is left out
 * without one.
 */
export const EXCLUSIONS = {
  draftInSource: "It is a draft in the source. It will be posted once it is approved there.",
  voidInSource: "It is void in the source.",
  inactiveInSource: "It is switched off in the source and nothing that is posted needs it.",
  documentExcluded: "It belongs to a document that is left out.",
  draftsTakeNoPayment: "New documents are posted as drafts, and a draft takes no payment. Approve it first.",
  undone: "It was posted and taken back. It stays out until you post it again.",
  staysAfterUndo: "Contacts and items hold no money: they stay, and are used again.",
  changeStays: "It was changed or voided by that run, and a change cannot be taken back here.",
  undoneAlready: "It was taken back before.",
} as const;
export type ExclusionReason = keyof typeof EXCLUSIONS;

/** Why the record is left out by what it is; null where nothing speaks against posting it. */
export function exclusionOf(record: CanonicalRecord, settings: PairSettings): ExclusionReason | null {
  switch (record.recordType) {
    case "contact":
      return null;
    case "item":
      return record.active ? null : "inactiveInSource";
    case "invoice":
    case "creditNote":
      if (record.status === "draft" || record.status === "submitted") return "draftInSource";
      return record.status === "void" || record.status === "deleted" ? "voidInSource" : null;
    case "allocation":
      return settings.documentStatus === "draft" ? "draftsTakeNoPayment" : null;
    case "payment":
      if (record.status === "deleted") return "voidInSource";
      return settings.documentStatus === "draft" ? "draftsTakeNoPayment" : null;
    case "overpayment":
      return record.status === "deleted" ? "voidInSource" : null;
  }
}
