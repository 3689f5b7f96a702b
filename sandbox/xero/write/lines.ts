/**
 * A document's lines: defaults from items, accounts and the line that is being changed, then Xero's checks
 * and arithmetic. Problems are collected over all lines, since Xero reports them together.
 */
import { decimal, decimalText } from "@/lib/kernel/decimal";
import { compare, isZero, lineAmount, lineDiscount, lineTax, round, scaleOf, ZERO } from "../amounts";
import type { Books } from "../books";
import type { Line, LineAmountTypes } from "../records";
import { markUsed } from "../settings/usage";
import type { LineInput } from "./input";
import {
  findAccount,
  findItem,
  resolveTracking,
  untaxedType,
  usableAccount,
  usableTaxRate,
} from "./reference";

export interface LineRules {
  readonly side: "sales" | "purchases";
  readonly discountsAllowed: boolean;
  /** Approved and submitted documents need an account and a description on each line. */
  readonly complete: boolean;
  readonly types: LineAmountTypes;
  readonly currency: string;
  readonly unitDecimals: number;
}

export interface ResolvedLines {
  readonly lines: readonly Line[];
  readonly discounts: readonly string[];
  readonly problems: readonly string[];
}

const DESCRIPTION_CHARACTERS_MAX = 4_000;
const QUANTITY_DECIMALS = 4;

/** Lines ready to be kept. Lines of `existing` that are not named by LineItemID are gone. */
export function resolveLines(
  books: Books,
  rules: LineRules,
  inputs: readonly LineInput[],
  existing: readonly Line[],
): ResolvedLines {
  const lines: Line[] = [];
  const discounts: string[] = [];
  const problems: string[] = [];
  for (const input of inputs) {
    const before = input.LineItemID
      ? existing.find((line) => line.id === input.LineItemID?.toLowerCase())
      : undefined;
    if (input.LineItemID && before === undefined) {
      problems.push(`The LineItemID '${input.LineItemID}' is not a line of this document.`);
      continue;
    }
    const resolved = resolveLine(books, rules, input, before, problems);
    lines.push(resolved.line);
    discounts.push(resolved.discount);
  }
  return { lines, discounts, problems };
}

function resolveLine(
  books: Books,
  rules: LineRules,
  input: LineInput,
  before: Line | undefined,
  problems: string[],
): { line: Line; discount: string } {
  const scale = scaleOf(rules.currency);
  const itemCode = input.ItemCode ?? before?.itemCode ?? null;
  const item = itemCode === null || itemCode === "" ? undefined : findItem(books, itemCode);
  if (itemCode && item === undefined) problems.push(`Item code '${itemCode}' is not valid`);
  const price = rules.side === "sales" ? item?.sales : item?.purchase;
  // What is bought of a tracked item goes to its inventory account, which no other line may name.
  const stockAccount = rules.side === "sales" ? undefined : item?.inventory?.assetAccountCode;
  const itemText = rules.side === "sales" ? item?.description : item?.purchaseDescription;

  const description = input.Description ?? before?.description ?? itemText ?? null;
  if (description !== null && description.length > DESCRIPTION_CHARACTERS_MAX)
    problems.push(`Description must be at most ${DESCRIPTION_CHARACTERS_MAX} characters.`);

  const amounts = resolveAmounts(books, rules, input, before, price?.unitPrice ?? null, problems);
  const isTextOnly = amounts.unitAmount === null;
  if (rules.complete && !isTextOnly && !description) problems.push("Description is required on each line.");

  const accountCode =
    accountCodeOf(books, input) ?? before?.accountCode ?? stockAccount ?? price?.accountCode ?? null;
  const account = resolveAccount(books, rules, accountCode, isTextOnly, problems, stockAccount);
  const tax = resolveTax(books, rules, input, before, {
    account,
    fallback: price?.taxType ?? null,
    amount: amounts.lineAmount,
    isTextOnly,
    scale,
    problems,
  });
  const tracking = input.Tracking == null ? null : resolveTracking(books, input.Tracking);
  if (tracking?.ok) for (const optionId of tracking.value) markUsed(books, optionId);
  else if (tracking !== null) problems.push(tracking.error);
  return {
    discount: amounts.discount,
    line: {
      id: before?.id ?? books.newId(),
      description,
      quantity: amounts.quantity,
      unitAmount: amounts.unitAmount,
      itemCode: item?.code ?? null,
      accountCode: account?.code ?? null,
      taxType: tax.taxType,
      taxAmount: tax.taxAmount,
      lineAmount: amounts.lineAmount,
      discountRate: amounts.discountRate,
      discountAmount: amounts.discountAmount,
      tracking: tracking === null ? (before?.tracking ?? []) : tracking.ok ? tracking.value : [],
    },
  };
}

interface ResolvedAmounts {
  readonly quantity: string | null;
  readonly unitAmount: string | null;
  readonly lineAmount: string;
  readonly discountRate: string | null;
  readonly discountAmount: string | null;
  readonly discount: string;
}

function resolveAmounts(
  books: Books,
  rules: LineRules,
  input: LineInput,
  before: Line | undefined,
  itemPrice: string | null,
  problems: string[],
): ResolvedAmounts {
  const scale = scaleOf(rules.currency);
  const discountRate = input.DiscountRate ?? before?.discountRate ?? null;
  const discountAmount = input.DiscountRate ? null : (input.DiscountAmount ?? before?.discountAmount ?? null);
  if (
    !rules.discountsAllowed &&
    ((discountRate && !isZero(discountRate)) || (discountAmount && !isZero(discountAmount)))
  )
    problems.push("Discounts are only supported on sales invoices and quotes.");

  let quantity = input.Quantity ?? before?.quantity ?? null;
  let unitAmount = input.UnitAmount ?? before?.unitAmount ?? itemPrice;
  const asked = input.LineAmount ?? null;
  if (quantity === null && unitAmount === null && asked === null)
    return {
      quantity: null,
      unitAmount: null,
      lineAmount: ZERO,
      discountRate,
      discountAmount,
      discount: ZERO,
    };
  quantity = decimalText(round(decimal(quantity ?? "1"), QUANTITY_DECIMALS));
  if (unitAmount === null) unitAmount = asked === null || isZero(quantity) ? ZERO : divided(asked, quantity);
  // More decimals of a unit amount than asked for are lost, and the line is counted from the shorter one.
  unitAmount = decimalText(round(decimal(unitAmount), rules.unitDecimals));
  const parts = { quantity, unitAmount, discountRate, discountAmount };
  const expected = lineAmount(parts, scale);
  if (
    asked !== null &&
    input.UnitAmount != null &&
    compare(decimalText(round(decimal(asked), scale)), expected) !== 0
  )
    problems.push(lineTotalText(books, asked, expected));
  // Without a unit amount the line amount leads, and the unit amount is only its quotient.
  const leads = asked !== null && input.UnitAmount == null;
  return {
    quantity,
    unitAmount,
    lineAmount: leads ? decimalText(round(decimal(asked), scale)) : expected,
    discountRate,
    discountAmount,
    discount: lineDiscount(parts, scale),
  };
}

/** The words are not confirmed. */
function lineTotalText(books: Books, asked: string, expected: string): string {
  return books.switchPosition("xero.line-total-text") === "does-not-match"
    ? `The line total ${asked} does not match the expected line total ${expected}`
    : `The LineAmount ${asked} is not equal to Quantity x UnitAmount less discount, ${expected}`;
}

function divided(amount: string, by: string): string {
  return decimalText(decimal(amount).div(decimal(by)));
}

function accountCodeOf(books: Books, input: LineInput): string | null {
  if (input.AccountCode) return input.AccountCode;
  if (!input.AccountID) return null;
  return findAccount(books, { AccountID: input.AccountID })?.code ?? input.AccountID;
}

function resolveAccount(
  books: Books,
  rules: LineRules,
  code: string | null,
  isTextOnly: boolean,
  problems: string[],
  stockAccount: string | undefined,
): ReturnType<typeof findAccount> | null {
  if (code === null || code === "") {
    if (rules.complete && !isTextOnly) problems.push("Account code or ID must be specified.");
    return null;
  }
  const account = usableAccount(books, code, stockAccount);
  if (!account.ok) {
    problems.push(account.error);
    return null;
  }
  markUsed(books, account.value.id);
  return account.value;
}

function resolveTax(
  books: Books,
  rules: LineRules,
  input: LineInput,
  before: Line | undefined,
  line: {
    account: ReturnType<typeof findAccount> | null;
    fallback: string | null;
    amount: string;
    isTextOnly: boolean;
    scale: number;
    problems: string[];
  },
): { taxType: string | null; taxAmount: string } {
  const usual = rules.types === "NoTax" ? untaxedType(books) : line.fallback || line.account?.taxType;
  const asked = input.TaxType || before?.taxType || usual || null;
  if (asked === null || line.isTextOnly) return { taxType: null, taxAmount: ZERO };
  const rate = usableTaxRate(books, asked, line.account ?? null);
  if (!rate.ok) {
    line.problems.push(rate.error);
    return { taxType: asked, taxAmount: ZERO };
  }
  markUsed(books, rate.value.id);
  const computed = lineTax(line.amount, rate.value.rate, rules.types, line.scale);
  const overridden = input.TaxAmount != null && rules.types !== "NoTax";
  return {
    taxType: rate.value.taxType,
    taxAmount: overridden ? decimalText(round(decimal(input.TaxAmount ?? ZERO), line.scale)) : computed,
  };
}
