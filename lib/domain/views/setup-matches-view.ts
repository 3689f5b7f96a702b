import type { RecordType } from "../record-type";
import type { MatchStatus } from "./match-row";

/** What was found on both sides, of every kind of record, counted by status. */
export interface SetupMatchesView {
  readonly ledgerName: string;
  readonly counts: readonly {
    readonly status: MatchStatus;
    readonly count: number;
    /** The first kind that has some, whose list a person is led to; null where none has. */
    readonly recordType: RecordType | null;
  }[];
}
