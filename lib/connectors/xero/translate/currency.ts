import { CurrencyCode } from "xero-node/dist/gen/model/accounting/currencyCode.js";
import { type Money, moneyToDecimal, parseMoney } from "@/lib/domain/money";
import { Decimal } from "@/lib/kernel/decimal";
import { errorText } from "@/lib/kernel/errors";
import { numberOnWire } from "../wire/values";

/**
 * Money and rates between Xero and us. Xero's CurrencyRate is units of the document's currency for one of the base
 * currency, with six decimals; ours is the reverse, so this file is the only one that turns a rate round.
 */

const RATE_DECIMALS = 6;
const OUR_RATE_DECIMALS = 10;

/** An amount that Xero states; throws a RangeError that names the field where it has parts of a minor unit. */
export function moneyOf(amount: Decimal, currency: string, field: string): Money {
  try {
    return parseMoney(amount, currency);
  } catch (thrown) {
    throw new RangeError(`"${field}" (${errorText(thrown)})`, { cause: thrown });
  }
}

export const amountOnWire = (money: Money): number => numberOnWire(moneyToDecimal(money));

/** Base units for one unit of the document's currency. Xero shows 1 for its base currency: null here. */
export function fxRateOf(currencyRate: Decimal | null | undefined): Decimal | null {
  if (!currencyRate || currencyRate.isZero() || currencyRate.equals(1)) return null;
  return new Decimal(1).dividedBy(currencyRate).toDecimalPlaces(OUR_RATE_DECIMALS);
}

/** Xero's rate; undefined where none is to be sent (base currency, or Xero's day rate is to be used). */
export function currencyRateOnWire(fxRate: Decimal | null): number | undefined {
  if (fxRate === null || fxRate.isZero()) return undefined;
  return numberOnWire(new Decimal(1).dividedBy(fxRate).toDecimalPlaces(RATE_DECIMALS));
}

/** The SDK's name of a currency; undefined for one that Xero does not know. */
export function currencyOnWire(currency: string): CurrencyCode | undefined {
  return isKnownCurrency(currency) ? CurrencyCode[currency] : undefined;
}

export const isKnownCurrency = (currency: string): currency is keyof typeof CurrencyCode =>
  Object.hasOwn(CurrencyCode, currency);
