import { formatAmount } from "./format-amount";
import { formatDay } from "./format-day";

/** Days and amounts as a sentence of the engine writes them: exact, and not as people read them. */
const DAY = /(?<![\w.-])\d{4}-\d{2}-\d{2}(?![\w-])/g;
const AMOUNT = /(?<![\w.,-])(-?\d+\.\d{2,3}) ([A-Z]{3})(?![A-Za-z])/g;
/** Of currencies without decimals an amount looks like any number: only where the code says what it is. */
const WHOLE_AMOUNT = /(?<![\w.,-])(-?\d+) (JPY|KRW|VND|CLP|ISK)(?![A-Za-z])/g;

/** "invoice INV 1042, 2026-07-01, 24.01 GBP" as "invoice INV 1042, 1 Jul 2026, £24.01". */
export function formatRecordWords(words: string): string {
  const asAmount = (_whole: string, amount: string, currency: string): string =>
    formatAmount({ amount, currency });
  return words.replace(DAY, formatDay).replace(AMOUNT, asAmount).replace(WHOLE_AMOUNT, asAmount);
}
