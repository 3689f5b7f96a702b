import type { z } from "zod";
import type { PullPage } from "@/lib/connectors/contract/connector";
import type { Reading } from "@/lib/connectors/contract/unreadable";
import type { Json } from "@/lib/kernel/json";

/** What every pull of this connector shares. */

/** Records in a page of which each needs a call of its own: about 15 seconds at 100 calls a minute. */
export const DETAILS_A_PAGE = 25;

/** One below manifest.limits.callsAtOnce of the smallest plan, so that a person at the screen finds room. */
const DETAILS_AT_ONCE = 4;

export function pageOf(reading: Reading, nextCursor: Json, seen: number, total: number | null): PullPage {
  return { ...reading, nextCursor, seen, total };
}

/** A stored cursor; one that this version cannot read means from the beginning, where versions skip what is known. */
export function readCursor<T>(schema: z.ZodType<T>, cursor: Json, beginning: T): T {
  const parsed = schema.safeParse(cursor);
  return parsed.success ? parsed.data : beginning;
}

/**
 * Reads a few at once, in order. A failure stops new reads, lets the running ones end, and is returned beside what was
 * read, so that work already paid for with calls is kept.
 */
export async function readSeveral<Input, Output>(
  inputs: readonly Input[],
  read: (input: Input) => Promise<Output>,
): Promise<{ outputs: readonly Output[]; failure: { readonly thrown: unknown } | null }> {
  const outputs = new Map<number, Output>();
  let next = 0;
  let failure: { readonly thrown: unknown } | null = null;
  const worker = async (): Promise<void> => {
    for (;;) {
      const index = next;
      const input = inputs[index];
      if (input === undefined || failure !== null) return;
      next += 1;
      try {
        outputs.set(index, await read(input));
      } catch (thrown) {
        failure ??= { thrown };
      }
    }
  };
  await Promise.all(Array.from({ length: DETAILS_AT_ONCE }, worker));
  const inOrder = [...outputs].sort(([first], [second]) => first - second).map(([, output]) => output);
  return { outputs: inOrder, failure };
}

export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
