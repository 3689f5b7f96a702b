import { ManualJournal as SdkManualJournal } from "xero-node/dist/gen/model/accounting/manualJournal.js";
import type { ManualJournalLine as SdkLine } from "xero-node/dist/gen/model/accounting/manualJournalLine.js";
import type { JournalLine, ManualJournal } from "@/lib/domain/manual-journal";
import { add } from "@/lib/domain/money";
import { Decimal } from "@/lib/kernel/decimal";
import { urlMarkerIn } from "../marker";
import { sumOfDebits } from "../predict";
import type { ManualJournalWire } from "../wire/document";
import { accountKeyOf, accountRefOnWire } from "./account-key";
import { amountOnWire, moneyOf } from "./currency";
import { LINE_AMOUNTS_OF, LINE_AMOUNTS_ON_WIRE } from "./document";
import { numberIn } from "./numbered-text";

/**
 * Manual journals. Xero keeps them in its base currency alone and does not say which that is, so whoever reads one must
 * know it. There is no number: ours stands at the beginning of the narration.
 */

const STATUS_OF: Readonly<Record<ManualJournalWire["Status"], ManualJournal["status"]>> = {
  DRAFT: "draft",
  POSTED: "open",
  VOIDED: "void",
  DELETED: "deleted",
  ARCHIVED: "deleted",
};

export function manualJournalOf(wire: ManualJournalWire, currency: string): ManualJournal {
  const marker = urlMarkerIn(wire.Url, "manualJournal");
  const money = (amount: Decimal | null | undefined, field: string) =>
    moneyOf(amount ?? new Decimal(0), currency, `JournalLines.${field}`);
  const isExclusive = wire.LineAmountTypes === "Exclusive";
  const wholes = wire.JournalLines.map((line) => {
    const amount = money(line.LineAmount, "LineAmount");
    return isExclusive ? add(amount, money(line.TaxAmount, "TaxAmount")) : amount;
  });
  return {
    recordType: "manualJournal",
    externalId: wire.ManualJournalID,
    version: wire.UpdatedDateUTC,
    number: marker === "" ? "" : numberIn(wire.Narration),
    reference: "",
    narration: wire.Narration,
    date: wire.Date,
    currency,
    status: STATUS_OF[wire.Status],
    lineAmounts: LINE_AMOUNTS_OF[wire.LineAmountTypes],
    lines: wire.JournalLines.map(
      (line, index): JournalLine => ({
        externalId: String(index),
        description: line.Description,
        accountKey: accountKeyOf({ Code: line.AccountCode, AccountID: line.AccountID }),
        taxKey: line.TaxType || null,
        taxRatePercent: null,
        amount: money(line.LineAmount, "LineAmount"),
        tracking: line.Tracking.map((tag) => ({
          categoryKey: tag.TrackingCategoryID,
          optionKey: tag.TrackingOptionID,
        })),
      }),
    ),
    total: sumOfDebits(wholes, currency),
    marker,
  };
}

export function manualJournalOnWire(journal: ManualJournal, manualJournalId?: string): SdkManualJournal {
  return {
    manualJournalID: manualJournalId,
    narration: journal.narration,
    date: journal.date,
    status:
      journal.status === "draft" ? SdkManualJournal.StatusEnum.DRAFT : SdkManualJournal.StatusEnum.POSTED,
    url: journal.marker || undefined,
    lineAmountTypes: LINE_AMOUNTS_ON_WIRE[journal.lineAmounts],
    journalLines: journal.lines.map(lineOnWire),
  };
}

function lineOnWire(line: JournalLine): SdkLine {
  const account = line.accountKey === null ? {} : accountRefOnWire(line.accountKey);
  return {
    description: line.description || undefined,
    lineAmount: amountOnWire(line.amount),
    accountCode: account.code,
    accountID: account.accountID,
    taxType: line.taxKey ?? undefined,
    tracking:
      line.tracking.length === 0
        ? undefined
        : line.tracking.map((tag) => ({
            trackingCategoryID: tag.categoryKey,
            trackingOptionID: tag.optionKey,
          })),
  };
}
