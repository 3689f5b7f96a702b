import type { AmountView } from "@/lib/domain/views/amount";

/**
 * Amounts as an owner reads them: exact, since the decimal text is never turned into a number. A dollar always says
 * whose it is, because a page can hold several. Currencies without a sign here go by their code.
 */
const SIGNS: Readonly<Record<string, string>> = {
  AUD: "A$",
  CAD: "C$",
  EUR: "€",
  GBP: "£",
  HKD: "HK$",
  INR: "₹",
  JPY: "¥",
  NZD: "NZ$",
  SGD: "S$",
  USD: "US$",
};
const MINUS = "\u2212";
const NO_BREAK_SPACE = "\u00a0";

/** "£1,204.50", "−€3.00", "SEK 1,200.00". */
export function formatAmount({ amount, currency }: AmountView): string {
  const negative = amount.startsWith("-");
  const [whole = "0", fraction] = (negative ? amount.slice(1) : amount).split(".");
  const figures = groupThousands(whole) + (fraction ? `.${fraction}` : "");
  const sign = SIGNS[currency] ?? `${currency}${NO_BREAK_SPACE}`;
  return `${negative ? MINUS : ""}${sign}${figures}`;
}

/** "1,204". */
export function formatCount(count: number): string {
  return groupThousands(String(count));
}

/** True for "0", "0.00" and "-0.00". */
export function isZeroAmount({ amount }: AmountView): boolean {
  return /^-?0+(\.0+)?$/.test(amount);
}

function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}
