/** Running numbers of documents that the organisation's invoice settings hand out: PO-0001, QU-0001. */
import type { Books } from "../books";
import { perBooks } from "../per-books";
import type { Kept } from "../records";
import type { Table } from "../table";

interface Counter extends Kept {
  readonly next: number;
}

const counters = perBooks<Table<Counter, Counter, never>>((books) =>
  books.table("documentNumbers", (counter: Counter) => counter, {}),
);

const DIGITS = 4;

/** The next number with this prefix that is free, which is thereby spent. */
export function nextDocumentNumber(
  books: Books,
  prefix: string,
  isFree: (number: string) => boolean,
): string {
  const now = books.now();
  const before = counters(books).get(prefix);
  let next = before?.next ?? 1;
  const spelt = (): string => `${prefix}${String(next).padStart(DIGITS, "0")}`;
  while (!isFree(spelt())) next += 1;
  const number = spelt();
  counters(books).put({
    id: prefix,
    createdMs: before?.createdMs ?? now,
    updatedMs: now,
    next: next + 1,
  });
  return number;
}
