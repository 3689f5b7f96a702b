/**
 * The journals of one document as a person reads them: account, debit and credit in the base currency. For
 * pages that show a document, and for tests that hold a preview against what was posted.
 */
import { scaleOf } from "../amounts";
import type { Books } from "../books";
import { minorText } from "./base-amount";
import { findSettleable } from "./entries";
import type { LedgerEntry } from "./ledger-types";

export interface ListedLine {
  readonly accountCode: string;
  readonly accountName: string;
  readonly systemAccount: string | null;
  readonly description: string | null;
  /** Decimal text, "0.00" on the other side. */
  readonly debit: string;
  readonly credit: string;
  readonly taxType: string | null;
  /** Option ids, one a category. */
  readonly tracking: readonly string[];
}

export interface ListedJournal {
  readonly day: string;
  readonly lines: readonly ListedLine[];
}

type EntryKind = Exclude<LedgerEntry["kind"], "account">;

/** The journals that a document has posted; none for a draft, a voided one, or an id that nothing has. */
export function listJournals(books: Books, kind: EntryKind, id: string): readonly ListedJournal[] {
  const entry = findEntry(books, kind, id);
  if (entry === null) return [];
  const scale = scaleOf(books.organisation().baseCurrency);
  return books.ledger.journalsOf(entry).map(({ day, lines }) => ({
    day,
    lines: lines.map(({ accountId, amountMinor, description, taxType, tracking }) => {
      const account = books.accounts.head(accountId);
      return {
        accountCode: account?.code ?? "",
        accountName: account?.name ?? "",
        systemAccount: account?.systemAccount ?? null,
        description,
        debit: minorText(amountMinor > 0n ? amountMinor : 0n, scale),
        credit: minorText(amountMinor < 0n ? -amountMinor : 0n, scale),
        taxType,
        tracking,
      };
    }),
  }));
}

function findEntry(books: Books, kind: EntryKind, id: string): LedgerEntry | null {
  switch (kind) {
    case "payment": {
      const record = books.payments.get(id);
      return record === undefined ? null : { kind, record };
    }
    case "allocation": {
      const record = books.allocations.get(id);
      return record === undefined ? null : { kind, record };
    }
    case "bankTransaction": {
      const record = books.bankTransactions.get(id);
      return record === undefined ? null : { kind, record };
    }
    case "bankTransfer": {
      const record = books.bankTransfers.get(id);
      return record === undefined ? null : { kind, record };
    }
    case "manualJournal": {
      const record = books.manualJournals.get(id);
      return record === undefined ? null : { kind, record };
    }
    default:
      return findSettleable(books, { kind, id });
  }
}
