/** How an existing ledger record was recognised, or why it is not certain, in words that a person can check. */
export type MatchDecision<T> =
  | {
      readonly kind: "linked";
      readonly record: T;
      readonly how: "adopted" | "matched";
      readonly evidence: string;
    }
  /** It stands in the way, and no answer of a person would help: something has to be mended first. */
  | { readonly kind: "conflict"; readonly record: T; readonly evidence: string }
  /** It may be one of these: only a person can say. */
  | { readonly kind: "doubt"; readonly doubts: readonly Doubt<T>[] }
  | { readonly kind: "none" };

export interface Doubt<T> {
  readonly record: T;
  /** What differs, in words: "date 2026-05-11; total 24.01 GBP". */
  readonly differences: string;
}

/** What is known of the source record that a ledger record could be. */
export interface Expected {
  /** The marker that it bears in the ledger if we put it there. */
  readonly marker: string;
  /** True for the markers that this pair puts on records. */
  readonly isOurs: (marker: string) => boolean;
}

/** What we posted for another source record is that one's, however alike the two are. */
export const isOfAnother = (marker: string, expected: Expected): boolean =>
  marker !== expected.marker && expected.isOurs(marker);
