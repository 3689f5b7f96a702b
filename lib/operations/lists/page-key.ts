import { Prisma, type Transaction } from "@/lib/db/client";

/**
 * Paging by key: a page begins after the last row of the page before, by what the list is put in order by and, among equal
 * ones, by what tells every row apart. Its time does not grow with what stands before it, each row comes once however
 * many are equal, and a row that is added meanwhile moves no other. Which columns those are is the list's to say; both
 * must be real columns, since row-level security lets an index compare those alone.
 */
export interface KeyOrder {
  readonly column: Prisma.Sql;
  readonly kind: "text" | "integer" | "instant";
  /** Tells rows apart: a sequence, or a UUID. */
  readonly tie: Prisma.Sql;
  readonly tieKind: "integer" | "uuid";
  readonly descending: boolean;
}

const INTEGER = /^-?\d{1,18}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TEXT_MAX = 1_000;

/**
 * For a condition that many rows agree with and that the database takes for a rare one: from here on in this transaction
 * it goes through the list in its own order, by the index, and stops once the page is full.
 */
export async function goInOrder(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)`;
}

/** Takes that back, for what is asked next in the same transaction. */
export async function goAnyWay(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT set_config('enable_sort', 'on', true), set_config('enable_bitmapscan', 'on', true)`;
}

export function orderBy({ column, tie, descending }: KeyOrder): Prisma.Sql {
  return descending ? Prisma.sql`${column} DESC, ${tie} DESC` : Prisma.sql`${column}, ${tie}`;
}

/** The place of a row, to be given back as `after`. */
export function pageKey(value: string | bigint | Date, tie: string | bigint): string {
  return `${tie}~${value instanceof Date ? value.toISOString() : value}`;
}

/** What comes after that place, as a condition; null for no place, and for what is none in this order. */
export function beyond(order: KeyOrder, after: string | null | undefined): Prisma.Sql | null {
  const at = (after ?? "").indexOf("~");
  if (!after || at < 0) return null;
  const tie = tieSql(order, after.slice(0, at));
  const value = valueSql(order, after.slice(at + 1));
  if (tie === null || value === null) return null;
  return order.descending
    ? Prisma.sql`(${order.column}, ${order.tie}) < (${value}, ${tie})`
    : Prisma.sql`(${order.column}, ${order.tie}) > (${value}, ${tie})`;
}

function tieSql({ tieKind }: KeyOrder, text: string): Prisma.Sql | null {
  if (tieKind === "uuid") return UUID.test(text) ? Prisma.sql`${text}::uuid` : null;
  return INTEGER.test(text) ? Prisma.sql`${BigInt(text)}` : null;
}

function valueSql({ kind }: KeyOrder, text: string): Prisma.Sql | null {
  switch (kind) {
    case "integer":
      return INTEGER.test(text) ? Prisma.sql`${BigInt(text)}` : null;
    case "instant": {
      const at = new Date(text);
      return Number.isNaN(at.getTime()) ? null : Prisma.sql`${at}`;
    }
    case "text":
      // PostgreSQL has no text with a zero byte.
      return text.length <= TEXT_MAX && !text.includes("\u0000") ? Prisma.sql`${text}` : null;
  }
}
