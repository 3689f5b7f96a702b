import type { AccountingDocument } from "@/lib/domain/document";
import { moneyText } from "@/lib/domain/money";
import { normaliseName } from "@/lib/domain/name-similarity";
import type { MatchDecision } from "./match-contact";

/**
 * Recognises a document among those of the ledger that carry the same number. Our marker is certain; a document that
 * someone typed is the same one only when contact, date, currency and total agree. An equal number with anything
 * else different is for a person: posting would be refused, and linking would hide a difference.
 */
export function matchDocument<T extends AccountingDocument>(
  document: T,
  expected: { readonly marker: string; readonly ledgerContactId: string },
  sameNumber: readonly T[],
): MatchDecision<T> {
  const standing = sameNumber.filter(
    (candidate) => candidate.status !== "void" && candidate.status !== "deleted",
  );
  const marked = standing.find((candidate) => expected.marker !== "" && candidate.marker === expected.marker);
  if (marked)
    return { kind: "linked", record: marked, how: "adopted", evidence: "It bears our own reference." };
  const equal = standing.find(
    (candidate) => differences(document, candidate, expected.ledgerContactId).length === 0,
  );
  if (equal) {
    return {
      kind: "linked",
      record: equal,
      how: "matched",
      evidence: `Already in the ledger with the same number, contact, date and total ${moneyText(equal.gross)} ${equal.currency}.`,
    };
  }
  const other = standing[0];
  if (!other) return { kind: "none" };
  return {
    kind: "conflict",
    record: other,
    evidence: differences(document, other, expected.ledgerContactId).join("; "),
  };
}

function differences(
  document: AccountingDocument,
  candidate: AccountingDocument,
  ledgerContactId: string,
): string[] {
  const found: string[] = [];
  const sameContact =
    (ledgerContactId !== "" && candidate.contactId === ledgerContactId) ||
    normaliseName(candidate.contactName) === normaliseName(document.contactName);
  if (!sameContact) found.push(`contact ${candidate.contactName}`);
  if (candidate.date !== document.date) found.push(`date ${candidate.date}`);
  if (candidate.currency !== document.currency || candidate.gross.minor !== document.gross.minor) {
    found.push(`total ${moneyText(candidate.gross)} ${candidate.currency}`);
  }
  return found;
}
