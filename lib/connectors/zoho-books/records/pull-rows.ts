import { z } from "zod";
import type { PullOptions, PullPage } from "@/lib/connectors/contract/connector";
import { joinReadings, NOTHING, type Reading } from "@/lib/connectors/contract/unreadable";
import type { RecordType } from "@/lib/domain/record-type";
import type { Json } from "@/lib/kernel/json";
import type { ZohoClient } from "../client";
import { DIGEST_CHARACTERS, digest } from "../digest";
import { zohoOptionalInstant } from "../wire/fields";
import { ROWS_A_PAGE, readList } from "../wire/list";
import {
  asFilter,
  latest,
  modifiedAfterSchema,
  nextModifiedAfter,
  secondOf,
  secondToAsk,
  showsInclusive,
} from "./modified-after";
import { chunksOf, DETAILS_A_PAGE, pageOf, readCursor, readSeveral } from "./pull-page";

/**
 * Lists whose rows do not tell which stored records they stand for, or not surely whether they changed: payments become
 * several records, rows of expenses and journals may lack their modified time. The cursor holds a digest of every row
 * that the last pull listed; a row with another digest is new or changed and read whole. Where the list has a filter by
 * time, only what changed is listed, so few digests are kept; where it has none, or rows without a time, all are.
 */
export interface RowKind {
  readonly recordType: RecordType;
  readonly path: string;
  /** Names of the list in the answer; the first that is there counts. */
  readonly listKeys: readonly string[];
  /** Whether the list takes last_modified_time. */
  readonly takesModifiedTime: boolean;
  /** An order in which nothing moves while it is listed, as far as the vendor has one. */
  readonly order: Readonly<Record<string, string>>;
  /** Id and version of the row's one record; null where the row does not tell both. Absent: it never does. */
  readonly versionOf?: (payload: unknown) => { readonly id: string; readonly version: string } | null;
  readRow(client: ZohoClient, payload: unknown, options: PullOptions): Promise<Reading>;
}

const cursorSchema = z.object({
  /** Digests of the rows as the last finished pull saw them, one after the other. */
  before: z.string(),
  /** Null before the first pull, and as long as no row told its time. */
  after: modifiedAfterSchema.nullable().default(null),
  /** The pull under way; null between two pulls. */
  walk: z
    .object({
      page: z.number().int().min(1),
      now: z.string(),
      startedAt: z.string().nullable().default(null),
      newest: z.string().nullable().default(null),
      inclusive: z.boolean().default(false),
    })
    .nullable(),
});
type RowCursor = z.output<typeof cursorSchema>;

/** One list page is read again at most so often within a pull (see pull-documents.ts). */
const LISTINGS_OF_A_PAGE_MAX = 4;

interface Row {
  readonly payload: unknown;
  readonly digest: string;
  readonly modified: string | null;
  readonly index: number;
}

export async function* pullRows(
  client: ZohoClient,
  kind: RowKind,
  from: Json,
  options: PullOptions,
): AsyncIterable<PullPage> {
  const cursor = readCursor<RowCursor>(cursorSchema, from, { before: "", after: null, walk: null });
  const { before, after } = cursor;
  const known = digestsIn(before);
  const now = digestsIn(cursor.walk?.now ?? "");
  let { page, startedAt, newest, inclusive } = cursor.walk ?? {
    page: 1,
    startedAt: null,
    newest: null,
    inclusive: after?.inclusive ?? false,
  };
  let listings = 0;
  for (;;) {
    const answer = await client.get(kind.path, {
      page: String(page),
      per_page: String(ROWS_A_PAGE),
      ...kind.order,
      ...(after === null ? {} : { last_modified_time: asFilter(secondToAsk(after)) }),
    });
    listings += 1;
    const list = readList(answer, kind.listKeys);
    const rows = list.rows.map(toRow);
    const seconds = rows.map(({ modified }) => modified);
    startedAt ??= secondOf(answer.serverTime);
    newest = kind.takesModifiedTime ? seconds.reduce(latest, newest) : null;
    inclusive = inclusive || (after !== null && showsInclusive(after, seconds));
    const fresh = await changedRows(kind, rows, known, now, options);
    const relist = list.hasMore && fresh.length > 0 && listings < LISTINGS_OF_A_PAGE_MAX;
    const passed = (page - 1) * ROWS_A_PAGE;
    const total = list.hasMore ? null : passed + rows.length;
    const walkFrom = (nextPage: number): RowCursor => ({
      before,
      after,
      walk: { page: nextPage, now: [...now].join(""), startedAt, newest, inclusive },
    });
    const behind = (): RowCursor =>
      list.hasMore
        ? walkFrom(relist ? page : page + 1)
        : {
            before: [...now].join(""),
            after: nextModifiedAfter(after, { newest, startedAt, inclusive }),
            walk: null,
          };
    const chunks = chunksOf(fresh, DETAILS_A_PAGE);
    for (const [index, chunk] of chunks.entries()) {
      const isLast = index === chunks.length - 1;
      const { outputs, failure } = await readSeveral(chunk, async (row) => {
        const reading = await kind.readRow(client, row.payload, options);
        now.add(row.digest);
        return reading;
      });
      const reading = joinReadings(outputs);
      if (failure !== null) {
        if (reading.records.length + reading.quarantined.length > 0)
          yield pageOf(reading, walkFrom(page), passed + (chunk[0]?.index ?? 0), total);
        throw failure.thrown;
      }
      const seen = isLast ? passed + rows.length : passed + (chunk.at(-1)?.index ?? 0) + 1;
      yield pageOf(reading, isLast ? behind() : walkFrom(page), seen, total);
    }
    if (chunks.length === 0) yield pageOf(NOTHING, behind(), passed + rows.length, total);
    if (!list.hasMore) return;
    if (relist) continue;
    page += 1;
    listings = 0;
  }
}

const timedRowSchema = z.looseObject({ last_modified_time: zohoOptionalInstant });

function toRow(payload: unknown, index: number): Row {
  const timed = timedRowSchema.safeParse(payload);
  const modified = timed.success ? timed.data.last_modified_time : null;
  return { payload, digest: digest(payload), modified, index };
}

/** Rows to be read; the others join those that this pull has seen. */
async function changedRows(
  kind: RowKind,
  rows: readonly Row[],
  known: ReadonlySet<string>,
  now: Set<string>,
  options: PullOptions,
): Promise<Row[]> {
  const stored = known.size === 0 ? await storedRows(kind, rows, options) : new Set<string>();
  for (const row of rows) if (known.has(row.digest) || stored.has(row.digest)) now.add(row.digest);
  return rows.filter((row) => !now.has(row.digest));
}

/**
 * With a lost cursor the versions tell what is stored already. Beside a cursor they do not: two changes within a second
 * can leave a version as it was, and never the digest.
 */
async function storedRows(
  { recordType, versionOf }: RowKind,
  rows: readonly Row[],
  options: PullOptions,
): Promise<ReadonlySet<string>> {
  const told = rows.flatMap((row) => {
    const known = versionOf?.(row.payload) ?? null;
    return known === null ? [] : [{ digest: row.digest, ...known }];
  });
  if (told.length === 0) return new Set();
  const versions = await options.knownVersions(
    recordType,
    told.map(({ id }) => id),
  );
  return new Set(told.filter(({ id, version }) => versions.get(id) === version).map((row) => row.digest));
}

function digestsIn(text: string): Set<string> {
  const digests = new Set<string>();
  for (let start = 0; start < text.length; start += DIGEST_CHARACTERS)
    digests.add(text.slice(start, start + DIGEST_CHARACTERS));
  return digests;
}
