import type { ManualJournal } from "@/lib/domain/manual-journal";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/kernel/result";
import { distinctProblems, type Mapped, mapTracking } from "./map-document";
import { labelOf, taxSideKey, taxSideOf, type ValueMaps } from "./value-maps";

/** A manual journal with the ledger's accounts and taxes in it; whatever is not mapped is a problem by name. */
export function mapJournal(
  journal: ManualJournal,
  maps: ValueMaps,
): Result<Mapped<ManualJournal>, readonly Problem[]> {
  const problems: Problem[] = [];
  const lines = journal.lines.map((line) => {
    const accountKey = maps.account.get(line.accountKey ?? "");
    if (accountKey === undefined)
      problems.push(problem("accountNotMapped", labelOf(maps, "account", line.accountKey ?? "")));
    const accountClass = maps.accountClass.get(accountKey ?? "");
    if (accountKey !== undefined && accountClass === undefined)
      problems.push(problem("accountNotUsable", accountKey));
    return {
      ...line,
      accountKey: accountKey ?? null,
      taxKey: taxOf(line.taxKey, accountClass),
      tracking: line.tracking.flatMap((tag) => mapTracking(tag.optionKey, maps)),
    };
  });
  if (problems.length > 0) return err(distinctProblems(problems));
  const status = maps.documentStatus === "draft" ? "draft" : "open";
  return ok({ record: { ...journal, status, lines }, warnings: [] });

  /** A line without a tax stays without one: most lines of a journal only move a balance. */
  function taxOf(
    sourceTaxKey: string | null,
    accountClass: Parameters<typeof taxSideOf>[0] | undefined,
  ): string | null {
    if (sourceTaxKey === null || accountClass === undefined) return null;
    const key = taxSideKey(sourceTaxKey, taxSideOf(accountClass, "purchases"));
    const taxKey = maps.tax.get(key);
    if (taxKey === undefined) problems.push(problem("taxNotMapped", labelOf(maps, "tax", key)));
    return taxKey ?? null;
  }
}
