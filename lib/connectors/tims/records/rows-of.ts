import type { z } from "zod";
import { idIn } from "@/lib/connectors/contract/unreadable";
import type { TimsClient } from "../client";
import type { Resource } from "../resources";

/** Rows by their ids, as many calls as pages. */
export async function rowsOf(
  client: TimsClient,
  resource: Resource,
  ids: readonly string[],
): Promise<unknown[]> {
  const wanted = [...new Set(ids)];
  const rows: unknown[] = [];
  for (let start = 0; start < wanted.length; start += client.settings.pageSize) {
    const chunk = wanted.slice(start, start + client.settings.pageSize);
    rows.push(...(await client.list(resource, { page: 1, filters: { ids: chunk.join(",") } })).rows);
  }
  return rows;
}

/** What can be read of rows by their ids, each under its id; the pull of their own kind puts the others into quarantine. */
export async function readableRowsOf<T>(
  client: TimsClient,
  resource: Resource,
  schema: z.ZodType<T>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, T>> {
  const rows = await rowsOf(client, resource, ids);
  return new Map(
    rows.flatMap((row) => {
      const parsed = schema.safeParse(row);
      const id = idIn(row, resource.idField);
      return parsed.success && id !== null ? [[id, parsed.data] as const] : [];
    }),
  );
}
