import { type Money, parseMoney } from "@/lib/domain/money";
import type { Decimal } from "@/lib/kernel/decimal";
import { unreadable } from "../wire/unreadable";

/** An amount to the last unit. Throws UnreadableRecord where it has parts of one. */
export function readMoney(value: Decimal, currency: string, field: string, what: string): Money {
  try {
    return parseMoney(value, currency);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    return unreadable(field, what, thrown.message);
  }
}
