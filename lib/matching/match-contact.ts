import type { Contact } from "@/lib/domain/contact";
import { nameSimilarity, normaliseName, SIMILARITY_WITH_SAME_EMAIL } from "@/lib/domain/name-similarity";
import { looseName } from "./loose-keys";
import { type Doubt, type Expected, isOfAnother, type MatchDecision } from "./match-decision";

/**
 * Recognises a source contact among the ledger's. Our own marker is certain, an equal name nearly so (ledgers keep
 * names unique), an equal e-mail counts only with a similar name and when no other contact has it. Names that differ by
 * punctuation, accents, legal form or the order of their words are a question for a person: the two may be one firm or
 * father and son. One that we posted for another source contact is never taken: the two would share one account.
 */
export function matchContact(
  contact: Contact,
  expected: Expected,
  candidates: readonly Contact[],
): MatchDecision<Contact> {
  const marked = candidates.find(
    (candidate) => candidate.marker !== "" && candidate.marker === expected.marker,
  );
  if (marked)
    return { kind: "linked", record: marked, how: "adopted", evidence: "It bears our own reference." };
  const named = candidates.filter(
    (candidate) => normaliseName(candidate.name) === normaliseName(contact.name),
  );
  const ofAnother = named.find((candidate) => candidate.active && isOfAnother(candidate.marker, expected));
  if (ofAnother)
    return {
      kind: "conflict",
      record: ofAnother,
      evidence: `${ofAnother.name} was posted for another contact.`,
    };
  const free = candidates.filter((candidate) => candidate.active && !isOfAnother(candidate.marker, expected));
  const active = free.filter((candidate) => named.includes(candidate));
  return (
    decideByName(contact, active) ??
    decideByEmail(contact, free) ??
    decideBySpelling(contact, free) ??
    archivedTwin(named)
  );
}

function decideByName(contact: Contact, active: readonly Contact[]): MatchDecision<Contact> | null {
  const [only, ...others] = active;
  if (!only) return null;
  if (others.length > 0) return { kind: "doubt", doubts: active.map((record) => doubtOf(contact, record)) };
  return { kind: "linked", record: only, how: "matched", evidence: `Same name: ${only.name}.` };
}

function decideByEmail(contact: Contact, free: readonly Contact[]): MatchDecision<Contact> | null {
  const email = emailOf(contact);
  const mailed = email === "" ? [] : free.filter((candidate) => emailOf(candidate) === email);
  const similar = mailed.filter(
    (candidate) => nameSimilarity(candidate.name, contact.name) >= SIMILARITY_WITH_SAME_EMAIL,
  );
  const [only] = similar;
  if (!only) return null;
  if (mailed.length > 1) return { kind: "doubt", doubts: similar.map((record) => doubtOf(contact, record)) };
  return {
    kind: "linked",
    record: only,
    how: "matched",
    evidence: `Same e-mail ${email}, similar name: ${only.name}.`,
  };
}

function decideBySpelling(contact: Contact, free: readonly Contact[]): MatchDecision<Contact> | null {
  const spelled = free.filter((candidate) => looseName(candidate.name) === looseName(contact.name));
  return spelled.length === 0
    ? null
    : { kind: "doubt", doubts: spelled.map((record) => doubtOf(contact, record)) };
}

function archivedTwin(named: readonly Contact[]): MatchDecision<Contact> {
  const [archived] = named;
  return archived
    ? { kind: "conflict", record: archived, evidence: `${archived.name} is archived.` }
    : { kind: "none" };
}

function doubtOf(contact: Contact, record: Contact): Doubt<Contact> {
  const differences = [
    ...(normaliseName(record.name) === normaliseName(contact.name) ? [] : [`name ${record.name}`]),
    ...(emailOf(record) === emailOf(contact) ? [] : [`e-mail ${record.email.trim() || "none"}`]),
  ];
  return { record, differences: differences.join("; ") || "there are several with this name" };
}

const emailOf = (contact: Contact): string => contact.email.trim().toLowerCase();
