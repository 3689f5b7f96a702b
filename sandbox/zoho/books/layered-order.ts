/**
 * The order of a table below which derived records stand: the two kinds are merged by place, so that a page far
 * in is found by counting and a million rows are sorted once, or never where the column grows with the number.
 */
import { invariant } from "@/lib/kernel/invariant";
import type { Derived } from "@/sandbox/kit/derived";
import type { LayeredTable } from "./open-books";

type Value = string | number;
type Row<Header> = readonly [string, Header];

/** Rows that can be read from any place on. */
export interface OrderedRows<Header> extends Iterable<Row<Header>> {
  from(place: number): Iterable<Row<Header>>;
}

/** The rows of a table by a column, ascending or descending; equal values stand by age. */
export function orderLayered<Header>(
  table: LayeredTable<unknown, Header>,
  column: string,
  order: "A" | "D",
  read: (header: Header) => Value,
): OrderedRows<Header> {
  const { derived } = table;
  invariant(derived !== null, "only a table with derived records is ordered by place");
  const { source, touched } = derived;
  const permutation = permutationOf(source, column, read);
  const untouched =
    permutation === null || touched.size === 0
      ? permutation
      : permutation.filter((number) => !touched.has(number));
  const derivedCount = untouched?.length ?? touched.countUntouched(0, source.size);
  const numberAt = (place: number): number =>
    untouched === null ? touched.skipUntouched(0, place) : (untouched[place] ?? 0);

  // A derived record is older than every written one, so among equals it comes first.
  const written = [...table.writtenHeads()]
    .map(([id, header]) => ({ id, header, value: read(header) }))
    .sort((a, b) => compare(a.value, b.value) || compare(a.id, b.id))
    .map((row) => ({
      ...row,
      before: countBefore(
        derivedCount,
        (place) => compare(read(source.head(numberAt(place))), row.value) <= 0,
      ),
    }));
  const size = derivedCount + written.length;

  function rowAt(place: number): Row<Header> {
    const writtenBefore = countBefore(written.length, (at) => (written[at]?.before ?? 0) + at < place);
    const row = written[writtenBefore];
    if (row !== undefined && row.before + writtenBefore === place) return [row.id, row.header];
    const number = numberAt(place - writtenBefore);
    return [source.id(number), source.head(number)];
  }
  function* from(first: number): Generator<Row<Header>> {
    for (let place = first; place < size; place += 1) yield rowAt(order === "A" ? place : size - 1 - place);
  }
  return { from, [Symbol.iterator]: () => from(0) };
}

/** Whether rows can be read from a place on. */
export function isOrdered<Header>(rows: Iterable<Row<Header>>): rows is OrderedRows<Header> {
  return "from" in rows;
}

/** How many of the first places stand before, where all that do come first. */
function countBefore(count: number, isBefore: (place: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const permutations = new WeakMap<object, Map<string, Uint32Array>>();

/** Derived numbers by a column; null where they stand in that order already. */
function permutationOf<Header>(
  source: Derived<unknown, Header>,
  column: string,
  read: (header: Header) => Value,
): Uint32Array | null {
  if (source.ascends?.(column) === true) return null;
  const kept = permutations.get(source) ?? new Map<string, Uint32Array>();
  permutations.set(source, kept);
  const found = kept.get(column);
  if (found !== undefined) return found;
  const values: Value[] = [];
  for (let number = 0; number < source.size; number += 1) values.push(read(source.head(number)));
  const numbers = Uint32Array.from({ length: source.size }, (_, number) => number);
  numbers.sort((a, b) => compare(values[a] ?? 0, values[b] ?? 0) || a - b);
  kept.set(column, numbers);
  return numbers;
}

function compare(first: Value, second: Value): number {
  return first < second ? -1 : first > second ? 1 : 0;
}
