/**
 * Tax rates made through the API: a name of their own, one or more components, a generated TaxType (TAX001 and
 * on), and the kind of account that they go with. The country's own rates cannot be changed; a rate that a
 * document uses cannot be deleted.
 */
import { z } from "zod";
import { Decimal, decimal, decimalText } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import { round } from "../amounts";
import type { Books } from "../books";
import type { AccountClass, TaxComponent, TaxRate } from "../records";
import { flag, optionalAmount, words } from "../write/input";
import { findTaxRate } from "../write/reference";
import { REPORT_TAX_TYPES } from "./report-tax-types";
import { isUsed } from "./usage";

const componentInput = z.object({
  Name: words,
  Rate: optionalAmount,
  IsCompound: flag,
  IsNonRecoverable: flag,
});

export const taxRateInput = z.object({
  Name: words,
  TaxType: words,
  ReportTaxType: words,
  Status: words,
  TaxComponents: z.array(componentInput).nullish(),
});
export type TaxRateInput = z.infer<typeof taxRateInput>;

type Refusable = Result<string, readonly string[]>;

const RATE_DECIMALS = 4;
const HUNDRED = new Decimal(100);
const EVERY_CLASS: readonly AccountClass[] = ["ASSET", "EQUITY", "EXPENSE", "LIABILITY", "REVENUE"];
/** Countries whose tax returns need to know what a rate counts towards. */
const REPORTING_COUNTRIES: ReadonlySet<string> = new Set(["AU", "GB", "NZ"]);

/** PUT /TaxRates: a new rate; answers its id. */
export function createTaxRate(books: Books, input: TaxRateInput): Refusable {
  const components = componentsOf(input);
  const problems = [
    ...nameProblems(books, input.Name ?? "", null),
    ...reportTypeProblems(books, input.ReportTaxType),
    ...componentProblems(components),
  ];
  if (problems.length > 0) return err(problems);
  const now = books.now();
  const reportTaxType = input.ReportTaxType?.toUpperCase() ?? "NONE";
  const rate: TaxRate = {
    id: books.newId(),
    createdMs: now,
    updatedMs: now,
    name: input.Name ?? "",
    taxType: nextTaxType(books),
    reportTaxType,
    rate: effectiveRate(components),
    status: "ACTIVE",
    appliesTo: classesOf(reportTaxType),
    components,
  };
  books.taxRates.put(rate);
  return ok(rate.id);
}

/** POST /TaxRates: found by TaxType, else by Name; answers its id. */
export function updateTaxRate(books: Books, input: TaxRateInput): Refusable {
  const before = input.TaxType ? findTaxRate(books, input.TaxType) : rateNamed(books, input.Name ?? "");
  if (before === undefined || before.status === "DELETED")
    return err(["The tax rate specified could not be found."]);
  if (!/^TAX\d{3,}$/.test(before.taxType)) return err(["System tax rates cannot be changed."]);
  const status = input.Status?.toUpperCase() || before.status;
  if (status !== "ACTIVE" && status !== "ARCHIVED" && status !== "DELETED")
    return err([`The tax rate status '${status}' is not valid.`]);
  if (status === "DELETED" && isUsed(books, before.id))
    return err(["The tax rate is used on transactions and cannot be deleted."]);
  const components = input.TaxComponents == null ? (before.components ?? []) : componentsOf(input);
  const reportTaxType = input.ReportTaxType?.toUpperCase() || before.reportTaxType;
  const problems = [
    ...nameProblems(books, input.Name || before.name, before.id),
    ...reportTypeProblems(books, reportTaxType),
    ...componentProblems(components),
  ];
  if (problems.length > 0) return err(problems);
  books.taxRates.put({
    ...before,
    updatedMs: books.now(),
    name: input.Name || before.name,
    reportTaxType,
    rate: effectiveRate(components),
    status,
    appliesTo: classesOf(reportTaxType),
    components,
  });
  return ok(before.id);
}

/** The sum of the components, as Xero displays it. */
export function displayRate(rate: TaxRate): string {
  if (rate.components === undefined) return rate.rate;
  return decimalText(rate.components.reduce((sum, component) => sum.plus(component.rate), new Decimal(0)));
}

function componentsOf(input: TaxRateInput): readonly TaxComponent[] {
  return (input.TaxComponents ?? []).map((component) => ({
    name: component.Name ?? "",
    rate: decimalText(round(decimal(component.Rate ?? "0"), RATE_DECIMALS)),
    isCompound: component.IsCompound ?? false,
    isNonRecoverable: component.IsNonRecoverable ?? false,
  }));
}

/** A compound component is charged on the amount with the other components in it. */
function effectiveRate(components: readonly TaxComponent[]): string {
  let simple = new Decimal(0);
  let compound = new Decimal(0);
  for (const { rate, isCompound } of components) {
    if (isCompound) compound = compound.plus(rate);
    else simple = simple.plus(rate);
  }
  const total = simple.plus(compound.times(HUNDRED.plus(simple)).div(HUNDRED));
  return decimalText(round(total, RATE_DECIMALS));
}

function nameProblems(books: Books, name: string, own: string | null): string[] {
  if (name === "") return ["Please enter a Name."];
  const holder = rateNamed(books, name);
  return holder !== undefined && holder.id !== own ? ["Please enter a unique Name."] : [];
}

function rateNamed(books: Books, name: string): TaxRate | undefined {
  const wanted = name.toLowerCase();
  for (const [, rate] of books.taxRates.heads())
    if (rate.status !== "DELETED" && rate.name.toLowerCase() === wanted) return rate;
  return undefined;
}

function reportTypeProblems(books: Books, asked: string | null | undefined): string[] {
  if (!asked)
    return REPORTING_COUNTRIES.has(books.organisation().countryCode)
      ? ["ReportTaxType is required for organisations of this region."]
      : [];
  return REPORT_TAX_TYPES.has(asked.toUpperCase()) ? [] : [`ReportTaxType '${asked}' is not valid.`];
}

function componentProblems(components: readonly TaxComponent[]): string[] {
  if (components.length === 0) return ["At least one TaxComponent is required."];
  const problems: string[] = [];
  if (components.some(({ name }) => name === "")) problems.push("Each TaxComponent needs a Name.");
  if (components.filter(({ isCompound }) => isCompound).length > 1)
    problems.push("Only one TaxComponent can be compound.");
  if (components.some(({ rate }) => decimal(rate).isNegative() || decimal(rate).greaterThan(HUNDRED)))
    problems.push("The Rate of a TaxComponent must be between 0 and 100.");
  return problems;
}

function classesOf(reportTaxType: string): readonly AccountClass[] {
  if (reportTaxType === "NONE" || reportTaxType === "BASEXCLUDED") return EVERY_CLASS;
  const isForSales = /OUTPUT|SALES/.test(reportTaxType);
  return EVERY_CLASS.filter((name) => name !== (isForSales ? "EXPENSE" : "REVENUE"));
}

function nextTaxType(books: Books): string {
  let highest = 0;
  for (const [, { taxType }] of books.taxRates.heads())
    highest = Math.max(highest, Number(/^TAX(\d{3,})$/.exec(taxType)?.[1] ?? 0));
  return `TAX${String(highest + 1).padStart(3, "0")}`;
}
