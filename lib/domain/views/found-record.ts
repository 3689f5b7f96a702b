import type { RecordType } from "../record-type";

/** A record of the source that a search by number or name found. */
export interface FoundRecord {
  readonly recordType: RecordType;
  readonly externalId: string;
  readonly number: string;
  readonly label: string;
}

/** Shorter than this, a search would find everything. */
export const SEARCH_CHARACTERS_MIN = 2;
