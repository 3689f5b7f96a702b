import { nameSimilarity, SIMILARITY_WITH_SAME_EMAIL } from "@/lib/domain/name-similarity";
import type { Entry } from "@/lib/reconciliation/entry";

/**
 * Which record is which, worked out in memory and by the plainest means: what the tie-out finds in Postgres is held against
 * it. Marker first, then everything that must agree, then number alone; the first of equals with the first.
 */
export function pairPlainly(
  source: readonly Entry[],
  ledger: readonly Entry[],
  isAccounted: (entry: Entry) => boolean,
): string[] {
  const open = new Set(source.filter((entry) => entry.standing));
  const free = new Set(ledger.filter((entry) => entry.standing));
  const pairs: string[] = [];
  const pairBy = (keyOf: (entry: Entry) => string, mayBe: (left: Entry, right: Entry) => boolean): void => {
    for (const left of [...open]) {
      const key = keyOf(left);
      if (key === "") continue;
      const right = [...free].find(
        (one) => one.recordType === left.recordType && keyOf(one) === key && mayBe(left, one),
      );
      if (!right) continue;
      open.delete(left);
      free.delete(right);
      pairs.push(`${left.recordType} ${left.id}/${right.id}`);
    }
  };
  pairBy(
    (entry) => entry.marker,
    () => true,
  );
  pairBy(
    (entry) => entry.strictKey,
    (left) => !isAccounted(left),
  );
  pairBy(
    (entry) => entry.looseKey,
    (left, right) => !isAccounted(left) && isSimilar(left, right),
  );
  return pairs.sort();
}

const isSimilar = (left: Entry, right: Entry): boolean =>
  left.recordType !== "contact" || nameSimilarity(left.label, right.label) >= SIMILARITY_WITH_SAME_EMAIL;
