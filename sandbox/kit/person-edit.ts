/**
 * What a person does in a vendor's own screens between two of a client's calls, as an ordered fault names it:
 * one of a few acts on a record, or any write call of the vendor's API, which then goes through the same rules
 * as a client's. Which record is meant may be left to the moment: the newest, or the one in the call's path.
 */
import { z } from "zod";

const record = z.string().min(1).default("newest");

export const personEdit = z.union([
  z.object({ act: z.literal("due-date"), record, date: z.iso.date() }),
  z.object({ act: z.literal("void"), record }),
  z.object({ act: z.literal("rename-contact"), record, name: z.string().min(1) }),
  /** The whole amount due unless told. */
  z.object({ act: z.literal("pay"), record, amount: z.string().optional(), date: z.iso.date().optional() }),
  z.object({
    method: z.enum(["PUT", "POST", "DELETE"]),
    /** Below the API's base, for example "/Invoices/{record}"; {record} is `record`. */
    path: z.string().startsWith("/"),
    record: z.string().optional(),
    body: z.unknown().optional(),
  }),
]);

export type PersonEdit = z.infer<typeof personEdit>;

/** The id meant by `record`: "newest", "call" (the id in the struck call's path), or the id itself. */
export function recordMeant(
  asked: string,
  parts: { readonly callIds: readonly string[]; newest(): string | null },
): string | null {
  if (asked === "newest") return parts.newest();
  return asked === "call" ? (parts.callIds[0] ?? null) : asked;
}

/** The newest of the written records. */
export function newestOf(heads: Iterable<readonly [string, unknown]>): string | null {
  let newest: string | null = null;
  for (const [id] of heads) newest = id;
  return newest;
}
