import { Prisma } from "./generated/client";

/**
 * Many rows as one parameter: a JSON list that PostgreSQL unfolds into columns. A page of rows with twenty columns each is
 * otherwise thousands of parameters, which cost more than the work that they are for.
 */

/**
 * For the FROM of an INSERT: `FROM ${jsonRows(rows, Prisma.sql`number text, total bigint`)} AS r ORDER BY r.ordinality`, whose
 * order is that of the rows. Keys are the columns' names; values are JSON, so a bigint is handed over as text.
 */
export const jsonRows = (rows: readonly object[], columns: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`ROWS FROM (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS (${columns})) WITH ORDINALITY`;
