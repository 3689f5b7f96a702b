import { Prisma, type Transaction } from "@/lib/db/client";

/**
 * Which records of a connection a search is about: those of which the text is any part of number and name, whatever its
 * case; a text of one or two characters is their beginning. What few records are like is looked up in the index of their
 * words; what many are like is soon found by going through the list in its own order. The list says which order that is.
 */
const SEARCH_MAX = 100;
/** From so many characters on the index knows a text in the middle of a word. */
const TRIGRAM = 3;
/** So many records are looked at to see whether many are like it, and so many of them make "many". */
const PROBED = 2_000;
const MANY = 20;
/** Beyond these the search has to be made narrower. */
const FOUND_MAX = 2_000;

export interface RecordSearch {
  /** What number and name are compared with (ILIKE). */
  readonly pattern: string;
  /** The records that are like it; null where they are too many to name. */
  readonly found: readonly FoundKey[] | null;
}

export interface FoundKey {
  readonly sequence: bigint;
  readonly recordType: string;
  readonly externalId: string;
}

/** Null for a text that is no search. */
export async function searchRecords(
  tx: Transaction,
  connectionId: string,
  text: string,
): Promise<RecordSearch | null> {
  const pattern = patternOf(text);
  if (pattern === null) return null;
  const [probe] = await tx.$queryRaw<{ alike: bigint }[]>`
    SELECT count(*) FILTER (WHERE ${wordsOf("s")} ILIKE ${pattern}) AS alike
      FROM (SELECT number, label FROM record_snapshots WHERE connection_id = ${connectionId}::uuid LIMIT ${PROBED}) s`;
  if (Number(probe?.alike ?? 0n) >= MANY) return { pattern, found: null };
  const found = await tx.$queryRaw<FoundKey[]>`
    SELECT sequence, record_type AS "recordType", external_id AS "externalId"
      FROM access.search_records(${connectionId}::uuid, ${pattern}, ${FOUND_MAX}::integer)`;
  return { pattern, found: found.length < FOUND_MAX ? found : null };
}

/** Number and name in one text, as the index has them. */
export const wordsOf = (row: string): Prisma.Sql =>
  Prisma.sql`ltrim(${Prisma.raw(row)}.number || ' ' || ${Prisma.raw(row)}.label)`;

/** What a text is compared with (ILIKE); null for one that is no search. */
export function patternOf(text: string): string | null {
  const search = text.trim().slice(0, SEARCH_MAX).trim();
  if (search === "" || search.includes("\u0000")) return null;
  const literal = search.replace(/[\\%_]/g, "\\$&");
  return [...search].length < TRIGRAM ? `${literal}%` : `%${literal}%`;
}
