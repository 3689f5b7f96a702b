import type { ReferenceData } from "@/lib/domain/reference-data";
import type { Decimal } from "@/lib/kernel/decimal";

/** Percent by tax key of one side. */
export const ratesOf = (reference: ReferenceData): ReadonlyMap<string, Decimal> =>
  new Map(reference.taxRates.map((rate) => [rate.key, rate.ratePercent]));
