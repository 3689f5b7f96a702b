/** A table that tells the ledger of every change, also of one that is taken back. */
import type { Kept } from "../records";
import type { Table, UndoList } from "../table";
import type { Ledger, LedgerEntry } from "./ledger-types";

/** The same table; `entry` says what a record of it is to the ledger. */
export function watched<Body extends Kept, Header, Key extends string>(
  table: Table<Body, Header, Key>,
  undo: UndoList,
  ledger: Ledger,
  entry: (body: Body) => LedgerEntry,
): Table<Body, Header, Key> {
  function change(id: string, after: Body | undefined, apply: () => void): void {
    if (!ledger.isOpen()) {
      // Opened between the write and its undoing, the ledger would know only one of the two.
      undo.active?.push(() => ledger.forget());
      apply();
      return;
    }
    const before = table.get(id);
    const from = before === undefined ? null : entry(before);
    const to = after === undefined ? null : entry(after);
    // Before the table's own step, so that it runs after it: the ledger looks at records as they then are.
    undo.active?.push(() => ledger.changed(to, from));
    apply();
    ledger.changed(from, to);
  }
  // Descriptors, not a spread: what the table counts anew at each look (size) must stay a getter.
  const copy = Object.defineProperties({ ...table }, Object.getOwnPropertyDescriptors(table));
  return Object.assign(copy, {
    put: (body: Body) => change(body.id, body, () => table.put(body)),
    delete: (id: string) => change(id, undefined, () => table.delete(id)),
    derive(source: Parameters<typeof table.derive>[0]) {
      ledger.forget();
      table.derive(source);
    },
  });
}
