/**
 * A client's name as it goes to the ledger. TimeSolv tells "John  Smith" from "John Smith" by a second space; a ledger that
 * takes spaces together would give the one the other's contact. As on TimeSolv's own page, two spaces in a row become a
 * space and an underscore, before anything is matched or written.
 * https://help.timesolv.com/xero-sync-timesolv-clients-contacts-xero (checked 2026-11-21)
 *
 * The page is silent about more than two. Here every pair counts, from the left: three spaces are "␣_␣", four "␣_␣_", so the
 * result never has two in a row and names that differ by their spaces stay different. Tabs and other blanks count as spaces,
 * since ledgers take them together as well; blanks around the name are no part of it.
 */
export function toLedgerName(clientName: string): string {
  return clientName.trim().replace(/\s/gu, " ").replaceAll("  ", " _");
}
