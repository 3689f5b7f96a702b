/** A record of the source that is not posted, since it cannot be read or does not agree with itself. */
export interface KeptAsideRow {
  readonly recordType: string;
  readonly externalId: string;
  /** A plain sentence that names the field. */
  readonly problem: string;
  /** ISO instant. */
  readonly since: string;
}

export interface KeptAsideView {
  readonly total: number;
  /** The newest, at most fifty. */
  readonly rows: readonly KeptAsideRow[];
}
