import type { AccountingDocument, DocumentLine } from "@/lib/domain/document";
import type { LocalDate } from "@/lib/domain/local-date";
import { type Money, moneyText } from "@/lib/domain/money";
import { Decimal } from "@/lib/kernel/decimal";
import type { ValueMaps } from "./value-maps";

/** Stands for the opening account in a document's line, as a source account would. */
const OPENING_ACCOUNT = "tieout:opening-balance";

/**
 * What is left of a document on the day of the cut-over, as a document of its own: the same number, contact and due
 * date, the amount that was open, on one line without tax. Income and tax were booked before, in the old books, so
 * neither is booked again. It is dated on the cut-over day, since the days before it are closed as a rule.
 */
export function openingDocument<T extends AccountingDocument>(
  document: T,
  open: Money,
  cutOverDate: LocalDate,
): T {
  const line: DocumentLine = {
    externalId: `${document.externalId}:opening`,
    description: `Open balance of ${document.number} of ${document.date}, total ${moneyText(document.gross)} ${document.currency}`,
    quantity: new Decimal(1),
    unitPrice: new Decimal(moneyText(open)),
    amount: open,
    itemId: null,
    itemCode: null,
    accountKey: OPENING_ACCOUNT,
    taxKey: null,
    taxRatePercent: new Decimal(0),
    tax: null,
    tracking: [],
  };
  const nothing: Money = { minor: 0n, currency: open.currency };
  return {
    ...document,
    date: cutOverDate,
    lineAmounts: "noTax",
    lines: [line],
    net: open,
    tax: nothing,
    gross: open,
    remaining: open,
    status: "open",
  };
}

/** The maps with the account that opening balances go to. */
export const withOpeningAccount = (maps: ValueMaps, accountKey: string): ValueMaps => ({
  ...maps,
  account: new Map([...maps.account, [OPENING_ACCOUNT, accountKey]]),
});
