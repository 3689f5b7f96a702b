import { Decimal, decimal } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";

/**
 * An amount in minor units of an ISO 4217 currency. Arithmetic between two currencies is a programming
 * error and throws; at every edge money travels as decimal text.
 */
export interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

/** Currencies whose minor unit is not a hundredth (ISO 4217, list one, 2026). */
const SCALES: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

/** Digits after the decimal point in amounts of this currency. */
export function currencyScale(currency: string): number {
  return SCALES[currency] ?? 2;
}

/** Minor units in one unit of each scale: made once, since every amount is scaled many times. */
const UNITS: readonly Decimal[] = [0, 1, 2, 3].map((scale) => new Decimal(10).pow(scale));
const minorUnits = (currency: string): Decimal => {
  const units = UNITS[currencyScale(currency)];
  invariant(units, `the scale of ${currency} is known`);
  return units;
};

export const zero = (currency: string): Money => ({ minor: 0n, currency });

/** Money from an exact decimal, rounded half away from zero to the currency's minor unit. */
export function roundToMoney(value: Decimal | string, currency: string): Money {
  const scaled = decimal(value).times(minorUnits(currency));
  return { minor: BigInt(scaled.toDecimalPlaces(0).toFixed()), currency };
}

/** Money from decimal text that must already be whole minor units ("12.50"); throws a RangeError otherwise. */
export function parseMoney(text: string | Decimal, currency: string): Money {
  const value = decimal(text);
  const money = roundToMoney(value, currency);
  if (!moneyToDecimal(money).equals(value))
    throw new RangeError(`"${value.toFixed()}" has parts of a minor unit of ${currency}`);
  return money;
}

export function moneyToDecimal(money: Money): Decimal {
  return new Decimal(`${money.minor}e-${currencyScale(money.currency)}`);
}

/** Plain decimal text with the currency's digits, for example "1204.50". */
export function moneyText(money: Money): string {
  return moneyToDecimal(money).toFixed(currencyScale(money.currency));
}

export function add(first: Money, second: Money): Money {
  invariant(first.currency === second.currency, `cannot add ${first.currency} and ${second.currency}`);
  return { minor: first.minor + second.minor, currency: first.currency };
}

export function subtract(first: Money, second: Money): Money {
  return add(first, negate(second));
}

export const negate = (money: Money): Money => ({ minor: -money.minor, currency: money.currency });
export const absolute = (money: Money): Money => (money.minor < 0n ? negate(money) : money);
export const isZero = (money: Money): boolean => money.minor === 0n;

export function sum(amounts: Iterable<Money>, currency: string): Money {
  let total = zero(currency);
  for (const amount of amounts) total = add(total, amount);
  return total;
}
