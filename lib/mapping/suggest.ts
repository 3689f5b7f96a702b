import { nameSimilarity } from "@/lib/domain/name-similarity";
import type { LedgerAccount, ReferenceData, TaxRate } from "@/lib/domain/reference-data";
import { decimalText } from "@/lib/kernel/decimal";
import type { TaxSide } from "./value-maps";

/**
 * What to propose in the set-up. A suggestion says why, and a person confirms it: nothing here chooses. Names are
 * compared by shared words, and by what such accounts are commonly called.
 */
export interface Suggestion {
  readonly key: string;
  readonly because: string;
}

const COMMON_MEANINGS: readonly { readonly meaning: string; readonly words: RegExp }[] = [
  { meaning: "postage", words: /\b(postage|shipping|delivery|carriage|freight)\b/i },
  { meaning: "discounts", words: /\bdiscounts?\b/i },
  { meaning: "bank charges", words: /\bbank (fees?|charges?)\b/i },
  { meaning: "marketplace fees", words: /\b(marketplace|amazon|ebay|platform)\b/i },
  { meaning: "bad debts", words: /\bbad debts?\b/i },
  { meaning: "donations and commission", words: /\b(donations?|charit\w*|commission)\b/i },
  { meaning: "samples", words: /\b(samples?|promotion\w*|advertising)\b/i },
  { meaning: "rounding", words: /\brounding\b/i },
];

const SIMILAR_ENOUGH = 0.34;

export function suggestAccount(
  source: Pick<LedgerAccount, "name" | "accountClass">,
  options: readonly LedgerAccount[],
): Suggestion | null {
  const sameClass = options.filter((option) => option.accountClass === source.accountClass);
  const meaning = COMMON_MEANINGS.find((one) => one.words.test(source.name));
  const named = best(sameClass, (option) => nameSimilarity(option.name, source.name));
  if (named && named.score === 1) return { key: named.option.key, because: "same name" };
  const meant =
    meaning &&
    (sameClass.find((one) => meaning.words.test(one.name)) ??
      options.find((one) => meaning.words.test(one.name)));
  if (meant) return { key: meant.key, because: `both are for ${meaning.meaning}` };
  if (named && named.score >= SIMILAR_ENOUGH) return { key: named.option.key, because: "similar name" };
  const sales = sameClass.find((option) => /^sales\b/i.test(option.name));
  return source.accountClass === "income" && sales
    ? { key: sales.key, because: "your main sales account" }
    : null;
}

/** Money in a drawer: what is spent of it leaves no bank account. */
const CASH_IN_HAND = /\b(petty cash|cash (on|in) hand|till|float)\b/i;

/**
 * Never an account of another currency: what arrived in euros is not in the pound account. Cash in hand has a suggestion
 * only where the ledger keeps some as well.
 */
export function suggestPaymentAccount(
  source: LedgerAccount,
  options: readonly LedgerAccount[],
): Suggestion | null {
  const sameCurrency = options.filter(
    ({ currency }) => currency === null || source.currency === null || currency === source.currency,
  );
  const named = best(sameCurrency, (option) => nameSimilarity(option.name, source.name));
  if (named && named.score >= SIMILAR_ENOUGH) return { key: named.option.key, because: "similar name" };
  if (!source.isBank && CASH_IN_HAND.test(source.name)) return null;
  const first = sameCurrency.find((option) => option.isBank);
  return first ? { key: first.key, because: "your first bank account" } : null;
}

export function suggestTax(
  source: Pick<TaxRate, "name" | "ratePercent" | "isNoTax">,
  side: TaxSide,
  options: readonly TaxRate[],
): Suggestion | null {
  if (source.isNoTax) {
    const none = options.find((option) => option.isNoTax);
    return none ? { key: none.key, because: "no tax on both sides" } : null;
  }
  const accountClass = side === "sales" ? "income" : "expense";
  const same = options.filter(
    (option) =>
      !option.isNoTax &&
      option.ratePercent.equals(source.ratePercent) &&
      option.appliesTo.includes(accountClass),
  );
  const named = best(same, (option) => nameSimilarity(option.name, source.name));
  return named ? { key: named.option.key, because: `same rate, ${decimalText(source.ratePercent)} %` } : null;
}

export function suggestRoundingAccount(ledger: ReferenceData): Suggestion | null {
  const found = ledger.accounts.find(
    (account) => account.active && !account.isSystem && !account.isBank && /\brounding\b/i.test(account.name),
  );
  return found ? { key: found.key, because: "an account for rounding" } : null;
}

function best<T>(options: readonly T[], score: (option: T) => number): { option: T; score: number } | null {
  let found: { option: T; score: number } | null = null;
  for (const option of options) {
    const own = score(option);
    if (!found || own > found.score) found = { option, score: own };
  }
  return found;
}
