/**
 * Codes that an account once had. Document lines keep the code that they were posted with; Xero shows the
 * account's present one, so a renamed account must still be found. A former code of a used account is not
 * given to another, since lines could then not tell the two apart.
 */
import type { Books } from "../books";
import { perBooks } from "../per-books";
import type { Account, Kept } from "../records";
import type { Table } from "../table";

interface FormerCode extends Kept {
  readonly accountId: string;
}

const formerCodes = perBooks<Table<FormerCode, FormerCode, never>>((books) =>
  books.table("formerAccountCodes", (record: FormerCode) => record, {}),
);

export function keepFormerCode(books: Books, account: Account): void {
  if (account.code === "") return;
  const now = books.now();
  formerCodes(books).put({
    id: account.code.toLowerCase(),
    createdMs: now,
    updatedMs: now,
    accountId: account.id,
  });
}

/** The account that had this code before. */
export function formerAccount(books: Books, code: string): Account | undefined {
  const former = formerCodes(books).head(code.toLowerCase());
  return former === undefined ? undefined : books.accounts.head(former.accountId);
}

/** The present code of the account that a line was posted to. */
export function presentCode(books: Books, code: string | null): string | null {
  if (code === null || formerCodes(books).size === 0) return code;
  return formerAccount(books, code)?.code ?? code;
}
