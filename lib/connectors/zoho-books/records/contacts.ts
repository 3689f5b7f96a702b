import { z } from "zod";
import type { PullOptions, PullPage } from "@/lib/connectors/contract/connector";
import {
  idIn,
  joinReadings,
  type Reading,
  readOrQuarantine,
  readRecord,
} from "@/lib/connectors/contract/unreadable";
import type { Contact } from "@/lib/domain/contact";
import type { Json } from "@/lib/kernel/json";
import { getOrNull, type ZohoAnswer, type ZohoClient } from "../client";
import { toContact } from "../translate/contact";
import { contactRowSchema, wireContactSchema } from "../wire/contact";
import { ROWS_A_PAGE, readList } from "../wire/list";
import { latest, secondOf } from "./modified-after";
import { pageOf, readCursor } from "./pull-page";

/**
 * Contacts: list rows are enough. There is no modified-since filter, so the first pull goes through all in order of
 * creation, and each later one from the newest change down to where the last one ended.
 */

const cursorSchema = z.object({
  /** Newest second read by finished pulls; null before the first. */
  newest: z.string().nullable(),
  walk: z
    .object({ page: z.number().int().min(1), top: z.string().nullable(), startedAt: z.string().nullable() })
    .nullable(),
});
type ContactCursor = z.output<typeof cursorSchema>;

export async function* pullContacts(
  client: ZohoClient,
  from: Json,
  options: PullOptions,
): AsyncIterable<PullPage> {
  const { newest, walk: resumed } = readCursor<ContactCursor>(cursorSchema, from, {
    newest: null,
    walk: null,
  });
  let { page, top, startedAt } = resumed ?? { page: 1, top: newest, startedAt: null };
  const yielded = new Map<string, string>();
  for (;;) {
    const answer = await listContacts(client, page, newest === null ? "created_time" : "last_modified_time");
    const list = readList(answer, ["contacts"]);
    const seconds = list.rows.map((row) => {
      const parsed = contactRowSchema.safeParse(row);
      return parsed.success ? parsed.data.last_modified_time : null;
    });
    // Downwards only the first page shows the top: a later page could hold what was pushed off it meanwhile.
    if (newest === null || page === 1) top = seconds.reduce(latest, top);
    startedAt ??= secondOf(answer.serverTime);
    const wanted =
      newest === null ? list.rows : list.rows.filter((_row, index) => isRecent(seconds[index], newest));
    const reading = await unknownOnly(joinReadings(wanted.map(readRow)), yielded, options);
    const isOver =
      !list.hasMore ||
      (newest !== null &&
        (wanted.length < list.rows.length || reading.records.length + reading.quarantined.length === 0));
    const seen = (page - 1) * ROWS_A_PAGE + list.rows.length;
    page += 1;
    const next: ContactCursor = isOver
      ? { newest: earliest(top, startedAt), walk: null }
      : { newest, walk: { page, top, startedAt } };
    yield pageOf(reading, next, seen, list.hasMore ? null : seen);
    if (isOver) return;
  }
}

function listContacts(client: ZohoClient, page: number, column: string): Promise<ZohoAnswer> {
  return client.get("/contacts", {
    page: String(page),
    per_page: String(ROWS_A_PAGE),
    filter_by: "Status.All",
    sort_column: column,
    sort_order: column === "created_time" ? "A" : "D",
  });
}

/** The second of the last pull's newest change is read again; a row without a time always. */
function isRecent(second: string | null | undefined, newest: string): boolean {
  return second === null || second === undefined || second >= newest;
}

/** What changed while the walk ran may lie behind it, so the next one starts no later than this one. */
const earliest = (first: string | null, second: string | null): string | null =>
  first === null || second === null ? first : first < second ? first : second;

const readRow = (row: unknown): Reading =>
  readOrQuarantine("contact", idIn(row, "contact_id"), row, () => [
    toContact(readRecord(wireContactSchema, "contact", row)),
  ]);

/** Leaves out what is stored already or came earlier in this pull (a row pushed over a page's edge by an insert). */
async function unknownOnly(
  reading: Reading,
  yielded: Map<string, string>,
  options: PullOptions,
): Promise<Reading> {
  const ids = reading.records.map(({ externalId }) => externalId);
  const known = ids.length === 0 ? new Map<string, string>() : await options.knownVersions("contact", ids);
  const records = reading.records.filter(
    ({ externalId, version }) => known.get(externalId) !== version && yielded.get(externalId) !== version,
  );
  for (const { externalId, version } of records) yielded.set(externalId, version);
  return { records, quarantined: reading.quarantined };
}

export async function getContact(client: ZohoClient, id: string): Promise<Contact | null> {
  const body = await getOrNull(client, `/contacts/${encodeURIComponent(id)}`);
  return body === null ? null : toContact(readRecord(wireContactSchema, "contact", body.contact));
}
