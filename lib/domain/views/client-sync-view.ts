import type { RecordType } from "../record-type";

/** The sync of clients as contacts: its settings, the review of what goes where, and its log. */
export interface ClientSyncView {
  readonly sourceName: string;
  readonly sourceLabel: string;
  /** Connector of the source: which clients it has and how it spells them differs. */
  readonly connectorId: string;
  /** Whether the source takes no contacts back. */
  readonly isOneWay: boolean;
  readonly ledgerName: string;
  readonly ledgerLabel: string;
  readonly enabled: boolean;
  /** Further record types that a sync posts as well, since they were switched on in the set-up. */
  readonly alsoSynced: readonly RecordType[];
  /** The newest look at both sides; null before the first. */
  readonly review: ClientReviewView | null;
  /** Who confirmed the mappings last; null before anyone did. */
  readonly confirmed: { readonly by: string; readonly at: string } | null;
}

export interface ClientReviewView {
  readonly runId: string;
  /** reading: nothing to review yet. review: waits for a person. syncing: it is being posted. done: it was. */
  readonly phase: "reading" | "review" | "syncing" | "done";
  readonly counts: Readonly<Record<MappingStatus, number>>;
}

/**
 * mapped: linked by the ledger's own id. matched: found to be one, linked once the mappings are confirmed. toAdd: the ledger
 * has none, so one is added. needsYou: nothing happens until a person has acted. leftOut: left out on purpose.
 * ledgerOnly: in the ledger alone, where it stays as it is.
 */
export const MAPPING_STATUSES = ["needsYou", "toAdd", "matched", "mapped", "leftOut", "ledgerOnly"] as const;
export type MappingStatus = (typeof MAPPING_STATUSES)[number];

/** As TimeSolv's page words them. */
export const MAPPING_WORDS: Readonly<Record<MappingStatus, string>> = {
  needsYou: "Needs you",
  toAdd: "Will be added",
  matched: "Matched",
  mapped: "Mapped",
  leftOut: "Left out",
  ledgerOnly: "Will remain in Xero unmatched",
};

export interface MappingRow {
  readonly status: MappingStatus;
  /** Empty where only the ledger has it. */
  readonly sourceName: string;
  readonly sourceExternalId: string;
  /** Empty where the ledger has none. */
  readonly ledgerName: string;
  /** Empty where the ledger has none. */
  readonly ledgerExternalId: string;
  /** Whether a contact that the ledger alone has is archived there. */
  readonly isArchived: boolean;
  /** Why, and what to do about it; empty where nothing is to be said. */
  readonly remark: string;
}

export interface MappingRows {
  readonly rows: readonly MappingRow[];
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
}

/** What came of a corrected file. */
export interface MappingCorrection {
  /** Clients that were given another contact, or none. */
  readonly corrected: number;
  /** The look at both sides that goes by it; null where nothing was corrected. */
  readonly runId: string | null;
}

/** Newest first; the screen shows so many, the download all. */
export const LIVE_LOG_ENTRIES = 50;

export interface ClientLogEntry {
  /** ISO instant. */
  readonly at: string;
  readonly name: string;
  /** added, updated: in the ledger. mapped: linked to what was there. failed: nothing happened. */
  readonly what: "added" | "updated" | "mapped" | "failed";
  /** Why it failed and what to do, or what it was mapped to. */
  readonly detail: string;
}

export interface ClientLogView {
  readonly runId: string;
  readonly isMoving: boolean;
  readonly total: number;
  /** At most LIVE_LOG_ENTRIES. */
  readonly entries: readonly ClientLogEntry[];
}

/** A sync of the past. */
export interface EarlierClientSync {
  readonly runId: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly state: string;
  readonly added: number;
  readonly mapped: number;
  readonly failed: number;
}
