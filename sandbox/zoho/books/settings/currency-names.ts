/** Which three letters are a currency, and what it is called; from the platform's own list of ISO 4217. */

const KNOWN: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));
const names = new Intl.DisplayNames("en", { type: "currency" });

export const isCurrencyCode = (code: string): boolean => KNOWN.has(code);

export const currencyNameOf = (code: string): string => names.of(code) ?? code;

/** "£" for GBP; the code itself where there is no sign. */
export function currencySymbolOf(code: string): string {
  const parts = new Intl.NumberFormat("en", {
    style: "currency",
    currency: code,
    currencyDisplay: "narrowSymbol",
  }).formatToParts(0);
  return parts.find(({ type }) => type === "currency")?.value ?? code;
}

/** Digits after the point. */
export function currencyPrecisionOf(code: string): number {
  return (
    new Intl.NumberFormat("en", { style: "currency", currency: code }).resolvedOptions()
      .maximumFractionDigits ?? 2
  );
}
