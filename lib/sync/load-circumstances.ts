import type { Transaction } from "@/lib/db/client";
import {
  type CanonicalRecord,
  canonicalRecordSchema,
  isGone,
  summarise,
} from "@/lib/domain/canonical-record";
import { PROBLEM_CAUSES, type Problem, problem } from "@/lib/domain/problem";
import type { RecordType } from "@/lib/domain/record-type";
import { agreedSchema } from "@/lib/domain/two-sided";
import { isVisibleDifference } from "./answer-difference";
import { CHANGED_VISIBLY } from "./decide-change";
import type { LinkedAs } from "./decision";
import { versionedHash } from "./exceptions";
import type { Sought } from "./ledger-candidates";
import type { PendingRecord } from "./pending-record";
import type { SyncContext } from "./sync-context";

/**
 * What is known of a page of source records before anything is decided about them: what they are in the ledger, who
 * bears which name, and what the ledger refused. A few queries a page, whatever its size.
 */

/** Names, codes and our own numbers are unique in a ledger; settlements and what suppliers numbered are not. */
const UNIQUE: ReadonlySet<RecordType> = new Set([
  "contact",
  "item",
  "invoice",
  "creditNote",
  "purchaseOrder",
]);
export const isUnique = (recordType: RecordType): boolean => UNIQUE.has(recordType);

export interface Link extends LinkedAs {
  readonly naturalKey: string;
}

/** The links of the records that have one, and whether what changed since is a change still. */
export async function loadLinks(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  pending: readonly Pick<PendingRecord, "record" | "contentHash">[],
): Promise<Map<string, Link>> {
  const ids = { in: pending.map((one) => one.record.externalId) };
  const links = await tx.recordLink.findMany({
    where: { pairId: context.pairId, recordType, sourceExternalId: ids },
    select: {
      sourceExternalId: true,
      ledgerExternalId: true,
      sourceHash: true,
      naturalKey: true,
      how: true,
      agreed: true,
      detail: true,
    },
  });
  if (links.length === 0) return new Map();
  const inLedger = await tx.ledgerRecord.findMany({
    where: {
      connectionId: context.ledger.connectionId,
      recordType,
      externalId: { in: links.map((link) => link.ledgerExternalId) },
    },
    select: { externalId: true, record: true },
  });
  const exceptions = await tx.syncException.findMany({
    where: { pairId: context.pairId, recordType, state: "open", sourceExternalId: ids },
    select: { sourceExternalId: true, cause: true, subject: true },
  });
  const ledgerOf = new Map(inLedger.map((row) => [row.externalId, canonicalRecordSchema.parse(row.record)]));
  const exceptionOf = new Map(exceptions.map((row) => [row.sourceExternalId, row]));
  const pendingOf = new Map(pending.map((one) => [one.record.externalId, one]));
  return new Map(
    links.flatMap((link) => {
      const one = pendingOf.get(link.sourceExternalId);
      if (!one) return [];
      const exception = exceptionOf.get(link.sourceExternalId);
      const shown = ledgerOf.get(link.ledgerExternalId);
      const isShown = shown !== undefined && showsTheSame(one.record, shown);
      return [
        [
          link.sourceExternalId,
          {
            ledgerExternalId: link.ledgerExternalId,
            naturalKey: link.naturalKey,
            isShown,
            settled: mayOverwrite(link.detail)
              ? null
              : isOwnEcho(link, isShown)
                ? "It came from the ledger."
                : settledBy(one.contentHash === link.sourceHash, isShown, exception),
            ...(mayOverwrite(link.detail) ? { mayOverwrite: true } : {}),
            ...(shown === undefined ? {} : { shown }),
            agreed: link.agreed === null ? null : agreedSchema.parse(link.agreed),
          },
        ],
      ];
    }),
  );
}

/** A person looked at what the ledger shows, and wants the source's version there. */
const mayOverwrite = (detail: unknown): boolean =>
  typeof detail === "object" && detail !== null && "mayOverwrite" in detail && detail.mayOverwrite === true;

/**
 * What we wrote to the source ourselves, as it is read there for the first time. Where fields go both ways these are compared
 * instead, since somebody may have changed one in between.
 */
const isOwnEcho = (
  link: { readonly how: string; readonly sourceHash: string; readonly agreed: unknown },
  isShown: boolean,
): boolean => link.how === "fromLedger" && link.sourceHash === "" && link.agreed === null && isShown;

/**
 * Why there is nothing left to do about a changed record, in words; null where there is. What the ledger does not show
 * is never taken for done because somebody asked to look again: a person who accepts it dismisses the exception.
 */
function settledBy(
  isChangedBack: boolean,
  isShown: boolean,
  exception: { readonly cause: string; readonly subject: string } | undefined,
): string | null {
  if (isChangedBack) {
    if (exception?.cause !== "answerDiffers") return "It is in the ledger as it was posted.";
    return isShown && isVisibleDifference(exception.subject) ? "It was corrected in the ledger." : null;
  }
  if (exception?.cause !== "changedAfterPosting" || !isShown) return null;
  return exception.subject === CHANGED_VISIBLY ? "The same change was made in the ledger." : null;
}

/** As far as it can be seen without lines: those are not kept of what is in the ledger. */
function showsTheSame(record: CanonicalRecord, shown: CanonicalRecord): boolean {
  if (record.recordType === "item" && shown.recordType === "item") {
    const prices = [record.salesPrice, shown.salesPrice].map((price) => price?.toString() ?? "");
    return record.name === shown.name && prices[0] === prices[1];
  }
  if (isGone(shown)) return false;
  const [wanted, found] = [summarise(record), summarise(shown)];
  return (
    wanted.date === found.date &&
    wanted.amount?.currency === found.amount?.currency &&
    wanted.amount?.minor === found.amount?.minor
  );
}

/**
 * Which source record has which name, by earlier links and by this plan so far. A contact that is being renamed gives its
 * old name up in the same plan.
 */
export async function loadClaims(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  sought: ReadonlyMap<string, Sought>,
  links: ReadonlyMap<string, Link>,
): Promise<Map<string, string>> {
  if (!isUnique(recordType)) return new Map();
  const keys = [...sought.values()].map((one) => one.naturalKey).filter((key) => key !== "");
  const owners = await tx.recordLink.findMany({
    where: { pairId: context.pairId, recordType, naturalKey: { in: keys } },
    select: { naturalKey: true, sourceExternalId: true },
  });
  const planned = await tx.plannedChange.findMany({
    where: {
      runId: context.runId,
      recordType,
      verb: { in: ["create", "link", "update"] },
      OR: [
        { naturalKey: { in: keys } },
        { sourceExternalId: { in: owners.map((row) => row.sourceExternalId) } },
      ],
    },
    select: { naturalKey: true, sourceExternalId: true },
  });
  const claims = new Map(owners.map((row) => [row.naturalKey, row.sourceExternalId]));
  const rename = (externalId: string, from: string, to: string): void => {
    if (claims.get(from) === externalId) claims.delete(from);
    if (!claims.has(to)) claims.set(to, externalId);
  };
  const keyOf = new Map(owners.map((row) => [row.sourceExternalId, row.naturalKey]));
  for (const row of planned)
    rename(row.sourceExternalId, keyOf.get(row.sourceExternalId) ?? "", row.naturalKey);
  if (recordType === "contact")
    for (const [externalId, link] of links)
      rename(externalId, link.naturalKey, sought.get(externalId)?.naturalKey ?? link.naturalKey);
  return claims;
}

/**
 * What the ledger itself refused is not sent again until the record, the settings or what a person chose for it changed,
 * or until somebody asks for it. That the ledger saved something else than was sent stays so whoever asks.
 */
export async function loadRefusals(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  pending: readonly PendingRecord[],
): Promise<Map<string, Problem>> {
  const rows = await tx.syncException.findMany({
    where: {
      pairId: context.pairId,
      recordType,
      state: "open",
      sourceExternalId: { in: pending.map((one) => one.record.externalId) },
      OR: [{ vendorMessage: { not: null } }, { cause: "answerDiffers" }],
    },
  });
  const hashes = new Map(
    pending.map((one) => [one.record.externalId, versionedHash(one.contentHash, context)]),
  );
  const contents = new Map(pending.map((one) => [one.record.externalId, one.contentHash]));
  return new Map(
    rows
      .filter((row) =>
        row.cause === "answerDiffers"
          ? row.sourceHash.startsWith(`${contents.get(row.sourceExternalId)}.`)
          : !CURED_IN_LEDGER.has(row.cause) &&
            row.replayAskedAt === null &&
            row.sourceHash === hashes.get(row.sourceExternalId),
      )
      .map((row) => [row.sourceExternalId, problem(causeOf(row.cause), row.subject, row.vendorMessage)]),
  );
}

/**
 * Refusals whose remedy is made in the ledger, where no change of ours shows it: they are looked at in every run, so that
 * a contact that is restored or an account that is active again is enough. What the ledger's settings tell beforehand is
 * not sent; the rest is an element of a call that goes anyway, or one call.
 */
const CURED_IN_LEDGER: ReadonlySet<string> = new Set([
  "accountNotUsable",
  "contactArchived",
  "currencyNotEnabled",
  "periodLocked",
  "planLimit",
] satisfies Problem["cause"][]);

/** Records whose present version a person left out. */
export async function loadDismissed(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  pending: readonly PendingRecord[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.syncException.findMany({
    where: {
      pairId: context.pairId,
      recordType,
      state: "dismissed",
      sourceExternalId: { in: pending.map((one) => one.record.externalId) },
    },
    select: { sourceExternalId: true, dismissedHash: true },
  });
  const hashes = new Map(pending.map((one) => [one.record.externalId, one.contentHash]));
  return new Set(
    rows.flatMap((row) =>
      row.dismissedHash === hashes.get(row.sourceExternalId) ? [row.sourceExternalId] : [],
    ),
  );
}

function causeOf(text: string): Problem["cause"] {
  return PROBLEM_CAUSES.find((cause) => cause === text) ?? "refused";
}
