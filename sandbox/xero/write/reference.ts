/**
 * Look-ups that writes need: accounts, tax rates, tracking options, items, currencies, lock dates. Each
 * failure is Xero's own sentence where one is known.
 */
import { decimal, decimalText } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import { round } from "../amounts";
import type { Books } from "../books";
import { dayInWords } from "../dates";
import type { Account, Item, TaxRate } from "../records";
import { allowsForeignCurrencies } from "../settings/plan";
import type { LineInput } from "./input";

/** The one id under a key of a look-up, if any. */
export function firstOf(ids: ReadonlySet<string>): string | undefined {
  for (const id of ids) return id;
  return undefined;
}

export function findAccount(
  books: Books,
  ref: { Code?: string | null | undefined; AccountID?: string | null | undefined },
): Account | undefined {
  if (ref.AccountID) return books.accounts.head(ref.AccountID.toLowerCase());
  if (!ref.Code) return undefined;
  const id = firstOf(books.accounts.by("code", ref.Code.toLowerCase()));
  return id === undefined ? undefined : books.accounts.head(id);
}

export function findSystemAccount(books: Books, systemAccount: string): Account | undefined {
  for (const [, account] of books.accounts.heads())
    if (account.systemAccount === systemAccount) return account;
  return undefined;
}

export function findItem(books: Books, code: string): Item | undefined {
  const id = firstOf(books.items.by("code", code.toLowerCase()));
  return id === undefined ? undefined : books.items.get(id);
}

export function findTaxRate(books: Books, taxType: string): TaxRate | undefined {
  const id = firstOf(books.taxRates.by("taxType", taxType.toUpperCase()));
  return id === undefined ? undefined : books.taxRates.head(id);
}

/** The tax type of what bears no tax: each country has its own. */
export function untaxedType(books: Books): string {
  return findTaxRate(books, "NONE") === undefined ? "BASEXCLUDED" : "NONE";
}

const NOT_FOR_LINES = new Set([
  "DEBTORS",
  "CREDITORS",
  "RETAINEDEARNINGS",
  "BANKCURRENCYGAIN",
  "UNREALISEDCURRENCYGAIN",
  "UNPAIDEXPCLM",
  "TRACKINGTRANSFERS",
]);

/**
 * An account that a document's line may use. `stockAccount` is the inventory account of a tracked item that is
 * bought: such a line may use that account alone, and no other line an inventory account.
 */
export function usableAccount(books: Books, code: string, stockAccount?: string): Result<Account, string> {
  const account = findAccount(books, { Code: code });
  const isStock = account !== undefined && account.type === "INVENTORY";
  const isWrongStock =
    stockAccount === undefined ? isStock : account?.code.toLowerCase() !== stockAccount.toLowerCase();
  if (
    account === undefined ||
    account.type === "BANK" ||
    NOT_FOR_LINES.has(account.systemAccount ?? "") ||
    isWrongStock
  )
    return err(`Account code '${code}' is not a valid code for this document.`);
  if (account.status !== "ACTIVE")
    return err(`Account code '${code}' has been archived, or deleted, and can no longer be used.`);
  return ok(account);
}

/** A tax rate that suits an account (its CanApplyTo flags). */
export function usableTaxRate(
  books: Books,
  taxType: string,
  account: Account | null,
): Result<TaxRate, string> {
  const rate = findTaxRate(books, taxType);
  if (rate === undefined || rate.status !== "ACTIVE")
    return err(
      `The TaxType code '${taxType}' does not exist or cannot be used for this type of transaction.`,
    );
  if (account !== null && !rate.appliesTo.includes(account.class))
    return err(`The TaxType code '${taxType}' cannot be used with account code '${account.code}'.`);
  return ok(rate);
}

/** Option ids of a line's tracking, at most two of active categories. */
export function resolveTracking(
  books: Books,
  tracking: NonNullable<LineInput["Tracking"]>,
): Result<readonly string[], string> {
  if (tracking.length > 2) return err("A line item can have at most 2 tracking categories.");
  const chosen: string[] = [];
  const categories = new Set<string>();
  for (const asked of tracking) {
    const category = [...books.tracking.heads()]
      .map(([, head]) => head)
      .find(
        (head) =>
          head.status === "ACTIVE" &&
          (asked.TrackingCategoryID
            ? head.id === asked.TrackingCategoryID.toLowerCase()
            : head.name === asked.Name),
      );
    if (category === undefined)
      return err(`The tracking category '${asked.Name ?? asked.TrackingCategoryID ?? ""}' does not exist.`);
    if (categories.has(category.id)) return err(`The tracking category '${category.name}' is given twice.`);
    categories.add(category.id);
    const option = category.options.find(
      (candidate) =>
        candidate.status === "ACTIVE" &&
        (asked.TrackingOptionID
          ? candidate.id === asked.TrackingOptionID.toLowerCase()
          : candidate.name.toLowerCase() === (asked.Option ?? "").toLowerCase()),
    );
    if (option === undefined)
      return err(
        `The tracking option '${asked.Option ?? asked.TrackingOptionID ?? ""}' does not exist in '${category.name}'.`,
      );
    chosen.push(option.id);
  }
  return ok(chosen);
}

/** Why a day is closed, or null when it is open. Both lock dates close their own day as well. */
export function lockedOn(books: Books, day: string): string | null {
  const { endOfYearLockDate, periodLockDate } = books.organisation();
  if (endOfYearLockDate !== null && day <= endOfYearLockDate)
    return `The document date cannot be before the end of year lock date, currently set at ${dayInWords(endOfYearLockDate)}`;
  if (periodLockDate !== null && day <= periodLockDate)
    return `The document date cannot be before the period lock date, currently set at ${dayInWords(periodLockDate)}`;
  return null;
}

/** What is odd about a CurrencyRate that was asked for; an inverted one is the usual reason. */
export function currencyRateWarnings(
  books: Books,
  asked: unknown,
  currency: string | undefined,
): readonly string[] {
  if (asked === undefined || asked === null || asked === "" || currency === undefined) return [];
  const { baseCurrency, dayRates } = books.organisation();
  const usual = currency === baseCurrency ? "1" : dayRates[currency];
  if (usual === undefined || books.switchPosition("xero.currency-rate-warning") === "silent") return [];
  const ratio = decimal(String(asked)).div(decimal(usual));
  if (ratio.greaterThanOrEqualTo("0.5") && ratio.lessThanOrEqualTo("2")) return [];
  return currency === baseCurrency
    ? [`The CurrencyRate ${String(asked)} was ignored: ${currency} is the organisation's base currency.`]
    : [`The CurrencyRate ${String(asked)} for ${currency} is far from the rate of the day, ${usual}.`];
}

const RATE_DECIMALS = 6;

/**
 * The rate to use for a currency: what was asked, to Xero's six decimals and above zero, 1 for the base currency,
 * else the day's.
 */
export function rateFor(
  books: Books,
  currency: string,
  asked: string | null | undefined,
): Result<string, string> {
  const organisation = books.organisation();
  const isForeign = currency !== organisation.baseCurrency;
  if (!organisation.currencies.includes(currency) || (isForeign && !allowsForeignCurrencies(books)))
    return err(`Organisation is not subscribed to currency ${currency}`);
  if (!isForeign) return ok("1");
  const rate = asked ?? organisation.dayRates[currency] ?? "1";
  const kept = round(decimal(rate), RATE_DECIMALS);
  return kept.greaterThan(0) ? ok(decimalText(kept)) : err("The CurrencyRate must be greater than 0.");
}
