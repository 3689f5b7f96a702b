/** What one area of Xero keeps beside the tables that all areas share: opened for each books at its first use. */
import type { Books } from "./books";

/** The same value for the same books, made by `open` when it is first asked for. */
export function perBooks<T>(open: (books: Books) => T): (books: Books) => T {
  const opened = new WeakMap<Books, { readonly value: T }>();
  return (books) => {
    const found = opened.get(books) ?? { value: open(books) };
    opened.set(books, found);
    return found.value;
  };
}
