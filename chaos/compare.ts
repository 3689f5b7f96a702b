import { RECORD_TYPES } from "@/lib/domain/record-type";
import type { Line } from "./line";

/** Where the two sides differ, each difference counted once and told in a sentence. */
export interface Comparison {
  readonly lost: number;
  readonly duplicated: number;
  readonly mismatched: number;
  readonly sentences: readonly string[];
}

/** Holds what should be there against what is: too few is lost, too many is doubled, what nobody asked for is a mismatch. */
export function compareLines(expected: readonly Line[], actual: readonly Line[]): Comparison {
  const found = { lost: 0, duplicated: 0, mismatched: 0 };
  const sentences: string[] = [];
  for (const kind of RECORD_TYPES) {
    const [wanted, present] = [byKey(expected, kind), byKey(actual, kind)];
    for (const key of new Set([...wanted.keys(), ...present.keys()])) {
      const [should, is] = [wanted.get(key) ?? [], present.get(key) ?? []];
      const say = (what: string): void => void sentences.push(`${kind} ${key}: ${what}`);
      if (is.length < should.length) {
        found.lost += should.length - is.length;
        say(`${should.length - is.length} lost`);
      } else if (should.length === 0) {
        found.mismatched += is.length;
        say(`${is.length} that the source does not have`);
      } else if (is.length > should.length) {
        found.duplicated += is.length - should.length;
        say(`${is.length - should.length} too many`);
      }
      const odd = without(should.map(factsOf), is.map(factsOf));
      if (is.length >= should.length && odd.length > 0) {
        found.mismatched += odd.length;
        say(`"${odd.join('", "')}" in the source, "${is.map(factsOf).join('", "')}" in Xero`);
      }
    }
  }
  return { ...found, sentences };
}

const factsOf = (line: Line): string => line.facts;

function byKey(lines: readonly Line[], kind: Line["kind"]): Map<string, Line[]> {
  const groups = new Map<string, Line[]>();
  for (const line of lines)
    if (line.kind === kind) groups.set(line.key, [...(groups.get(line.key) ?? []), line]);
  return groups;
}

/** What is left of a list when another one's entries are taken away, one for one. */
function without(list: readonly string[], taken: readonly string[]): string[] {
  const left = [...list];
  for (const one of taken) {
    const index = left.indexOf(one);
    if (index !== -1) left.splice(index, 1);
  }
  return left;
}
