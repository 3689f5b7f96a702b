/** What all trials came to: the last line that the command prints. */
export interface Tally {
  trials: number;
  kills: number;
  readonly boundaries: Record<string, number>;
  readonly faults: Record<string, number>;
  documents: number;
  lost: number;
  duplicated: number;
  mismatched: number;
  stuck: number;
  readonly seed: number;
}

export const emptyTally = (seed: number, boundaryNames: readonly string[]): Tally => ({
  trials: 0,
  kills: 0,
  boundaries: Object.fromEntries(boundaryNames.map((name) => [name, 0])),
  faults: {},
  documents: 0,
  lost: 0,
  duplicated: 0,
  mismatched: 0,
  stuck: 0,
  seed,
});

export function countUp(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

export const isClean = ({ lost, duplicated, mismatched, stuck }: Tally): boolean =>
  lost + duplicated + mismatched + stuck === 0;
