import { randomUUID } from "node:crypto";

/** The only source of new identifiers (UUIDs). Passed in, so that tests fix it. */
export interface Ids {
  next(): string;
}

export const randomIds: Ids = { next: () => randomUUID() };

/** UUID-shaped ids in order, the same in every run: 00000000-0000-4000-8000-000000000001, ... */
export function sequentialIds(): Ids {
  let last = 0;
  return {
    next() {
      last += 1;
      return `00000000-0000-4000-8000-${last.toString(16).padStart(12, "0")}`;
    },
  };
}
