import { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import { invariant } from "@/lib/kernel/invariant";

/**
 * The tables of a workspace as the database itself lists them, so that a new one is taken along by the export and by the
 * deletion from its first day on. Knows nothing of what stands in them but which columns may hold a secret.
 */
export interface WorkspaceTable {
  readonly name: string;
  /** Of the primary key, in its order. */
  readonly key: readonly { readonly name: string; readonly type: string }[];
  /** Columns that no copy leaves with: what is sealed, and what opens something. */
  readonly secretColumns: readonly string[];
}

const tableRow = z.object({
  name: z.string().regex(/^[a-z_]+$/),
  key: z.array(z.object({ name: z.string().regex(/^[a-z_]+$/), type: z.string() })).nonempty(),
  secretColumns: z.array(z.string()),
});

export async function listWorkspaceTables(tx: Transaction): Promise<WorkspaceTable[]> {
  const rows: unknown[] = await tx.$queryRaw`
    SELECT c.relname::text AS name,
           (SELECT jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
                             ORDER BY k.place)
              FROM pg_index i
             CROSS JOIN LATERAL unnest(i.indkey::smallint[]) WITH ORDINALITY AS k (number, place)
              JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
             WHERE i.indrelid = c.oid AND i.indisprimary) AS key,
           (SELECT coalesce(jsonb_agg(s.attname), '[]'::jsonb)
              FROM pg_attribute s
             WHERE s.attrelid = c.oid AND s.attnum > 0 AND NOT s.attisdropped
               AND (s.atttypid = 'bytea'::regtype OR s.attname ~ '(token|secret|code)(_hash)?$|^key_id$')) AS "secretColumns"
      FROM pg_class c
      JOIN pg_attribute w ON w.attrelid = c.oid AND w.attname = 'workspace_id' AND NOT w.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
     ORDER BY 1`;
  const tables = rows.map((row) => tableRow.parse(row));
  invariant(tables.length > 0, "a workspace has tables");
  return tables;
}
