/** A name as look-ups compare it: lower case, single spaces, no spaces around, one spelling of each accent. */
export function normaliseName(name: string): string {
  return name.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();
}

const COMPANY_ENDINGS = new Set(["ltd", "limited", "llc", "inc", "plc", "gmbh", "co", "company", "the"]);

/** Words that tell one name from another: without punctuation and legal forms. */
export function nameWords(name: string): ReadonlySet<string> {
  const words = normaliseName(name)
    .replace(/[^\p{L}\p{N} ]/gu, " ")
    .split(" ")
    .filter((word) => word !== "");
  const telling = words.filter((word) => !COMPANY_ENDINGS.has(word));
  return new Set(telling.length > 0 ? telling : words);
}

/** Shared words over all words, 0 to 1. */
export function nameSimilarity(first: string, second: string): number {
  const left = nameWords(first);
  const right = nameWords(second);
  const shared = [...left].filter((word) => right.has(word)).length;
  const all = new Set([...left, ...right]).size;
  return all === 0 ? 0 : shared / all;
}

/** Two firms at one address share an e-mail now and then: below this the e-mail alone proves nothing. */
export const SIMILARITY_WITH_SAME_EMAIL = 0.5;
