/**
 * Records that nobody has written: each is computed from its number whenever it is asked for, so that a million
 * of them cost no memory and no time before the first look. What is written over one stands in the collection
 * like any other record; here is only kept which numbers were written over or removed.
 */

export interface Derived<Body, Header> {
  readonly size: number;
  id(number: number): string;
  /** The number of an id, from 0; null when the id is none of these. */
  numberOf(id: string): number | null;
  body(number: number): Body;
  head(number: number): Header;
  /** Numbers under a key of an index, in ascending order; null when these records do not know the index. */
  by(index: string, key: string): readonly number[] | null;
  /** Whether a list column grows with the number, so that nothing need be sorted. */
  ascends?(column: string): boolean;
}

/** The numbers that no longer are as derived. */
export interface Touched {
  has(number: number): boolean;
  add(number: number): void;
  remove(number: number): void;
  readonly size: number;
  /** How many numbers from `first` to the end of `total` are still as derived. */
  countUntouched(first: number, total: number): number;
  /** The first number at or after `first` with `skip` untouched numbers before it; may lie beyond the end. */
  skipUntouched(first: number, skip: number): number;
}

/** Nothing touched yet. */
export function createTouched(): Touched {
  const sorted: number[] = [];
  /** How many touched numbers are below. */
  function rank(number: number): number {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  const has = (number: number): boolean => sorted[rank(number)] === number;
  return {
    has,
    add(number) {
      const at = rank(number);
      if (sorted[at] !== number) sorted.splice(at, 0, number);
    },
    remove(number) {
      const at = rank(number);
      if (sorted[at] === number) sorted.splice(at, 1);
    },
    get size() {
      return sorted.length;
    },
    countUntouched: (first, total) => Math.max(0, total - first) - (sorted.length - rank(first)),
    skipUntouched(first, skip) {
      let number = first + skip;
      // Each touched number that was jumped over asks for one more; there are finitely many.
      for (let jumped = rank(first); jumped < rank(number + 1); jumped += 1) number += 1;
      return number;
    },
  };
}

/** Untouched numbers from `first` on. */
export function* untouchedFrom(touched: Touched, first: number, total: number): Generator<number> {
  for (let number = first; number < total; number += 1) if (!touched.has(number)) yield number;
}
