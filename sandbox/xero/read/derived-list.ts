/**
 * Lists over a table below which derived records stand: a page is found by counting instead of by gathering a
 * million headers. Derived records were all updated before any written one and in the order of their numbers,
 * so the usual order (by last update) is theirs first, then the written ones'. A filter is run over the derived
 * headers once for each call; what passes is kept as numbers.
 */
import type { Layers } from "@/sandbox/kit/types";

type Times = { readonly createdMs: number; readonly updatedMs: number };

export interface DerivedRows<Header extends Times> {
  readonly derived: NonNullable<Layers<unknown, Header>["derived"]>;
  written(): Iterable<[string, Header]>;
  /** Whether the call's own parameters leave out any record that is not archived. */
  readonly isFiltered: boolean;
}

export interface DerivedChoice<Header> {
  passes(id: string, header: Header): boolean;
  /** Null: every time passes. */
  readonly since: ((updatedMs: number) => boolean) | null;
  /** False: every derived record passes. */
  readonly isNarrowed: boolean;
  readonly descending: boolean;
}

export interface ChosenRows {
  readonly size: number;
  ids(from: number, to: number): string[];
}

/** The rows that a list call asks for, of which any stretch can be read. */
export function chooseDerived<Header extends Times>(
  rows: DerivedRows<Header>,
  choice: DerivedChoice<Header>,
): ChosenRows {
  const { source, touched } = rows.derived;
  const first = firstSince(source, choice.since);
  const numbers = choice.isNarrowed ? passingNumbers(rows, choice, first) : null;
  const derivedCount = numbers?.length ?? touched.countUntouched(first, source.size);
  const written = [...rows.written()]
    .filter(([id, header]) => (choice.since?.(header.updatedMs) ?? true) && choice.passes(id, header))
    .sort(([, left], [, right]) => left.updatedMs - right.updatedMs);
  const size = derivedCount + written.length;
  const idAt = (place: number): string => {
    if (place >= derivedCount) return written[place - derivedCount]?.[0] ?? "";
    return source.id(numbers === null ? touched.skipUntouched(first, place) : (numbers[place] ?? 0));
  };
  return {
    size,
    ids(from, to) {
      const ids: string[] = [];
      for (let place = from; place < Math.min(to, size); place += 1)
        ids.push(idAt(choice.descending ? size - 1 - place : place));
      return ids;
    },
  };
}

/** The first number that was updated late enough; times grow with the numbers. */
function firstSince<Header extends Times>(
  source: DerivedRows<Header>["derived"]["source"],
  since: DerivedChoice<Header>["since"],
): number {
  if (since === null) return 0;
  let low = 0;
  let high = source.size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (since(source.head(middle).updatedMs)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function passingNumbers<Header extends Times>(
  { derived: { source, touched } }: DerivedRows<Header>,
  choice: DerivedChoice<Header>,
  first: number,
): number[] {
  const numbers: number[] = [];
  for (let number = first; number < source.size; number += 1) {
    if (touched.has(number) || !choice.passes(source.id(number), source.head(number))) continue;
    numbers.push(number);
  }
  return numbers;
}
