import type { Contact } from "@/lib/domain/contact";
import { nameSimilarity, normaliseName, SIMILARITY_WITH_SAME_EMAIL } from "@/lib/domain/name-similarity";

/** How an existing ledger record was recognised, in words that a person can check. */
export type MatchDecision<T> =
  | {
      readonly kind: "linked";
      readonly record: T;
      readonly how: "adopted" | "matched";
      readonly evidence: string;
    }
  | { readonly kind: "conflict"; readonly record: T; readonly evidence: string }
  | { readonly kind: "none" };

/**
 * Recognises a source contact among the ledger's. Our own marker is certain, an equal name nearly so (ledgers keep
 * names unique), an equal e-mail counts only with a similar name and when no other contact has it. One that we posted
 * for another source contact is never taken by e-mail: the two would share one account.
 */
export function matchContact(
  contact: Contact,
  expected: { readonly marker: string; readonly isOurs: (marker: string) => boolean },
  candidates: readonly Contact[],
): MatchDecision<Contact> {
  const { marker, isOurs } = expected;
  const marked = candidates.find((candidate) => candidate.marker !== "" && candidate.marker === marker);
  if (marked)
    return { kind: "linked", record: marked, how: "adopted", evidence: "It bears our own reference." };
  const named = candidates.filter(
    (candidate) => normaliseName(candidate.name) === normaliseName(contact.name),
  );
  const active = named.find((candidate) => candidate.active) ?? named[0];
  if (active) {
    return active.active
      ? { kind: "linked", record: active, how: "matched", evidence: `Same name: ${active.name}.` }
      : { kind: "conflict", record: active, evidence: `${active.name} is archived.` };
  }
  const email = contact.email.trim().toLowerCase();
  const mailed =
    email === "" ? [] : candidates.filter((one) => one.active && one.email.trim().toLowerCase() === email);
  const only = mailed[0];
  if (!only || mailed.length > 1 || isOurs(only.marker)) return { kind: "none" };
  if (nameSimilarity(only.name, contact.name) >= SIMILARITY_WITH_SAME_EMAIL) {
    return {
      kind: "linked",
      record: only,
      how: "matched",
      evidence: `Same e-mail ${email}, similar name: ${only.name}.`,
    };
  }
  return { kind: "none" };
}
