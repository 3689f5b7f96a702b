import { type AccountingDocument, type DocumentLine, documentSide } from "@/lib/domain/document";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { References } from "./references";
import { labelOf, type TaxSide, taxSideKey, taxSideOf, type ValueMaps } from "./value-maps";

/** A document with the ledger's keys in it, and what a person should know of the way there. */
export interface Mapped<T> {
  readonly record: T;
  readonly warnings: readonly string[];
}

/**
 * A document of the source as the ledger is to have it. Every line's account and tax go through the
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
    problems.push(
      document.contactId === ""
        ? problem("contactMissing", "")
        : problem("contactNotPosted", document.contactName),
    );
  }
  const lines = document.lines.map((line) => mapLine(line, document, maps, references, problems, warnings));
  const bank = mapBankAccount(document, maps, problems);
  if (problems.length > 0) return err(distinctProblems(problems));
  return ok({
    record: {
      ...document,
      contactId: contact.state === "linked" ? contact.ledgerId : "",
      status: statusInLedger(document, maps),
      lines,
      ...bank,
    },
    warnings: [...new Set(warnings)],
  });
}

/** What moved on a bank account has happened: no ledger keeps it as a draft. */
function statusInLedger(document: AccountingDocument, maps: ValueMaps): AccountingDocument["status"] {
  return maps.documentStatus === "draft" && document.recordType !== "bankTransaction" ? "draft" : "open";
}

/** The bank account in the ledger that stands for the one that the money moved on; nothing for other documents. */
function mapBankAccount(
  document: AccountingDocument,
  maps: ValueMaps,
  problems: Problem[],
): { bankAccountKey?: string } {
  if (document.recordType !== "bankTransaction") return {};
  const bankAccountKey = maps.paymentAccount.get(document.bankAccountKey ?? "");
  if (bankAccountKey !== undefined) return { bankAccountKey };
  problems.push(
    problem("paymentAccountNotMapped", labelOf(maps, "paymentAccount", document.bankAccountKey ?? "")),
  );
  return {};
}

function mapLine(
  line: DocumentLine,
  document: AccountingDocument,
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
    document.lineAmounts === "noTax"
      ? (maps.rounding?.taxKey ?? null)
      : mapTax(line, accountClass && taxSideOf(accountClass, documentSide(document)), maps, problems);
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
  side: TaxSide | undefined,
  maps: ValueMaps,
  problems: Problem[],
): string | null {
  if (side === undefined) return null;
  const key = taxSideKey(line.taxKey ?? "", side);
  const taxKey = maps.tax.get(key);
  if (taxKey === undefined) problems.push(problem("taxNotMapped", labelOf(maps, "tax", key)));
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

/** The ledger's option for a tag of the source; none where the owner does not track it. */
export function mapTracking(
  optionKey: string,
  maps: ValueMaps,
): { categoryKey: string; optionKey: string }[] {
  const target = maps.tracking.get(optionKey);
  if (target === undefined) return [];
  const [categoryKey = "", targetOption = ""] = target.split("/");
  return [{ categoryKey, optionKey: targetOption }];
}

/** Each problem once, however many lines have it. */
export function distinctProblems(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((one) => [`${one.cause}:${one.subject}`, one])).values()];
}
