/** Figures as the benchmarks print them. */

/** Rounded to so many decimals, as a number. */
export const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** The value that this share (0 to 1) of all values does not exceed; 0 of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
