import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { daysBetween, type LocalDate } from "@/lib/domain/local-date";
import { nameSimilarity, SIMILARITY_WITH_SAME_EMAIL } from "@/lib/domain/name-similarity";
import { looseName } from "./loose-keys";
import { type Doubt, type Expected, isOfAnother, type MatchDecision } from "./match-decision";

/** A record that moves money or sets one document against another; it has no number that anyone goes by. */
export type Settlement = CanonicalRecord & { readonly date: LocalDate };

/**
 * Recognises a payment and its like. Our marker is certain. One without it that agrees in document, date and amount is
 * the same (of several, the first: they are alike); in another bank account, or some days apart, it is for a person,
 * since a payment that was typed by hand would be doubled by ours. Two equal payments are two: the one that we posted
 * for the other is not this one.
 */
export function matchSettlement<T extends Settlement>(
  settlement: T,
  expected: Expected,
  equal: readonly T[],
  nearby: readonly T[] = [],
): MatchDecision<T> {
  const standing = equal.filter(isStanding);
  const own = standing.find((candidate) => candidate.marker !== "" && candidate.marker === expected.marker);
  if (own) return linked(own, "adopted");
  const free = standing.filter((candidate) => !isOfAnother(candidate.marker, expected));
  const same = free.find((candidate) => isSameAccount(settlement, candidate));
  if (same) return linked(same, "matched");
  const asked = [
    ...free,
    ...nearby.filter(
      (candidate) =>
        isStanding(candidate) &&
        !isOfAnother(candidate.marker, expected) &&
        isLikeContact(settlement, candidate) &&
        Math.abs(daysBetween(candidate.date, settlement.date)) <= DAYS_APART_MAX,
    ),
  ];
  return asked.length === 0
    ? { kind: "none" }
    : { kind: "doubt", doubts: asked.map((candidate) => doubtOf(settlement, candidate)) };
}

/** Money takes some days from one bank to another, and a weekend more. */
const DAYS_APART_MAX = 7;

const linked = <T>(record: T, how: "adopted" | "matched"): MatchDecision<T> => ({
  kind: "linked",
  record,
  how,
  evidence: "Already in the ledger with the same document, date and amount.",
});

const isStanding = (record: Settlement): boolean =>
  !("status" in record && (record.status === "deleted" || record.status === "void"));

/** Where one side does not say through which account, the account tells nothing. */
function isSameAccount(settlement: Settlement, candidate: Settlement): boolean {
  const [wanted, found] = [accountOf(settlement), accountOf(candidate)];
  return wanted === null || found === null || wanted === found;
}

/** Money of one day and amount that two different people sent is two things. */
function isLikeContact(settlement: Settlement, candidate: Settlement): boolean {
  if (!("contactName" in settlement) || !("contactName" in candidate)) return true;
  return (
    looseName(candidate.contactName) === looseName(settlement.contactName) ||
    nameSimilarity(candidate.contactName, settlement.contactName) >= SIMILARITY_WITH_SAME_EMAIL
  );
}

const accountOf = (record: Settlement): string | null =>
  "accountKey" in record ? record.accountKey || null : null;

function doubtOf<T extends Settlement>(settlement: T, record: T): Doubt<T> {
  const differences = [
    ...(record.date === settlement.date ? [] : [`date ${record.date}`]),
    ...(isSameAccount(settlement, record) ? [] : [`account ${accountOf(record) ?? ""}`]),
  ];
  return { record, differences: differences.join("; ") };
}
