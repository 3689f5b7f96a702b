/**
 * Which accounts, tax rates and tracking options have been used on a document, so that they cannot be deleted
 * any more. Marked when a document is written and never taken back: a client must be able to archive instead.
 */
import type { Books } from "../books";
import { perBooks } from "../per-books";
import type { Kept } from "../records";
import type { Table } from "../table";

const used = perBooks<Table<Kept, Kept, never>>((books) => books.table("used", (mark: Kept) => mark, {}));

/** Notes that a document uses the record of this id; a second note costs a look-up only. */
export function markUsed(books: Books, id: string): void {
  const marks = used(books);
  if (marks.head(id) !== undefined) return;
  const now = books.now();
  marks.put({ id, createdMs: now, updatedMs: now });
}

export function isUsed(books: Books, id: string): boolean {
  return used(books).head(id) !== undefined;
}
