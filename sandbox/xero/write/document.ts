/**
 * What creating or changing any document has in common: contact, date, currency, lines and totals. It
 * changes no record but a contact made by name; the caller adds its own rules and keeps the document.
 */
import { add, compare, documentTotals } from "../amounts";
import type { Books } from "../books";
import { dayOf } from "../dates";
import type { DocumentCore, LineAmountTypes, Totals } from "../records";
import { resolveContact } from "./contacts";
import type { DocumentInput } from "./input";
import { type LineRules, resolveLines } from "./lines";
import { rateFor } from "./reference";

export type DocumentRules = Pick<LineRules, "side" | "discountsAllowed" | "complete" | "unitDecimals"> & {
  /** Overrides what the caller asked for (bank transactions take the account's currency). */
  readonly currency?: string;
  readonly types?: LineAmountTypes;
  /** Stands beside the lines in the total. */
  readonly rounding?: string | undefined;
};

export interface ComposedDocument {
  readonly core: DocumentCore;
  readonly discounts: readonly string[];
  readonly problems: string[];
}

const REFERENCE_CHARACTERS_MAX = 255;
const LINE_AMOUNT_TYPES: Readonly<Record<string, LineAmountTypes>> = {
  exclusive: "Exclusive",
  inclusive: "Inclusive",
  notax: "NoTax",
};

/** The common part of a document as it would be kept, and everything that speaks against it. */
export function composeDocument(
  books: Books,
  input: DocumentInput,
  before: DocumentCore | null,
  rules: DocumentRules,
): ComposedDocument {
  const problems: string[] = [];
  const contact =
    input.Contact == null && before !== null
      ? { ok: true as const, value: before.contactId }
      : resolveContact(books, input.Contact);
  if (!contact.ok) problems.push(contact.error);
  const types =
    rules.types ?? lineAmountTypes(input.LineAmountTypes, problems) ?? before?.lineAmountTypes ?? "Exclusive";
  const currency =
    rules.currency ??
    (input.CurrencyCode?.toUpperCase() || before?.currency || books.organisation().baseCurrency);
  const kept = before?.currency === currency ? before.currencyRate : undefined;
  const rate = rateFor(books, currency, input.CurrencyRate ?? kept);
  if (!rate.ok) problems.push(rate.error);
  const resolved =
    input.LineItems == null
      ? { lines: before?.lines ?? [], discounts: [], problems: [] }
      : resolveLines(books, { ...rules, types, currency }, input.LineItems, before?.lines ?? []);
  problems.push(...resolved.problems);
  if (rules.complete && resolved.lines.length === 0 && resolved.problems.length === 0)
    problems.push("One or more line items must be specified");
  const sums = documentTotals(resolved.lines, types);
  const totals = rules.rounding === undefined ? sums : { ...sums, total: add(sums.total, rules.rounding) };
  if (resolved.problems.length === 0) problems.push(...totalProblems(input, totals));
  problems.push(...textProblems(input));
  const now = books.now();
  return {
    problems,
    discounts: resolved.discounts,
    core: {
      id: before?.id ?? books.newId(),
      createdMs: before?.createdMs ?? now,
      updatedMs: now,
      contactId: contact.ok ? contact.value : "",
      date: input.Date ?? before?.date ?? dayOf(now),
      lineAmountTypes: types,
      currency,
      currencyRate: rate.ok ? rate.value : "1",
      reference: keptText(input.Reference, before?.reference),
      url: keptText(input.Url, before?.url),
      lines: resolved.lines,
      byApp: before?.byApp ?? true,
      ...totals,
    },
  };
}

function lineAmountTypes(asked: string | null | undefined, problems: string[]): LineAmountTypes | null {
  if (!asked) return null;
  const found = LINE_AMOUNT_TYPES[asked.toLowerCase()];
  if (found === undefined) problems.push(`LineAmountTypes '${asked}' is not valid.`);
  return found ?? null;
}

/** Totals are Xero's own sums; what a caller sends of them must agree. */
export function totalProblems(input: DocumentInput, totals: Totals): string[] {
  const differs = (asked: string | null | undefined, sum: string): boolean =>
    asked !== null && asked !== undefined && compare(asked, sum) !== 0;
  const problems: string[] = [];
  if (differs(input.SubTotal, totals.subTotal))
    problems.push("The document sub total does not equal the sum of the lines.");
  if (differs(input.TotalTax, totals.totalTax))
    problems.push("The document total tax does not equal the sum of the tax of the lines.");
  if (differs(input.Total, totals.total))
    problems.push("The document total does not equal the sum of the lines.");
  return problems;
}

function textProblems(input: DocumentInput): string[] {
  const problems: string[] = [];
  if ((input.Reference ?? "").length > REFERENCE_CHARACTERS_MAX)
    problems.push(`Reference must be at most ${REFERENCE_CHARACTERS_MAX} characters.`);
  if (input.Url && !isWebAddress(input.Url))
    problems.push("Url must be a valid absolute http or https address.");
  return problems;
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

function keptText(asked: string | null | undefined, before: string | null | undefined): string | null {
  if (asked === undefined || asked === null) return before ?? null;
  return asked === "" ? null : asked;
}
