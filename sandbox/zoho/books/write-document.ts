/**
 * Turns what was asked for (by a client or by a seed) into a stored document with Zoho's amounts. It trusts
 * its input: ids exist, numbers are numbers. What Zoho would refuse is refused before, in the HTTP files.
 */
import { Decimal, decimal, decimalText } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import { computeTotals, type TaxRounding } from "./arithmetic";
import type { Books } from "./open-books";
import type { AppliedTag, Stamped, StoredAddress, StoredDocument, StoredLine } from "./records";

export interface LineInput {
  /** A line that stays the same line on update. */
  readonly id?: string;
  readonly itemId?: string;
  readonly name?: string;
  readonly description: string;
  readonly rate: string;
  readonly quantity: string;
  readonly unit?: string;
  readonly discount?: string;
  readonly taxId?: string;
  readonly accountId: string;
  readonly tags?: readonly AppliedTag[];
  readonly sourceLineId?: string;
  readonly customerId?: string;
  readonly billable?: boolean;
}

export interface DocumentInput {
  readonly number: string;
  readonly customerId: string;
  readonly date: string;
  readonly currencyCode: string;
  /** Base currency for one unit. */
  readonly exchangeRate: string;
  readonly lines: readonly LineInput[];
  readonly reference?: string;
  readonly inclusive?: boolean;
  readonly discount?: { readonly value: string; readonly beforeTax: boolean } | null;
  readonly shippingCharge?: string;
  readonly adjustment?: string;
  readonly adjustmentDescription?: string;
  readonly notes?: string;
  readonly terms?: string;
  readonly billing?: StoredAddress;
  readonly shipping?: StoredAddress;
}

export interface ComposedDocument {
  readonly document: StoredDocument;
  readonly lines: readonly StoredLine[];
}

/** Amounts, tax and line ids for a document as asked for. */
export function composeDocument(
  books: Books,
  input: DocumentInput,
  taxRounding: TaxRounding,
  stamps: Stamped,
): ComposedDocument {
  const currency = currencyByCode(books, input.currencyCode);
  const percentages = new Map<string, Decimal>();
  for (const { taxId } of input.lines) {
    const tax = taxId === undefined ? undefined : books.taxes.head(taxId);
    if (taxId !== undefined && tax !== undefined) percentages.set(taxId, decimal(tax.percentage));
  }
  const totals = computeTotals({
    lines: input.lines.map((line) => {
      const percentage = line.taxId === undefined ? undefined : percentages.get(line.taxId);
      const { discount, taxId: id } = line;
      return {
        rate: decimal(line.rate),
        quantity: decimal(line.quantity),
        ...(discount === undefined ? {} : { discount }),
        tax: percentage === undefined || id === undefined ? null : { id, percentage },
      };
    }),
    taxRounding,
    decimals: currency.precision,
    inclusive: input.inclusive ?? false,
    discount: input.discount ?? null,
    shippingCharge: decimal(input.shippingCharge ?? "0"),
    adjustment: decimal(input.adjustment ?? "0"),
  });
  const lines = input.lines.map((line, index): StoredLine => {
    const discount = totals.lineDiscounts[index];
    return {
      ...line,
      id: line.id ?? books.nextId(),
      itemTotal: decimalText(totals.itemTotals[index] ?? new Decimal(0)),
      ...(discount === undefined || discount.isZero() ? {} : { discountAmount: decimalText(discount) }),
    };
  });
  return { lines, document: { ...storedFields(input, taxRounding), ...amountsOf(totals), ...stamps } };
}

function storedFields(input: DocumentInput, taxRounding: TaxRounding) {
  return {
    number: input.number,
    reference: input.reference ?? "",
    customerId: input.customerId,
    date: input.date,
    currencyCode: input.currencyCode,
    exchangeRate: input.exchangeRate,
    taxRounding,
    inclusive: input.inclusive ?? false,
    discount: input.discount ?? null,
    shippingCharge: input.shippingCharge ?? "0",
    adjustment: input.adjustment ?? "0",
    adjustmentDescription: input.adjustmentDescription ?? "",
    notes: input.notes ?? "",
    terms: input.terms ?? "",
    billing: input.billing ?? {},
    shipping: input.shipping ?? {},
  };
}

function amountsOf(totals: ReturnType<typeof computeTotals>) {
  return {
    subTotal: decimalText(totals.subTotal),
    discountTotal: decimalText(totals.discountTotal),
    taxes: totals.taxes.map(({ id, amount }) => ({ taxId: id, amount: decimalText(amount) })),
    taxTotal: decimalText(totals.taxTotal),
    total: decimalText(totals.total),
  };
}

/** The currency of a code; a document in a currency that the organisation lacks is a bug of the caller. */
export function currencyByCode(books: Books, code: string) {
  for (const [id, currency] of books.currencies.heads())
    if (currency.code === code) return { id, ...currency };
  invariant(false, `the organisation has no currency ${code}`);
}

/** Base currency for one unit on a date: the newest rate not after it, else the oldest; "1" for the base. */
export function exchangeRateOn(books: Books, code: string, date: string): string {
  const { rates, isBase } = currencyByCode(books, code);
  if (isBase) return "1";
  return (rates.find((rate) => rate.date <= date) ?? rates.at(-1))?.rate ?? "1";
}
