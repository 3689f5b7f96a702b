import { z } from "zod";
import type { PullOptions, PullPage } from "@/lib/connectors/contract/connector";
import {
  idIn,
  joinReadings,
  type Reading,
  readOrQuarantine,
  readRecord,
} from "@/lib/connectors/contract/unreadable";
import type { Item } from "@/lib/domain/item";
import type { Json } from "@/lib/kernel/json";
import { getOrNull, type ZohoClient } from "../client";
import { toItem } from "../translate/item";
import { wireItemSchema } from "../wire/item";
import { ROWS_A_PAGE, readList } from "../wire/list";
import { pageOf, readCursor } from "./pull-page";

/** Items: no filter and no sort by time exists, so every pull lists all of them and passes on what is new or changed. */

const cursorSchema = z.object({ page: z.number().int().min(1) });

export async function* pullItems(
  client: ZohoClient,
  from: Json,
  options: PullOptions,
): AsyncIterable<PullPage> {
  let { page } = readCursor(cursorSchema, from, { page: 1 });
  const yielded = new Set<string>();
  for (;;) {
    const answer = await client.get("/items", {
      page: String(page),
      per_page: String(ROWS_A_PAGE),
      filter_by: "Status.All",
      sort_column: "name",
      sort_order: "A",
    });
    const list = readList(answer, ["items"]);
    const reading = joinReadings(list.rows.map(readRow));
    const ids = reading.records.map(({ externalId }) => externalId);
    const known = ids.length === 0 ? new Map<string, string>() : await options.knownVersions("item", ids);
    const records = reading.records.filter(
      ({ externalId, version }) =>
        known.get(externalId) !== version && !yielded.has(`${externalId} ${version}`),
    );
    for (const { externalId, version } of records) yielded.add(`${externalId} ${version}`);
    const seen = (page - 1) * ROWS_A_PAGE + list.rows.length;
    page += 1;
    yield pageOf(
      { records, quarantined: reading.quarantined },
      list.hasMore ? { page } : null,
      seen,
      list.hasMore ? null : seen,
    );
    if (!list.hasMore) return;
  }
}

const readRow = (row: unknown): Reading =>
  readOrQuarantine("item", idIn(row, "item_id"), row, () => [
    toItem(readRecord(wireItemSchema, "item", row)),
  ]);

export async function getItem(client: ZohoClient, id: string): Promise<Item | null> {
  const body = await getOrNull(client, `/items/${encodeURIComponent(id)}`);
  return body === null ? null : toItem(readRecord(wireItemSchema, "item", body.item));
}
