/**
 * Accounts are known by their code, as people know them. Bank accounts often have none in Xero, so there the
 * AccountID is the key; the two cannot be confused, since a code has at most ten characters.
 */
const ACCOUNT_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** How an account of that key is named in a write. */
export function accountRefOnWire(key: string): { code?: string; accountID?: string } {
  return ACCOUNT_ID.test(key) ? { accountID: key } : { code: key };
}

/** The key of an account that Xero names; null where it names none. */
export function accountKeyOf(
  ref: { Code?: string | null | undefined; AccountID?: string | null | undefined } | null | undefined,
): string | null {
  return ref?.Code || ref?.AccountID || null;
}
