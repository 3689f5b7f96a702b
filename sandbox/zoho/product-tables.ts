/**
 * Opens the collections of a Zoho product that lives beside Books (Inventory, CRM, Expense): once for each
 * organisation's Books, so that the service, the seeds and a reset all meet the same ones.
 */
import type { SandboxContext } from "@/sandbox/kit/types";
import { type Books, openBooks, openBooksOf, type Table, watchTable } from "./books/open-books";

/**
 * A function that opens the product's collections at its first call for an organisation and then answers those.
 * Without an organisation it answers those that all organisations share which do not stand apart.
 */
export function productTables<Tables>(
  open: (context: SandboxContext, books: Books) => Tables,
): (context: SandboxContext, organizationId?: string) => Tables {
  const opened = new WeakMap<Books, Tables>();
  return (context, organizationId = "") => {
    const books = openBooksOf(context, organizationId);
    const found = opened.get(books);
    if (found !== undefined) return found;
    const made = open(books === openBooks(context) ? context : apart(context, organizationId), books);
    opened.set(books, made);
    return made;
  };
}

function apart(context: SandboxContext, organizationId: string): SandboxContext {
  const { store } = context;
  return {
    ...context,
    store: {
      collection: (name, header) => store.collection(`${name}.${organizationId}`, header),
      flush: () => store.flush(),
      close: () => store.close(),
    },
  };
}

/** Finds records of a table by a text of theirs without reading all of them at each call. */
export interface TextIndex {
  /** The id of a record that bears the text; null when there is none. Case does not count. */
  find(text: string): string | null;
}

/** An index over a text of a table's records, which follows its changes. Records without the text are left out. */
export function textIndex<Body, Header>(
  table: Table<Body, Header>,
  read: (header: Header) => string,
): TextIndex {
  const ids = new Map<string, Set<string>>();
  const keyOf = (id: string): string => {
    const head = table.head(id);
    return head === undefined ? "" : read(head).toLowerCase();
  };
  const add = (id: string): void => {
    const key = keyOf(id);
    if (key !== "") ids.set(key, (ids.get(key) ?? new Set<string>()).add(id));
  };
  for (const [id] of table.heads()) add(id);
  watchTable(table, {
    before(id) {
      const key = keyOf(id);
      const known = ids.get(key);
      known?.delete(id);
      if (known?.size === 0) ids.delete(key);
    },
    after: add,
  });
  return {
    find(text) {
      for (const id of ids.get(text.toLowerCase()) ?? []) return id;
      return null;
    },
  };
}

/** The table together with its index. */
export const indexed = <Body, Header>(
  table: Table<Body, Header>,
  read: (header: Header) => string,
): Table<Body, Header> & TextIndex => Object.assign(table, textIndex(table, read));
