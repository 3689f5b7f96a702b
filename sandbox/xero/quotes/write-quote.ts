/**
 * Quotes: a contact, a day and lines are always needed (an update repeats contact and day), discounts are
 * allowed, and the status follows Xero's graph (https://developer.xero.com/documentation/api/accounting/quotes).
 */
import type { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel/result";
import { add } from "../amounts";
import type { Books } from "../books";
import { brandingProblem } from "../settings/branding-themes";
import { nextDocumentNumber } from "../settings/numbering";
import { type ComposedDocument, composeDocument } from "../write/document";
import { documentInput, optionalDay, words } from "../write/input";
import type { WriteOptions } from "../write/invoices";
import { findQuoteByNumber, type Quote, type QuoteStatus, quotes } from "./quote";

export const quoteInput = documentInput.extend({
  QuoteID: words,
  QuoteNumber: words,
  ExpiryDate: optionalDay,
  Title: words,
  Summary: words,
  Terms: words,
  BrandingThemeID: words,
});
export type QuoteInput = z.infer<typeof quoteInput>;

type Refusable = Result<string, readonly string[]>;

const TEXT_LIMITS = [
  ["QuoteNumber", 255],
  ["Title", 100],
  ["Summary", 3_000],
  ["Terms", 4_000],
] as const;

const NEXT: Readonly<Record<QuoteStatus | "NEW", readonly QuoteStatus[]>> = {
  NEW: ["DRAFT", "SENT"],
  DRAFT: ["DRAFT", "SENT", "INVOICED", "DELETED"],
  SENT: ["SENT", "ACCEPTED", "DECLINED", "INVOICED", "DELETED"],
  DECLINED: ["DECLINED", "SENT", "ACCEPTED", "DELETED"],
  ACCEPTED: ["ACCEPTED", "SENT", "DECLINED", "INVOICED", "DELETED"],
  INVOICED: ["INVOICED", "SENT", "ACCEPTED", "DELETED"],
  DELETED: [],
};

/** Creates (PUT) or creates or updates (POST) one quote; answers its id. */
export function writeQuote(books: Books, input: QuoteInput, options: WriteOptions): Refusable {
  const before = findBefore(books, input, options);
  if (!before.ok) return err([before.error]);
  const status = nextStatus(before.value?.status ?? null, input.Status);
  if (!status.ok) return err([status.error]);
  const composed = composeDocument(books, input, before.value, {
    side: "sales",
    discountsAllowed: true,
    complete: false,
    unitDecimals: options.unitDecimals,
  });
  const number = input.QuoteNumber || before.value?.number || "";
  const holder = number === "" ? undefined : findQuoteByNumber(books, number);
  const problems = [
    ...composed.problems,
    ...requiredProblems(input, composed),
    ...(holder !== undefined && holder !== before.value?.id ? ["Quote # must be unique."] : []),
    ...textProblems(books, input),
  ];
  if (problems.length > 0) return err(problems);
  const quote = quoteOf(input, before.value, composed, {
    status: status.value,
    number:
      number ||
      nextDocumentNumber(books, "QU-", (candidate) => findQuoteByNumber(books, candidate) === undefined),
  });
  quotes(books).put(quote);
  return ok(quote.id);
}

function quoteOf(
  input: QuoteInput,
  before: Quote | null,
  { core, discounts }: ComposedDocument,
  { status, number }: { status: QuoteStatus; number: string },
): Quote {
  return {
    ...core,
    status,
    number,
    expiryDate: input.ExpiryDate ?? before?.expiryDate ?? null,
    title: input.Title ?? before?.title ?? null,
    summary: input.Summary ?? before?.summary ?? null,
    terms: input.Terms ?? before?.terms ?? null,
    brandingThemeId: input.BrandingThemeID?.toLowerCase() ?? before?.brandingThemeId ?? null,
    totalDiscount: before !== null && core.lines === before.lines ? before.totalDiscount : add(...discounts),
  };
}

function findBefore(books: Books, input: QuoteInput, options: WriteOptions): Result<Quote | null, string> {
  if (!options.mayUpdate) return ok(null);
  const asked = options.id ?? input.QuoteID?.toLowerCase();
  if (!asked) {
    const numbered = input.QuoteNumber ? findQuoteByNumber(books, input.QuoteNumber) : undefined;
    return ok(numbered === undefined ? null : (quotes(books).get(numbered) ?? null));
  }
  const found = quotes(books).get(asked);
  return found === undefined ? err("The quote specified could not be found.") : ok(found);
}

function nextStatus(
  present: QuoteStatus | null,
  asked: string | null | undefined,
): Result<QuoteStatus, string> {
  const allowed = NEXT[present ?? "NEW"];
  if (allowed.length === 0) return err("Quote not of valid status for modification");
  const wanted = asked ? asked.toUpperCase() : (present ?? "DRAFT");
  const found = allowed.find((status) => status === wanted);
  if (found !== undefined) return ok(found);
  return err(
    present === null
      ? `Quote status '${wanted}' is not valid for a new quote.`
      : `Quote status cannot be changed from ${present} to ${wanted}.`,
  );
}

function requiredProblems(input: QuoteInput, { core }: ComposedDocument): string[] {
  const problems: string[] = [];
  if (input.Contact == null) problems.push("Contact is required for a quote.");
  if (input.Date == null) problems.push("Date is required for a quote.");
  if (core.lines.length === 0) problems.push("One or more line items must be specified");
  return problems;
}

function textProblems(books: Books, input: QuoteInput): string[] {
  const problems: string[] = [];
  for (const [field, charactersMax] of TEXT_LIMITS)
    if ((input[field] ?? "").length > charactersMax)
      problems.push(`${field} must be at most ${charactersMax} characters.`);
  const branding = brandingProblem(books, input.BrandingThemeID);
  if (branding !== null) problems.push(branding);
  return problems;
}
