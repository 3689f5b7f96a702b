/**
 * What Tieout costs, in one place: the pricing page, Checkout and the script that makes the price at Stripe all read
 * it here. Stripe is asked for the price by its lookup key and refused where it is another amount, so that nobody pays
 * what no page has said. Tax and the currency that a card pays in are Stripe's part.
 */
export interface Plan {
  readonly name: string;
  readonly description: string;
  /** By this Stripe knows the price, whatever its id is in an account. */
  readonly lookupKey: string;
  /** ISO 4217 */
  readonly currency: string;
  readonly monthlyMinor: bigint;
  /** Charged for each pair and year. */
  readonly yearlyMinor: bigint;
  /** Pairs that one can have without asking. */
  readonly pairsMax: number;
  /** Days after the first payment in which all of it is given back to whoever asks. */
  readonly refundDays: number;
  /** Days that posting goes on while a renewal is not paid. */
  readonly graceDays: number;
  /** Days after the end of a subscription, or of the grace, in which the connections are kept. */
  readonly keptDays: number;
}

const MONTHS = 12n;
const MONTHLY_MINOR = 59_900n;

export const CONNECT_PLAN: Plan = {
  name: "Tieout Connect",
  description: "One pair of organisations kept in agreement to the cent.",
  lookupKey: "tieout_connect_yearly",
  currency: "USD",
  monthlyMinor: MONTHLY_MINOR,
  yearlyMinor: MONTHLY_MINOR * MONTHS,
  pairsMax: 100,
  refundDays: 30,
  graceDays: 30,
  keptDays: 30,
};
