import { z } from "zod";
import type { PullOptions, PullPage } from "@/lib/connectors/contract/connector";
import {
  idIn,
  joinReadings,
  NOTHING,
  nameOf,
  quarantine,
  type Reading,
} from "@/lib/connectors/contract/unreadable";
import type { Json } from "@/lib/kernel/json";
import type { ZohoClient } from "../client";
import { documentVersion } from "../translate/version";
import { documentRowSchema } from "../wire/document";
import { ROWS_A_PAGE, readList } from "../wire/list";
import type { DocumentKind } from "./document-kinds";
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
 * Invoices, bills, their credits and orders: the list in order of creation, and one call for each that is new or changed. A new record
 * comes last in that order, so it shifts none; a deleted one shifts the rest forward over the page's edge, so a page
 * of which something was read is listed once more before going on. Stopping anywhere loses nothing.
 */

const cursorSchema = z.object({
  after: modifiedAfterSchema.nullable(),
  /** Null between two pulls. */
  walk: z
    .object({
      page: z.number().int().min(1),
      startedAt: z.string().nullable(),
      newest: z.string().nullable(),
      inclusive: z.boolean(),
    })
    .nullable(),
});
type DocumentCursor = z.output<typeof cursorSchema>;
type Walk = NonNullable<DocumentCursor["walk"]>;

/** A page that changes faster than it can be read is left for the next pull. */
const LISTINGS_OF_A_PAGE_MAX = 4;

interface Row {
  readonly payload: unknown;
  /** Null when the row does not even tell its id. */
  readonly id: string | null;
  /** Null when the row is too poor to tell: the document is then always read. */
  readonly version: string | null;
  readonly modified: string | null;
  readonly index: number;
}

export async function* pullDocuments(
  client: ZohoClient,
  kind: DocumentKind,
  from: Json,
  options: PullOptions,
): AsyncIterable<PullPage> {
  const { after, walk: resumed } = readCursor<DocumentCursor>(cursorSchema, from, {
    after: null,
    walk: null,
  });
  let walk: Walk = resumed ?? {
    page: 1,
    startedAt: null,
    newest: null,
    inclusive: after?.inclusive ?? false,
  };
  const handled = new Set<string>();
  let listings = 0;
  for (;;) {
    const answer = await client.get(kind.path, {
      page: String(walk.page),
      per_page: String(ROWS_A_PAGE),
      sort_column: "created_time",
      sort_order: "A",
      ...(after === null ? {} : { last_modified_time: asFilter(secondToAsk(after)) }),
    });
    listings += 1;
    const list = readList(answer, [kind.listKey]);
    const rows = list.rows.map((payload, index) => readRow(kind, payload, index));
    const seconds = rows.map(({ modified }) => modified);
    walk = {
      page: walk.page,
      startedAt: walk.startedAt ?? secondOf(answer.serverTime),
      newest: seconds.reduce(latest, walk.newest),
      inclusive: walk.inclusive || (after !== null && showsInclusive(after, seconds)),
    };
    const fresh = await changedRows(kind, rows, handled, options);
    const goOn = list.hasMore;
    const relist = goOn && fresh.length > 0 && listings < LISTINGS_OF_A_PAGE_MAX;
    const passed = (walk.page - 1) * ROWS_A_PAGE;
    const chunks = chunksOf(fresh, DETAILS_A_PAGE);
    for (const [index, chunk] of chunks.entries()) {
      const isLast = index === chunks.length - 1;
      const { reading, failure } = await readChunk(client, kind, chunk);
      const total = goOn ? null : passed + rows.length;
      const seen = isLast ? passed + rows.length : passed + (chunk.at(-1)?.index ?? 0) + 1;
      if (failure !== null) {
        if (reading.records.length + reading.quarantined.length > 0)
          yield pageOf(reading, { after, walk }, seen, total);
        throw failure.thrown;
      }
      for (const row of chunk) handled.add(keyOf(row));
      yield pageOf(reading, isLast ? cursorBehind(after, walk, goOn, relist) : { after, walk }, seen, total);
    }
    if (chunks.length === 0)
      yield pageOf(
        NOTHING,
        cursorBehind(after, walk, goOn, false),
        passed + rows.length,
        goOn ? null : passed + rows.length,
      );
    if (!goOn) return;
    if (relist) continue;
    walk = { ...walk, page: walk.page + 1 };
    listings = 0;
  }
}

/** Where to go on once everything of the listed page is stored. */
function cursorBehind(
  after: DocumentCursor["after"],
  walk: Walk,
  goOn: boolean,
  relist: boolean,
): DocumentCursor {
  if (!goOn) return { after: nextModifiedAfter(after, walk), walk: null };
  return { after, walk: relist ? walk : { ...walk, page: walk.page + 1 } };
}

function readRow(kind: DocumentKind, payload: unknown, index: number): Row {
  const summary = documentRowSchema.safeParse(payload);
  return {
    payload,
    id: idIn(payload, kind.idField),
    version: summary.success ? documentVersion(summary.data, kind.statuses) : null,
    modified: summary.success ? (summary.data.last_modified_time ?? summary.data.updated_time) : null,
    index,
  };
}

const keyOf = (row: Row): string => `${row.id ?? `row ${JSON.stringify(row.payload)}`} ${row.version ?? ""}`;

async function changedRows(
  kind: DocumentKind,
  rows: readonly Row[],
  handled: ReadonlySet<string>,
  options: PullOptions,
): Promise<Row[]> {
  const ids = rows.flatMap(({ id }) => id ?? []);
  const known =
    ids.length === 0 ? new Map<string, string>() : await options.knownVersions(kind.recordType, ids);
  return rows.filter(
    (row) =>
      !handled.has(keyOf(row)) &&
      (row.id === null || row.version === null || known.get(row.id) !== row.version),
  );
}

async function readChunk(
  client: ZohoClient,
  kind: DocumentKind,
  chunk: readonly Row[],
): Promise<{ reading: Reading; failure: { readonly thrown: unknown } | null }> {
  const { outputs, failure } = await readSeveral(chunk, async (row) => {
    if (row.id !== null) return (await kind.readOne(client, row.id)) ?? NOTHING;
    const problem = `The field "${kind.idField}" of this ${nameOf(kind.recordType)} cannot be read: there is none.`;
    return {
      records: [],
      quarantined: [quarantine(kind.recordType, null, row.payload, problem)],
    };
  });
  return { reading: joinReadings(outputs), failure };
}
