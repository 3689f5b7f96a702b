import type { Transaction } from "@/lib/db/client";
import { moneyText } from "@/lib/domain/money";
import type { Sight } from "@/lib/domain/personal-details";
import { PROBLEM_CAUSES, type ProblemCause } from "@/lib/domain/problem";
import type { ExceptionGroupView, ExceptionRow } from "@/lib/domain/views/exception-view";
import { parseRecordType } from "../runs/get-run";
import { definitionOf, type Runtime } from "../runtime";
import type { Pair } from "./load-options";

/** Stored exceptions in the words and shapes of the page. */

export type StoredException = Awaited<ReturnType<Transaction["syncException"]["findFirstOrThrow"]>>;

export const describeRow = (row: Omit<StoredException, "exchange">, sight: Sight): ExceptionRow => ({
  exceptionId: row.id,
  recordType: parseRecordType(row.recordType),
  sourceExternalId: row.sourceExternalId,
  number: row.number,
  label: row.label,
  amount:
    row.currency === null || row.grossMinor === null
      ? null
      : { amount: moneyText({ minor: row.grossMinor, currency: row.currency }), currency: row.currency },
  cause: row.cause,
  message: sight.text(row.message),
  remedy: sight.text(row.remedy),
  vendorMessage: row.vendorMessage === null ? null : sight.text(row.vendorMessage),
  attempts: row.attempts,
  since: row.createdAt.toISOString(),
  isAskedAgain: row.replayAskedAt !== null,
  dismissal:
    row.dismissedAt === null
      ? null
      : {
          reason: sight.text(row.dismissedReason ?? ""),
          by: row.dismissedByName ?? "",
          at: row.dismissedAt.toISOString(),
        },
});

export const causeOf = (text: string): ProblemCause =>
  PROBLEM_CAUSES.find((cause) => cause === text) ?? "refused";

export const namesOfPair = (runtime: Runtime, pair: Pair) => ({
  source: definitionOf(runtime, pair.source.connectorId).manifest.label,
  ledger: definitionOf(runtime, pair.ledger.connectorId).manifest.label,
});

/** Causes whose remedy is made in our own set-up. */
const MENDED_IN_SETUP: ReadonlySet<string> = new Set<ProblemCause>([
  "accountNotMapped",
  "accountNotUsable",
  "accountCurrencyDiffers",
  "accountTakesNoPayments",
  "taxNotMapped",
  "taxNotAllowedForAccount",
  "paymentAccountNotMapped",
]);

/** `isAsked`: whether two records are one waits for a person's word under Matches. */
export const actionOf = (cause: string, slug: string, isAsked: boolean): ExceptionGroupView["action"] =>
  MENDED_IN_SETUP.has(cause)
    ? { label: "Open the set-up", href: `/${slug}/setup` }
    : isAsked
      ? { label: "Compare the two", href: `/${slug}/matches` }
      : null;

export const canMoveToOpenDay = (cause: string): boolean => cause === "periodLocked";
