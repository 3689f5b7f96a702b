/**
 * What happened to a record, and notes on it; nothing here is ever changed or removed. Entries of changes are
 * kept when they happen; that a record was made, paid or credited is read off the records themselves.
 */
import type { Books } from "../books";
import { perBooks } from "../per-books";
import type { Kept } from "../records";
import type { Table } from "../table";
import type { PaperKind, PaperTarget } from "./paper-kind";

export interface HistoryEntry {
  readonly changes: string;
  readonly details: string;
  /** A person's name, or "System Generated" for what came through the API. */
  readonly user: string;
  readonly atMs: number;
}

interface KeptEntry extends Kept, Omit<HistoryEntry, "atMs"> {
  readonly targetId: string;
}

export const SYSTEM_USER = "System Generated";
export const BY_API = "Received through the Xero API from Tieout Sandbox";

const history = perBooks<Table<KeptEntry, KeptEntry, "target">>((books) =>
  books.table("history", (entry: KeptEntry) => entry, { target: (entry: KeptEntry) => entry.targetId }),
);

const actors = new WeakMap<Books, string>();

/** Runs changes as a person made them in Xero: their name stands in the history of what they touch. */
export function actAs<T>(books: Books, name: string, run: () => T): T {
  const before = actors.get(books);
  actors.set(books, name);
  try {
    return run();
  } finally {
    if (before === undefined) actors.delete(books);
    else actors.set(books, before);
  }
}

/** Who changes the books just now. */
export function actorOf(books: Books): string {
  return actors.get(books) ?? SYSTEM_USER;
}

/** Adds an entry to a record's history, at sandbox time. */
export function keepHistory(
  books: Books,
  targetId: string,
  entry: { changes: string; details: string },
): HistoryEntry {
  const now = books.now();
  const kept: KeptEntry = {
    id: books.newId(),
    createdMs: now,
    updatedMs: now,
    targetId,
    changes: entry.changes,
    details: entry.details,
    user: actorOf(books),
  };
  history(books).put(kept);
  return { ...entry, user: kept.user, atMs: now };
}

/** Everything that happened to a record, the newest first; `typist` made what no app made. */
export function historyOf(
  books: Books,
  kind: PaperKind,
  id: string,
  typist: string,
): readonly HistoryEntry[] {
  const table = history(books);
  const kept = [...table.by("target", id)].flatMap((entryId): HistoryEntry[] => {
    const entry = table.head(entryId);
    if (entry === undefined) return [];
    return [{ changes: entry.changes, details: entry.details, user: entry.user, atMs: entry.createdMs }];
  });
  const entries = [...beginnings(books, kind, id, { kept, typist }), ...settlements(books, id), ...kept];
  // Sorting is stable, so that entries of one instant stay in their order before all is turned round.
  return entries.sort((left, right) => left.atMs - right.atMs).reverse();
}

const APPROVED: ReadonlySet<string> = new Set(["AUTHORISED", "PAID", "VOIDED", "BILLED"]);
const APPROVABLE: ReadonlySet<string> = new Set(["Invoices", "CreditNotes", "PurchaseOrders"]);

function beginnings(
  books: Books,
  kind: PaperKind,
  id: string,
  { kept, typist }: { kept: readonly HistoryEntry[]; typist: string },
): readonly HistoryEntry[] {
  const head = kind.find(books, id);
  if (head === undefined) return [];
  const isTyped = head.byApp === false;
  const details = isTyped ? inWords(books, head) : BY_API;
  const user = isTyped ? typist : SYSTEM_USER;
  const created: HistoryEntry = { changes: "Created", details, user, atMs: head.createdMs };
  const wasApproved = APPROVABLE.has(kind.plural) && APPROVED.has(head.status ?? "");
  if (!wasApproved || kept.some(({ changes }) => changes === "Approved")) return [created];
  return [created, { changes: "Approved", details, user, atMs: head.createdMs }];
}

/** "INV-0041 to ABC Furniture for 100." */
function inWords(books: Books, { number, contactId, total }: PaperTarget): string {
  const name = contactId === undefined ? undefined : books.contacts.head(contactId)?.name;
  return `${number ?? ""} to ${name ?? ""} for ${total ?? ""}.`.trim();
}

/** Payments of the record and credits put against it. */
function settlements(books: Books, id: string): readonly HistoryEntry[] {
  const found: HistoryEntry[] = [];
  const add = (changes: string, details: string, atMs: number): void => {
    found.push({ changes, details, user: SYSTEM_USER, atMs });
  };
  for (const paymentId of books.payments.by("target", id)) {
    const payment = books.payments.head(paymentId);
    if (payment === undefined) continue;
    const words = `of ${payment.amount} on ${payment.date}.`;
    add("Payment", `Payment ${words}`, payment.createdMs);
    if (payment.status === "DELETED") add("Payment Deleted", `Payment ${words}`, payment.updatedMs);
  }
  for (const allocationId of books.allocations.by("invoice", id)) {
    const allocation = books.allocations.head(allocationId);
    if (allocation !== undefined)
      add("Credit Applied", `Credit of ${allocation.amount} applied.`, allocation.createdMs);
  }
  return found;
}
