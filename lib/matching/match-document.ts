import type { AccountingDocument } from "@/lib/domain/document";
import { daysBetween } from "@/lib/domain/local-date";
import { moneyText } from "@/lib/domain/money";
import { nameSimilarity, normaliseName, SIMILARITY_WITH_SAME_EMAIL } from "@/lib/domain/name-similarity";
import { looseName, looseNumber } from "./loose-keys";
import { type Expected, isOfAnother, type MatchDecision } from "./match-decision";

export interface ExpectedDocument extends Expected {
  /** The contact's id in the ledger; empty while it has none. */
  readonly ledgerContactId: string;
  /** How new documents are posted: one that is a draft still is not what an approved one would be. */
  readonly status: "draft" | "approved";
}

/**
 * Recognises a document in the ledger. Our marker is certain; one that somebody typed or another app posted is the same
 * only when number, contact, date, currency and total agree and nothing else agrees as well. An equal number with
 * anything else different is for a person, and so is an equal document under another number or another spelling of
 * it: posting could double it, and linking would hide a difference. What is void is nothing that a document could be.
 */
export function matchDocument<T extends AccountingDocument>(
  document: T,
  expected: ExpectedDocument,
  sameNumber: readonly T[],
  nearby: readonly T[] = [],
): MatchDecision<T> {
  const standing = sameNumber.filter(isStanding);
  const marked = standing.find((candidate) => expected.marker !== "" && candidate.marker === expected.marker);
  if (marked)
    return { kind: "linked", record: marked, how: "adopted", evidence: "It bears our own reference." };
  const ofAnother = standing.find((candidate) => isOfAnother(candidate.marker, expected));
  if (ofAnother)
    return {
      kind: "conflict",
      record: ofAnother,
      evidence: "it was posted for another record of the source",
    };
  const compared = standing.map((record) => ({ record, found: differences(document, record, expected) }));
  const equal = compared.filter(({ found }) => found.length === 0);
  const [only] = equal;
  if (only && equal.length === 1) {
    const { gross, currency } = only.record;
    return {
      kind: "linked",
      record: only.record,
      how: "matched",
      evidence: `Already in the ledger with the same number, contact, date and total ${moneyText(gross)} ${currency}.`,
    };
  }
  const asked = [
    ...(equal.length > 0 ? equal : compared),
    ...nearby
      .filter((candidate) => isStanding(candidate) && !isOfAnother(candidate.marker, expected))
      .map((record) => ({ record, found: differences(document, record, expected) }))
      .filter(({ record }) => mayBeTheSame(document, record, expected)),
  ];
  if (asked.length === 0) return { kind: "none" };
  return {
    kind: "doubt",
    doubts: asked.map(({ record, found }) => ({
      record,
      differences: found.join("; ") || "there are several that agree in everything",
    })),
  };
}

const isStanding = ({ status }: AccountingDocument): boolean => status !== "void" && status !== "deleted";

/** A day or two lie between writing an invoice and typing it into the books. */
const DAYS_APART_MAX = 3;
/** What rounding and a typing slip make of a total. */
const MINOR_APART_MAX = 5n;

/** Under another number: enough agrees that a person has to look. */
function mayBeTheSame(
  document: AccountingDocument,
  candidate: AccountingDocument,
  expected: ExpectedDocument,
): boolean {
  if (candidate.currency !== document.currency) return false;
  const apart = candidate.gross.minor - document.gross.minor;
  const isSameTotal = apart === 0n;
  const isNearTotal = (apart < 0n ? -apart : apart) <= MINOR_APART_MAX;
  const isSameDate = candidate.date === document.date;
  const isNearDate = Math.abs(daysBetween(candidate.date, document.date)) <= DAYS_APART_MAX;
  const isLikeContact = isSameContact(document, candidate, expected) || isSimilarContact(document, candidate);
  const isLikeNumber =
    looseNumber(document.number) !== "" && looseNumber(candidate.number) === looseNumber(document.number);
  if (isLikeContact && isLikeNumber) return isSameTotal || isSameDate || (isNearTotal && isNearDate);
  return isSameTotal && isSameDate && (isLikeContact || isLikeNumber);
}

function differences(
  document: AccountingDocument,
  candidate: AccountingDocument,
  expected: ExpectedDocument,
): string[] {
  const found: string[] = [];
  if (candidate.number !== document.number) found.push(`number ${candidate.number || "none"}`);
  if (!isSameContact(document, candidate, expected)) found.push(`contact ${candidate.contactName}`);
  if (candidate.date !== document.date) found.push(`date ${candidate.date}`);
  if (candidate.currency !== document.currency || candidate.gross.minor !== document.gross.minor) {
    found.push(`total ${moneyText(candidate.gross)} ${candidate.currency}`);
  }
  const isDraft = candidate.status === "draft" || candidate.status === "submitted";
  if (isDraft && expected.status === "approved") found.push("still a draft there");
  return found;
}

const isSameContact = (
  document: AccountingDocument,
  candidate: AccountingDocument,
  { ledgerContactId }: ExpectedDocument,
): boolean =>
  (ledgerContactId !== "" && candidate.contactId === ledgerContactId) ||
  normaliseName(candidate.contactName) === normaliseName(document.contactName);

const isSimilarContact = (document: AccountingDocument, candidate: AccountingDocument): boolean =>
  looseName(candidate.contactName) === looseName(document.contactName) ||
  nameSimilarity(candidate.contactName, document.contactName) >= SIMILARITY_WITH_SAME_EMAIL;
