import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import type { WorkspaceTable } from "./workspace-tables";

export type ReadPage = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

const ROWS_AT_ONCE = 500;
const lineRow = z.object({ line: z.string(), at: z.string() });
const placeSchema = z.array(z.string());

/**
 * The rows of a table as JSON, a line each, without their secrets: read a page at a time by the primary key, each page in a
 * transaction of its own, so that neither memory nor a lock grows with the table. A condition speaks of alias "t".
 */
export async function* readLines(
  read: ReadPage,
  table: WorkspaceTable,
  condition: Prisma.Sql = Prisma.sql`TRUE`,
): AsyncGenerator<string> {
  const columns = Prisma.raw(table.key.map(({ name }) => `t."${name}"`).join(", "));
  const place = Prisma.raw(table.key.map(({ name }) => `t."${name}"::text`).join(", "));
  let after: readonly string[] | null = null;
  for (;;) {
    const from: readonly string[] | null = after;
    const beyond =
      from === null
        ? Prisma.empty
        : Prisma.sql`AND ROW(${columns}) > ROW(${Prisma.join(
            table.key.map(({ type }, index) => Prisma.sql`${from[index] ?? ""}::text::${Prisma.raw(type)}`),
          )})`;
    const found: unknown[] = await read(
      (tx) => tx.$queryRaw`
        SELECT (to_jsonb(t) - ${[...table.secretColumns]}::text[])::text AS line, jsonb_build_array(${place})::text AS at
          FROM ${Prisma.raw(`"${table.name}"`)} t
         WHERE ${condition} ${beyond}
         ORDER BY ${columns} LIMIT ${ROWS_AT_ONCE}`,
    );
    const rows = found.map((row) => lineRow.parse(row));
    for (const { line } of rows) yield line;
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_AT_ONCE) return;
    after = placeSchema.parse(JSON.parse(last.at));
  }
}
