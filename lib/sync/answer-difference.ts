import { type CanonicalRecord, isDocument, summarise } from "@/lib/domain/canonical-record";
import type { AccountingDocument } from "@/lib/domain/document";
import type { ManualJournal } from "@/lib/domain/manual-journal";
import { moneyText } from "@/lib/domain/money";
import type { Rulebook } from "./decision";

/**
 * Where the ledger's answer is not what was asked: total, tax, date, currency, or tracking that was silently dropped or
 * changed.
 * A few words for the exception; null when they agree.
 */
export function describeAnswerDifference(
  asked: CanonicalRecord,
  answered: CanonicalRecord,
  rulebook: Rulebook,
): string | null {
  const want = summarise(asked);
  const got = summarise(answered);
  if (want.amount === null || got.amount === null) return null;
  if (want.amount.currency !== got.amount.currency) return `currency ${got.amount.currency}`;
  if (want.amount.minor !== got.amount.minor)
    return `total ${moneyText(got.amount)} instead of ${moneyText(want.amount)}`;
  if (want.date !== got.date) return `date ${got.date} instead of ${want.date}`;
  if (!("lines" in asked) || !("lines" in answered)) return null;
  const prediction = rulebook.rules.predict(asked, rulebook.ledger);
  if (prediction && isDocument(answered) && prediction.tax.minor !== answered.tax.minor) {
    return `tax ${moneyText(answered.tax)} instead of ${moneyText(prediction.tax)}`;
  }
  if (answered.lines.length !== asked.lines.length)
    return `${answered.lines.length} lines instead of ${asked.lines.length}`;
  const before = tagsOf(asked);
  const after = tagsOf(answered);
  if (after.length < before.length) return "tracking was dropped";
  return before.join() === after.join() ? null : "tracking was changed";
}

const tagsOf = (document: AccountingDocument | ManualJournal): string[] =>
  document.lines
    .flatMap((line) => line.tracking.map(({ categoryKey, optionKey }) => `${categoryKey}/${optionKey}`))
    .sort();

/** True where the difference can be seen in what is kept of the ledger's records: amount, currency or date. */
export const isVisibleDifference = (subject: string): boolean => /^(currency|total|date) /.test(subject);
