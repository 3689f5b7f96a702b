import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { PairSettings } from "@/lib/domain/pair-settings";
import { cutOverAfter, isCarried } from "./cut-over";

/**
 * Rules by which a source record is left out of the ledger on purpose. Each has a sentence; nothing is left out
 * without one.
 */
export const EXCLUSIONS = {
  draftInSource: "It is a draft in the source. It will be posted once it is approved there.",
  voidInSource: "It is void in the source.",
  inactiveInSource: "It is switched off in the source and nothing that is posted needs it.",
  deletedInSource: "It was deleted in the source. Contacts and items stay in the ledger.",
  beforeCutOver: "It is dated before the cut-over, and nothing of it was open by then.",
  openBeforeCutOver:
    "It is dated before the cut-over and was open by then, and it is not in the ledger. The set-up can bring it in as an opening balance.",
  documentExcluded: "It belongs to a document that is left out.",
  draftsTakeNoPayment: "New documents are posted as drafts, and a draft takes no payment. Approve it first.",
  dismissed: "A person decided to leave it out. It comes back when it changes in the source.",
  undone: "It was posted and taken back. It stays out until you post it again.",
  staysAfterUndo: "Contacts and items hold no money: they stay, and are used again.",
  changeStays: "It was changed or voided by that run, and a change cannot be taken back here.",
  undoneAlready: "It was taken back before.",
  erasedHere:
    "The details of this person were erased here, so they are written nowhere. Their documents wait until the ledger has the contact.",
  takenBackByDocument: "It lies in a closed period: a document on the first open day takes it back.",
} as const;
export type ExclusionReason = keyof typeof EXCLUSIONS;

/** Why the record is left out by what it is; null where nothing speaks against posting it. */
export function exclusionOf(record: CanonicalRecord, settings: PairSettings): ExclusionReason | null {
  const own = ownExclusion(record, settings);
  if (own !== null) return own;
  // What was still owed on that day is decided by what was open of it.
  return cutOverAfter(record, settings) !== null && !isCarried(record) ? "beforeCutOver" : null;
}

function ownExclusion(record: CanonicalRecord, settings: PairSettings): ExclusionReason | null {
  switch (record.recordType) {
    case "contact":
      return null;
    case "item":
      return record.active ? null : "inactiveInSource";
    case "invoice":
    case "creditNote":
    case "purchaseOrder":
    case "bill":
    case "supplierCredit":
    case "bankTransaction":
      if (record.status === "draft" || record.status === "submitted") return "draftInSource";
      return record.status === "void" || record.status === "deleted" ? "voidInSource" : null;
    case "manualJournal":
      if (record.status === "draft") return "draftInSource";
      return record.status === "open" ? null : "voidInSource";
    case "allocation":
    case "supplierAllocation":
      return settings.documentStatus === "draft" ? "draftsTakeNoPayment" : null;
    case "payment":
    case "billPayment":
      if (record.status === "deleted") return "voidInSource";
      return settings.documentStatus === "draft" ? "draftsTakeNoPayment" : null;
    case "overpayment":
    case "supplierOverpayment":
      return record.status === "deleted" ? "voidInSource" : null;
  }
}
