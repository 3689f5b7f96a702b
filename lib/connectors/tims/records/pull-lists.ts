import { z } from "zod";
import type { PullOptions, PullPage } from "@/lib/connectors/contract/connector";
import type { Reading } from "@/lib/connectors/contract/unreadable";
import type { RecordType } from "@/lib/domain/record-type";
import type { Json } from "@/lib/kernel/json";
import type { TimsClient } from "../client";
import type { Resource } from "../resources";
import { timsInstant } from "../wire/fields";

/**
 * Lists by modified time, oldest change first. Each page asks from the newest time that the page before it had, so that
 * rows which change meanwhile come again at the end and push nothing over a page's edge; what comes twice is known by its
 * version. Pages are numbered only among rows of one and the same time. The next pull begins a little before the newest
 * time that was read: a change that was saved late with an earlier time is still seen.
 */
export interface ListKind {
  readonly resource: Resource;
  readonly filters?: Readonly<Record<string, string>>;
  read(rows: readonly unknown[], options: PullOptions): Promise<Reading>;
}

/** How late TIMS may show a change, counted by its own times. */
const LATE_MS = 120_000;

const cursorSchema = z.object({
  /** By resource, the newest time that finished pulls have read. */
  newest: z.record(z.string(), z.string()),
  /** Where a pull that has not ended is. */
  walk: z
    .object({ list: z.number().int().min(0), since: z.string().nullable(), page: z.number().int().min(1) })
    .nullable(),
});
type Cursor = z.output<typeof cursorSchema>;

const rowSchema = z.looseObject({ modifiedOn: timsInstant });

export async function* pullLists(
  client: TimsClient,
  lists: readonly ListKind[],
  from: Json,
  options: PullOptions,
): AsyncIterable<PullPage> {
  const parsed = cursorSchema.safeParse(from);
  const start: Cursor = parsed.success ? parsed.data : { newest: {}, walk: null };
  const newest = new Map(Object.entries(start.newest));
  const yielded = new Map<string, string>();
  let seen = 0;
  for (let list = start.walk?.list ?? 0; list < lists.length; list += 1) {
    const kind = lists[list];
    if (kind === undefined) return;
    const { name } = kind.resource;
    const resumed = start.walk?.list === list ? start.walk : null;
    let since = resumed === null ? beginning(newest.get(name)) : resumed.since;
    let page = resumed?.page ?? 1;
    for (;;) {
      const answer = await client.list(kind.resource, {
        page,
        filters: { ...kind.filters, ...(since === null ? {} : { modifiedSince: since }) },
      });
      const last = answer.rows.map(timeOf).reduce(later, null);
      if (last !== null) newest.set(name, later(newest.get(name) ?? null, last) ?? last);
      seen += answer.rows.length;
      const reading = await unknownOnly(await kind.read(answer.rows, options), yielded, options);
      if (answer.hasMore && last !== null && (since === null || last > since)) [since, page] = [last, 1];
      else page += 1;
      const isLast = !answer.hasMore && list === lists.length - 1;
      yield {
        ...reading,
        nextCursor: {
          newest: Object.fromEntries(newest),
          walk: isLast ? null : answer.hasMore ? { list, since, page } : nextWalk(lists, list + 1, newest),
        },
        total: isLast ? seen : null,
        seen,
      };
      if (!answer.hasMore) break;
    }
  }
}

const nextWalk = (lists: readonly ListKind[], list: number, newest: ReadonlyMap<string, string>) => ({
  list,
  since: beginning(newest.get(lists[list]?.resource.name ?? "")),
  page: 1,
});

const beginning = (newest: string | undefined): string | null =>
  newest === undefined ? null : new Date(Date.parse(newest) - LATE_MS).toISOString();

function timeOf(row: unknown): string | null {
  const parsed = rowSchema.safeParse(row);
  return parsed.success ? parsed.data.modifiedOn : null;
}

const later = (first: string | null, second: string | null): string | null =>
  first === null || (second !== null && second > first) ? second : first;

/** Leaves out what is stored already or came earlier in this pull. */
async function unknownOnly(
  reading: Reading,
  yielded: Map<string, string>,
  options: PullOptions,
): Promise<Reading> {
  const types = [...new Set(reading.records.map(({ recordType }) => recordType))];
  const known = new Map<RecordType, ReadonlyMap<string, string>>();
  for (const recordType of types) {
    const ids = reading.records.filter((record) => record.recordType === recordType);
    known.set(
      recordType,
      await options.knownVersions(
        recordType,
        ids.map(({ externalId }) => externalId),
      ),
    );
  }
  const records = reading.records.filter(({ recordType, externalId, version }) => {
    const key = `${recordType} ${externalId}`;
    if (known.get(recordType)?.get(externalId) === version || yielded.get(key) === version) return false;
    yielded.set(key, version);
    return true;
  });
  const quarantined = reading.quarantined.filter(({ recordType, externalId, problem }) => {
    const key = `kept aside ${recordType} ${externalId}`;
    if (yielded.get(key) === problem) return false;
    yielded.set(key, problem);
    return true;
  });
  return { records, quarantined };
}
