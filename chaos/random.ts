import { seededRandom } from "@/sandbox/kit/faults";

/** Choices that come out the same for the same seed, so that a trial can be repeated by its number. */
export interface Random {
  /** A whole number from low to high, both included. */
  between(low: number, high: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** By weight: `[[3, "a"], [1, "b"]]` gives "a" three times out of four. */
  weighted<T>(list: readonly [readonly [number, T], ...(readonly [number, T])[]]): T;
  chance(probability: number): boolean;
}

const TRIAL_STEP = 1_000_003;

export function randomOf(seed: number, trial: number): Random {
  const next = seededRandom(Math.imul(seed, TRIAL_STEP) + trial);
  const random: Random = {
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick(list) {
      const [first] = list;
      return list[random.between(0, list.length - 1)] ?? first;
    },
    weighted(list) {
      const total = list.reduce((sum, [weight]) => sum + weight, 0);
      let left = next() * total;
      for (const [weight, value] of list) {
        left -= weight;
        if (left < 0) return value;
      }
      return list[0][1];
    },
    chance: (probability) => next() < probability,
  };
  return random;
}

export const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

export const price = (random: Random): string =>
  `${random.between(1, 240)}.${String(random.between(0, 99)).padStart(2, "0")}`;

export const day = (random: Random): string =>
  `2026-0${random.between(7, 9)}-${String(random.between(1, 28)).padStart(2, "0")}`;
