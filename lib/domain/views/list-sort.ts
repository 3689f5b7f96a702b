import { z } from "zod";

/**
 * The order of a list as an address has it: "amount" for smallest first, "-amount" for largest first. What is no order of
 * that list counts as no choice.
 */
export interface ListSort<K extends string = string> {
  readonly key: K;
  readonly descending: boolean;
}

export const sortText = ({ key, descending }: ListSort): string => `${descending ? "-" : ""}${key}`;

/** Parses the order of a list that can be put in these; anything else is the fallback. */
export function sortSchema<K extends string>(keys: readonly K[], fallback: ListSort<K>) {
  return z
    .string()
    .optional()
    .catch(undefined)
    .transform((text): ListSort<K> => {
      const descending = text?.startsWith("-") ?? false;
      const key = keys.find((one) => one === text?.slice(descending ? 1 : 0));
      return key === undefined ? fallback : { key, descending };
    });
}
