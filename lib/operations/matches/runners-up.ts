import type { Transaction } from "@/lib/db/client";
import {
  type CanonicalRecord,
  canonicalRecordSchema,
  isGone,
  summarise,
} from "@/lib/domain/canonical-record";
import { moneyText } from "@/lib/domain/money";
import type { RecordType } from "@/lib/domain/record-type";
import { describeInLine } from "@/lib/sync/describe-record-line";
import type { MatchedPair } from "./find-plan";

/**
 * Of each ledger record that a source record was matched to, the next one that it could have been: another of the ledger
 * that is spelled alike, or has the same date and total. In words, with what differs there; no entry where none comes near.
 */
export async function loadRunnersUp(
  tx: Transaction,
  pair: MatchedPair,
  recordType: RecordType,
  ledgerIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ledgerIds.length === 0) return new Map();
  const where = { connectionId: pair.ledgerConnectionId, recordType };
  const select = { externalId: true, looseKey: true, twinKey: true, record: true } as const;
  const chosen = await tx.ledgerRecord.findMany({
    where: { ...where, externalId: { in: [...ledgerIds] } },
    select,
  });
  const keys = (key: "looseKey" | "twinKey"): string[] => [
    ...new Set(chosen.map((row) => row[key]).filter((text) => text !== "")),
  ];
  const near = await tx.ledgerRecord.findMany({
    where: { ...where, OR: [{ looseKey: { in: keys("looseKey") } }, { twinKey: { in: keys("twinKey") } }] },
    select,
    orderBy: { externalId: "asc" },
  });
  const standing = near
    .map((row) => ({ ...row, record: canonicalRecordSchema.parse(row.record) }))
    .filter((row) => !isGone(row.record));
  return new Map(
    chosen.flatMap((own): [string, string][] => {
      const alike = standing.filter((row) => row.externalId !== own.externalId);
      const next =
        alike.find((row) => row.looseKey !== "" && row.looseKey === own.looseKey) ??
        alike.find((row) => row.twinKey !== "" && row.twinKey === own.twinKey);
      if (!next) return [];
      const differences = whatDiffers(canonicalRecordSchema.parse(own.record), next.record);
      return [[own.externalId, `${describeInLine(next.record, "")}${differences}`]];
    }),
  );
}

function whatDiffers(own: CanonicalRecord, other: CanonicalRecord): string {
  const [mine, theirs] = [summarise(own), summarise(other)];
  const total = (amount: typeof mine.amount): string =>
    amount ? `${moneyText(amount)} ${amount.currency}` : "";
  const parts = [
    mine.number === theirs.number ? "" : "number",
    mine.label === theirs.label ? "" : "name",
    mine.date === theirs.date ? "" : "date",
    total(mine.amount) === total(theirs.amount) ? "" : "total",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : ` (another ${parts.join(", another ")})`;
}
