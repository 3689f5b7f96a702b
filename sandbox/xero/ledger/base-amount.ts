/**
 * Amounts of the ledger: whole minor units of the organisation's base currency as bigint, so that sums are
 * exact and debits can be compared with credits. Rounding is half away from zero, as Xero's.
 */
import { Decimal, decimal } from "@/lib/kernel/decimal";
import { round } from "../amounts";

/** Decimal text as minor units; more decimals than the scale has are rounded. */
export function minorOf(amount: string, scale: number): bigint {
  const plain = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount);
  const decimals = plain?.[3] ?? "";
  if (plain === null || decimals.length > scale)
    return BigInt(round(decimal(amount).times(new Decimal(10).pow(scale)), 0).toFixed(0));
  const units = BigInt(`${plain[2]}${decimals.padEnd(scale, "0")}`);
  return plain[1] === "-" ? -units : units;
}

/** An amount at a rate of foreign units for one base unit, as minor units of the base currency. */
export function baseMinorOf(amount: string, currencyRate: string, scale: number): bigint {
  if (currencyRate === "1") return minorOf(amount, scale);
  return BigInt(
    round(decimal(amount).div(decimal(currencyRate)).times(new Decimal(10).pow(scale)), 0).toFixed(0),
  );
}

/** Minor units as text with all decimals of the scale: "-1850.00". */
export function minorText(minor: bigint, scale: number): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const sign = minor < 0n ? "-" : "";
  return scale === 0 ? `${sign}${digits}` : `${sign}${whole}.${digits.slice(-scale)}`;
}

/** `part` of `whole` of an amount, rounded half away from zero. */
export function shareOf(minor: bigint, part: string, whole: string): bigint {
  const share = new Decimal(minor.toString()).times(decimal(part)).div(decimal(whole));
  return BigInt(round(share, 0).toFixed(0));
}
