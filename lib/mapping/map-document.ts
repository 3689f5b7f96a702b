import type { AccountingDocument, DocumentLine } from "@/lib/domain/document";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { References } from "./references";
import { labelOf, taxSideKey, taxSideOf, type ValueMaps } from "./value-maps";

/** A document with the ledger's keys in it, and what a person should know of the way there. */
export interface Mapped<T> {
  readonly record: T;
  readonly warnings: readonly string[];
}

/**
 * An invoice or credit note of the source as the ledger is to have it. Every line's account and tax go through the
 * confirmed maps; whatever is not mapped is a problem by name, never a default.
 */
export function mapDocument<T extends AccountingDocument>(
  document: T,
  maps: ValueMaps,
  references: References,
): Result<Mapped<T>, readonly Problem[]> {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const contact = references.contact(document.contactId);
  if (contact.state !== "linked" && contact.state !== "planned") {
    problems.push(problem("contactNotPosted", document.contactName));
  }
  const lines = document.lines.map((line) =>
    mapLine(line, document.lineAmounts, maps, references, problems, warnings),
  );
  if (problems.length > 0) return err(distinct(problems));
  return ok({
    record: {
      ...document,
      contactId: contact.state === "linked" ? contact.ledgerId : "",
      status: maps.documentStatus === "draft" ? "draft" : "open",
      lines,
    },
    warnings: [...new Set(warnings)],
  });
}

function mapLine(
  line: DocumentLine,
  lineAmounts: AccountingDocument["lineAmounts"],
  maps: ValueMaps,
  references: References,
  problems: Problem[],
  warnings: string[],
): DocumentLine {
  const accountKey = maps.account.get(line.accountKey ?? "");
  if (accountKey === undefined)
    problems.push(problem("accountNotMapped", labelOf(maps, "account", line.accountKey ?? "")));
  const accountClass = maps.accountClass.get(accountKey ?? "");
  if (accountKey !== undefined && accountClass === undefined)
    problems.push(problem("accountNotUsable", accountKey));
  const taxKey =
    lineAmounts === "noTax" ? (maps.rounding?.taxKey ?? null) : mapTax(line, accountClass, maps, problems);
  return {
    ...line,
    itemCode: mapItemCode(line, references, warnings),
    itemId: null,
    accountKey: accountKey ?? null,
    taxKey,
    tax: null,
    tracking: line.tracking.flatMap((tag) => mapTracking(tag.optionKey, maps)),
  };
}

function mapTax(
  line: DocumentLine,
  accountClass: Parameters<typeof taxSideOf>[0] | undefined,
  maps: ValueMaps,
  problems: Problem[],
): string | null {
  if (accountClass === undefined) return null;
  const taxKey = maps.tax.get(taxSideKey(line.taxKey ?? "", taxSideOf(accountClass)));
  if (taxKey === undefined)
    problems.push(
      problem("taxNotMapped", labelOf(maps, "tax", taxSideKey(line.taxKey ?? "", taxSideOf(accountClass)))),
    );
  return taxKey ?? null;
}

/** An item that the ledger will not have is left off the line: the amount and account still stand. */
function mapItemCode(line: DocumentLine, references: References, warnings: string[]): string | null {
  if (line.itemId === null) return null;
  const item = references.item(line.itemId);
  if (item.state === "linked" || item.state === "planned") return item.ledgerCode;
  warnings.push(
    `Item ${line.itemCode ?? line.itemId} is not in the ledger, so its lines are posted without an item code.`,
  );
  return null;
}

function mapTracking(optionKey: string, maps: ValueMaps): { categoryKey: string; optionKey: string }[] {
  const target = maps.tracking.get(optionKey);
  if (target === undefined) return [];
  const [categoryKey = "", targetOption = ""] = target.split("/");
  return [{ categoryKey, optionKey: targetOption }];
}

function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((one) => [`${one.cause}:${one.subject}`, one])).values()];
}
