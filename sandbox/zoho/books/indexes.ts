/**
 * Look-ups that a write needs, kept beside the tables: which records bear a name, belong to a contact or hold a
 * unique value, and how often a line names an item, an account, a tax or a tag's option. Each is built at its
 * first use and follows every later change, so that no write reads all records.
 */
import type { Layers } from "@/sandbox/kit/types";
import { type Books, watchTable } from "./open-books";
import type { StoredLine } from "./records";

type Keys = string | readonly string[];

/** What an index reads of a table. */
export interface HeadedTable<Header> {
  head(id: string): Header | undefined;
  heads(): Iterable<readonly [string, Header]>;
  /** Where derived records may stand below the written ones. */
  readonly derived?: Layers<unknown, Header>["derived"];
  writtenHeads?(): Iterable<readonly [string, Header]>;
}

const kept = new WeakMap<object, Map<string, Map<string, Set<string>>>>();
const NONE: ReadonlySet<string> = new Set();

/**
 * Ids of the records whose keys include one. `name` stands for `keysOf` and must always come with the same;
 * an empty key is no key.
 */
export function idsBy<Header>(
  table: HeadedTable<Header>,
  name: string,
  keysOf: (header: Header) => Keys,
  key: string,
): ReadonlySet<string> {
  const indexes = kept.get(table) ?? new Map<string, Map<string, Set<string>>>();
  kept.set(table, indexes);
  const below = derivedBy(table, name, key);
  const found = indexes.get(name);
  if (found !== undefined) return joined(below, found.get(key) ?? NONE);
  const index = new Map<string, Set<string>>();
  indexes.set(name, index);
  const heads = below === null ? table.heads() : (table.writtenHeads?.() ?? table.heads());
  for (const [id, header] of heads) add(index, keysOf(header), id);
  watchTable(table, {
    before(id) {
      const header = table.head(id);
      if (header !== undefined) remove(index, keysOf(header), id);
    },
    after(id) {
      const header = table.head(id);
      if (header !== undefined) add(index, keysOf(header), id);
    },
  });
  return joined(below, index.get(key) ?? NONE);
}

/** Ids of the derived records under a key; null where there are none, or none that know the index. */
function derivedBy<Header>(table: HeadedTable<Header>, name: string, key: string): readonly string[] | null {
  if (table.derived === undefined || table.derived === null) return null;
  const { source, touched } = table.derived;
  const numbers = source.by(name, key);
  return numbers === null
    ? null
    : numbers.filter((number) => !touched.has(number)).map((number) => source.id(number));
}

function joined(below: readonly string[] | null, written: ReadonlySet<string>): ReadonlySet<string> {
  return below === null || below.length === 0 ? written : new Set([...below, ...written]);
}

function add(index: Map<string, Set<string>>, keys: Keys, id: string): void {
  for (const key of typeof keys === "string" ? [keys] : keys) {
    if (key === "") continue;
    const ids = index.get(key);
    if (ids === undefined) index.set(key, new Set([id]));
    else ids.add(id);
  }
}

function remove(index: Map<string, Set<string>>, keys: Keys, id: string): void {
  for (const key of typeof keys === "string" ? [keys] : keys) {
    const ids = index.get(key);
    ids?.delete(id);
    if (ids?.size === 0) index.delete(key);
  }
}

/** Whether another record than `id` has the key. */
export function isTaken(ids: ReadonlySet<string>, id: string | null): boolean {
  return ids.size > (id !== null && ids.has(id) ? 1 : 0);
}

/** How many lines name an item, an account, a tax or an option of a tag, by its id. */
export type LineUse = ReadonlyMap<string, number>;

const uses = new WeakMap<Books, Map<string, number>>();

/** The uses of all lines of all documents. */
export function lineUse(books: Books): LineUse {
  const found = uses.get(books);
  if (found !== undefined) return found;
  const counts = new Map<string, number>();
  uses.set(books, counts);
  for (const [id] of books.lines.heads()) count(counts, books.lines.get(id), 1);
  watchTable(books.lines, {
    before: (id) => count(counts, books.lines.get(id), -1),
    after: (id) => count(counts, books.lines.get(id), 1),
  });
  return counts;
}

function count(counts: Map<string, number>, lines: readonly StoredLine[] | undefined, step: 1 | -1): void {
  for (const { itemId, accountId, taxId, tags } of lines ?? [])
    for (const id of [itemId, accountId, taxId, ...(tags ?? []).map(({ optionId }) => optionId)]) {
      if (id === undefined || id === "") continue;
      const next = (counts.get(id) ?? 0) + step;
      if (next === 0) counts.delete(id);
      else counts.set(id, next);
    }
}
