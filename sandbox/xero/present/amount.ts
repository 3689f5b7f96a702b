/**
 * Decimal text as the JSON numbers of Xero's wire. Unit amounts show two decimals unless the caller asked
 * for four.
 */
import { decimal, decimalText } from "@/lib/kernel/decimal";
import { round } from "../amounts";

export function wireNumber(amount: string): number {
  return Number(amount);
}

export function wireUnitAmount(amount: string, unitDecimals: number): number {
  return Number(decimalText(round(decimal(amount), unitDecimals)));
}

/** Leaves out members that are null or undefined, as Xero does. */
export function present(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const shown: Record<string, unknown> = {};
  for (const name in members) {
    const member = members[name];
    if (member !== null && member !== undefined) shown[name] = member;
  }
  return shown;
}
