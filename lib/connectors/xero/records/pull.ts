import { z } from "zod";
import type { PullOptions, PullPage, QuarantinedRecord } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { usedCredit } from "@/lib/domain/settlement";
import type { Json } from "@/lib/kernel/json";
import { wireMismatch } from "../errors";
import { type RecordList, readList } from "../wire/envelope";
import type { ConnectedXero } from "./organisation-facts";
import {
  isOwnType,
  quarantine,
  type Readable,
  type ReadRecord,
  readerOf,
  updatedAt,
  whereOnly,
} from "./readable";

/**
 * Incremental reading by If-Modified-Since and the newest UpdatedDateUTC seen. Pages run from the newest record to
 * the oldest: a record that changes meanwhile moves to the front, so later pages can only repeat a record and never
 * lose one, and the change itself is newer than the cursor, so the next pull has it. (From the oldest to the newest a
 * change would pull the next page's first record onto the page already read.)
 * If-Modified-Since counts whole seconds and it is not documented whether it includes the one that it names, so the
 * second before the newest is read again; when nothing has changed, that is one call however many records it holds.
 */

const ORDER = "UpdatedDateUTC DESC";

const high = z.object({
  /** Newest UpdatedDateUTC. */
  newest: z.string().nullable(),
  /** Records in the seconds that the next pull reads again. */
  again: z.number().int(),
});

const cursorSchema = z.object({
  /** Where the last complete pull ended. */
  before: high,
  /** Of a pull under way: records on the pages that it has read, whatever size these had. */
  covered: z.number().int(),
  now: high,
  seen: z.number().int(),
});
type Cursor = z.output<typeof cursorSchema>;

const BEGINNING: Cursor = {
  before: { newest: null, again: 0 },
  covered: 0,
  now: { newest: null, again: 0 },
  seen: 0,
};

export async function* pullRecords(
  client: ConnectedXero,
  readable: Readable,
  from: Json,
  options: PullOptions,
): AsyncGenerator<PullPage> {
  let cursor = parseCursor(from);
  const yielded = new Map<string, string>();
  const readElement = await readerOf(client, readable);
  for (;;) {
    const list = await readPage(client, readable, cursor);
    const total = list.pagination?.itemCount ?? (readable.pageSize === null ? list.elements.length : null);
    const isLast = isLastPage(readable, cursor, list);
    const read = readElements(readable, list.elements, { yielded, readElement });
    const records =
      cursor.before.newest === null ? read.records : await leaveOutKnown(readable, read.records, options);
    const now = advance(cursor, list.elements);
    const seen = cursor.seen + read.count;
    const next: Cursor = isLast
      ? { ...BEGINNING, before: isUnchanged(cursor, list) ? cursor.before : now }
      : { before: cursor.before, covered: pageOf(readable, cursor) * (readable.pageSize ?? 0), now, seen };
    yield { records, quarantined: read.quarantined, nextCursor: next, total, seen };
    if (isLast) return;
    cursor = next;
  }
}

/** What the engine has in this very version came with the seconds that are read again. */
async function leaveOutKnown(
  { recordType }: Readable,
  records: readonly CanonicalRecord[],
  options: PullOptions,
): Promise<readonly CanonicalRecord[]> {
  const own = records.filter((record) => record.recordType === recordType);
  const known = await options.knownVersions(
    recordType,
    own.map(({ externalId }) => externalId),
  );
  const unchanged = new Set(
    own
      .filter(({ externalId, version }) => known.get(externalId) === version)
      .map(({ externalId }) => externalId),
  );
  return records.filter((record) => !unchanged.has(carrierOf(record)));
}

/** The record that this one arrived with: itself, or an allocation's credit. */
const carrierOf = (record: CanonicalRecord): string =>
  record.recordType === "allocation" || record.recordType === "supplierAllocation"
    ? usedCredit(record).id
    : record.externalId;

function parseCursor(from: Json): Cursor {
  if (from === null) return BEGINNING;
  const parsed = cursorSchema.safeParse(from);
  if (parsed.success) return parsed.data;
  throw new ConnectorError("wireMismatch", "The stored place in Xero's list cannot be read.", {
    mayHaveBeenApplied: false,
  });
}

async function readPage(client: ConnectedXero, readable: Readable, cursor: Cursor): Promise<RecordList> {
  const where = whereOnly(readable);
  const since = cursor.before.newest === null ? null : againFrom(cursor.before.newest);
  const body = await client.read(
    readable.list({
      ...(since === null ? {} : { modifiedSince: new Date(since) }),
      ...(where === undefined ? {} : { where }),
      ...(readable.pageSize === null
        ? {}
        : { order: ORDER, page: pageOf(readable, cursor), pageSize: readable.pageSize }),
    }),
  );
  if (body === null) return { elements: [], pagination: null };
  const list = readList(body, readable.plural);
  if (list === null) throw wireMismatch(`it has no ${readable.plural}`);
  return list;
}

/** The page that holds the first record not covered; with another page size it may repeat some, but skips none. */
const pageOf = ({ pageSize }: Readable, { covered }: Cursor): number =>
  pageSize === null ? 1 : Math.floor(covered / pageSize) + 1;

/** The instant that the next pull names: the second before the newest one's. */
function againFrom(newest: string): number {
  return Math.floor(Date.parse(newest) / 1000) * 1000 - 1000;
}

function advance(cursor: Cursor, elements: readonly unknown[]): Cursor["now"] {
  const stamps = elements.flatMap((element) => updatedAt(element) ?? []);
  // Only the first page may set the mark: what changes during the pull has to be read by the next one.
  const newest = cursor.covered === 0 ? newestOf(stamps, cursor.before.newest) : cursor.now.newest;
  if (newest === null) return { newest, again: 0 };
  const from = againFrom(newest);
  const again = stamps.filter((stamp) => Date.parse(stamp) >= from).length;
  return { newest, again: cursor.covered === 0 ? again : cursor.now.again + again };
}

function newestOf(stamps: readonly string[], before: string | null): string | null {
  return stamps.reduce<string | null>(
    (newest, stamp) => (newest === null || stamp > newest ? stamp : newest),
    before,
  );
}

function isLastPage(readable: Readable, cursor: Cursor, { elements, pagination }: RecordList): boolean {
  if (readable.pageSize === null || elements.length === 0) return true;
  if (isUnchanged(cursor, { elements, pagination })) return true;
  return pagination === null
    ? elements.length < readable.pageSize
    : pageOf(readable, cursor) >= pagination.pageCount;
}

/** The same newest record and the same number of them: the seconds read again hold nothing new. */
function isUnchanged({ before, covered }: Cursor, { elements, pagination }: RecordList): boolean {
  if (covered !== 0 || before.newest === null || pagination === null) return false;
  return pagination.itemCount === before.again && updatedAt(elements[0]) === before.newest;
}

function readElements(
  readable: Readable,
  elements: readonly unknown[],
  { yielded, readElement }: { yielded: Map<string, string>; readElement(element: unknown): ReadRecord },
): { records: CanonicalRecord[]; quarantined: QuarantinedRecord[]; count: number } {
  const records: CanonicalRecord[] = [];
  const quarantined: QuarantinedRecord[] = [];
  let count = 0;
  const isRepeated = (id: string, version: string): boolean => {
    if (yielded.get(id) === version) return true;
    yielded.set(id, version);
    return false;
  };
  for (const element of elements) {
    if (!isOwnType(readable, element)) {
      // It is in Xero's own count of the list.
      count += 1;
      continue;
    }
    const read = readElement(element);
    if (!read.ok) {
      const aside = quarantine(readable, element, read.error);
      if (isRepeated(aside.externalId || JSON.stringify(aside.payload), updatedAt(element) ?? "")) continue;
      quarantined.push(aside);
    } else {
      const [record] = read.value;
      if (isRepeated(record.externalId, record.version)) continue;
      records.push(...read.value);
    }
    count += 1;
  }
  return { records, quarantined, count };
}
