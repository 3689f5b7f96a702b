/**
 * The consistency score: records that agree over records that should, and nothing else in it. Should agree: every standing
 * record of the source that no rule and no person left out and that is not still to be posted, and every record that bears
 * our mark in the ledger without being one of those (a second copy, or one that the source does not have). Each counts one,
 * whatever its amount.
 */
export interface Tally {
  /** Pairs in which nothing differs. */
  readonly agreeing: number;
  /** Pairs in which something differs, with no exception open and not accepted. */
  readonly differing: number;
  /** Of the source, without a record in the ledger and without a reason. */
  readonly missing: number;
  /** In the ledger with our mark, beyond the source's records. */
  readonly extra: number;
  /** Open exceptions: they should agree and do not yet. */
  readonly exceptions: number;
}

export interface Score {
  readonly agreeing: number;
  readonly expected: number;
}

export function scoreOf(tally: Tally): Score {
  const { agreeing, differing, missing, extra, exceptions } = tally;
  return { agreeing, expected: agreeing + differing + missing + extra + exceptions };
}

/** Percent with two decimals, rounded down: "100.00" is said only where all agree. Null where nothing should. */
export function scorePercent({ agreeing, expected }: Score): string | null {
  if (expected === 0) return null;
  const hundredths = (BigInt(agreeing) * 10_000n) / BigInt(expected);
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, "0")}`;
}
