import type { AccountingDocument } from "@/lib/domain/document";
import { absolute, isZero, type Money, moneyToDecimal, subtract } from "@/lib/domain/money";
import { type Problem, problem } from "@/lib/domain/problem";
import { ROUNDING_DESCRIPTION } from "@/lib/domain/rounding-line";
import { Decimal } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { ValueMaps } from "./value-maps";

/**
 * Makes a ledger that rounds tax by line arrive at the source's total, by an untaxed line on the account that a
 * person chose. Posting a tax amount instead would be refused by Xero's certification. A difference larger than
 * rounding can make (half a minor unit a line, and one for the document) is a problem, never a line.
 */
export function addRoundingLine<T extends AccountingDocument>(
  mapped: T,
  predictedGross: Money,
  maps: ValueMaps,
): Result<{ record: T; rounding: Money }, Problem> {
  const rounding = subtract(mapped.gross, predictedGross);
  if (isZero(rounding)) return ok({ record: mapped, rounding });
  const largest = BigInt(Math.ceil(mapped.lines.length / 2) + 1);
  if (absolute(rounding).minor > largest) return err(problem("totalsDiffer", mapped.number));
  if (!maps.rounding) return err(problem("accountNotMapped", "rounding"));
  const line = {
    externalId: "rounding",
    description: ROUNDING_DESCRIPTION,
    quantity: new Decimal(1),
    unitPrice: moneyToDecimal(rounding),
    amount: rounding,
    itemId: null,
    itemCode: null,
    accountKey: maps.rounding.accountKey,
    taxKey: maps.rounding.taxKey,
    taxRatePercent: new Decimal(0),
    tax: null,
    tracking: [],
  };
  return ok({ record: { ...mapped, lines: [...mapped.lines, line] }, rounding });
}
