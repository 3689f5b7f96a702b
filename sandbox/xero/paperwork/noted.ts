/**
 * Tables whose changes leave an entry in the record's history. What payments and credits do to a balance, and
 * a first write, are no entries here: history.ts reads those off the records.
 */
import type { Books } from "../books";
import type { Kept } from "../records";
import type { Table } from "../table";
import { actorOf, BY_API, keepHistory, SYSTEM_USER } from "./history";

/** The part of a header that tells one kind of change from another. */
interface NotedHead {
  readonly updatedMs: number;
  readonly status?: string;
  readonly byApp?: boolean;
  readonly amountPaid?: string;
  readonly amountCredited?: string;
  readonly remainingCredit?: string;
}

type NotedTables = Pick<Books, "contacts" | "items" | "invoices" | "creditNotes" | "bankTransactions">;

const STATUS_CHANGES: Readonly<Record<string, string>> = {
  AUTHORISED: "Approved",
  SUBMITTED: "Submitted",
  VOIDED: "Voided",
  DELETED: "Deleted",
  ARCHIVED: "Archived",
  ACTIVE: "Restored",
  BILLED: "Billed",
};

/** The same tables, with a history. */
export function notedTables(books: () => Books, tables: NotedTables): NotedTables {
  return {
    contacts: noted(books, tables.contacts),
    items: noted(books, tables.items),
    invoices: noted(books, tables.invoices),
    creditNotes: noted(books, tables.creditNotes),
    bankTransactions: noted(books, tables.bankTransactions),
  };
}

/** The same table; each change of a record that is already there leaves an entry. */
export function noted<Body extends Kept, Header extends NotedHead, Key extends string>(
  books: () => Books,
  table: Table<Body, Header, Key>,
): Table<Body, Header, Key> {
  return {
    ...table,
    put(body) {
      const before = table.head(body.id);
      table.put(body);
      const after = table.head(body.id);
      const changes = before === undefined || after === undefined ? null : changeBetween(before, after);
      if (changes === null) return;
      const isByPerson = actorOf(books()) !== SYSTEM_USER;
      keepHistory(books(), body.id, { changes, details: isByPerson ? "" : BY_API });
    },
    get size() {
      return table.size;
    },
    get derived() {
      return table.derived;
    },
  };
}

function changeBetween(before: NotedHead, after: NotedHead): string | null {
  const isOnlyBalance =
    before.amountPaid !== after.amountPaid ||
    before.amountCredited !== after.amountCredited ||
    before.remainingCredit !== after.remainingCredit;
  if (isOnlyBalance && isSettledStatus(after.status)) return null;
  if (before.byApp !== after.byApp) return null;
  if (before.status === after.status) return "Edited";
  return STATUS_CHANGES[after.status ?? ""] ?? "Edited";
}

function isSettledStatus(status: string | undefined): boolean {
  return status === "AUTHORISED" || status === "PAID";
}
