import { z } from "zod";
import type { PullOptions, PullPage, QuarantinedRecord } from "@/lib/connectors/contract/connector";
import { idIn, quarantine, UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import type { Json } from "@/lib/kernel/json";
import { ROWS_A_PAGE, type TimesolvClient } from "../client";
import type { FirmTerms } from "../translate/invoice";
import { ID_FIELD, NO_TERMS, type RowKind } from "./row-kinds";

/**
 * Every row of a search, in the order of its ids. No field is known to tell what changed since, so each pull lists all, and
 * the versions stored already tell what is new. A row removed while it is listed moves the rest forward: what slips by then
 * comes with the next pull.
 */
const cursorSchema = z.object({ page: z.number().int().min(1) });

export async function* pullRows(
  client: TimesolvClient,
  kind: RowKind,
  terms: () => Promise<FirmTerms>,
  from: Json,
  options: PullOptions,
): AsyncIterable<PullPage> {
  const cursor = cursorSchema.safeParse(from);
  for (let page = cursor.success ? cursor.data.page : 1; ; page += 1) {
    const known = kind.isPriced ? await terms() : NO_TERMS;
    const rows = await client.search(kind.search, page);
    const isLast = rows.length < ROWS_A_PAGE;
    const seen = (page - 1) * ROWS_A_PAGE + rows.length;
    const reading = await readPage(kind, rows, known, options);
    yield { ...reading, nextCursor: isLast ? null : { page: page + 1 }, seen, total: isLast ? seen : null };
    if (isLast) return;
  }
}

async function readPage(
  kind: RowKind,
  rows: readonly unknown[],
  terms: FirmTerms,
  options: PullOptions,
): Promise<Pick<PullPage, "records" | "quarantined">> {
  const present: CanonicalRecord[] = [];
  const former: CanonicalRecord[] = [];
  const quarantined: QuarantinedRecord[] = [];
  for (const row of rows) {
    try {
      present.push(...kind.toRecords(row, terms));
      former.push(...(kind.formerRecords?.(row, terms) ?? []));
    } catch (thrown) {
      if (!(thrown instanceof UnreadableRecord)) throw thrown;
      quarantined.push(quarantine(kind.recordType, idIn(row, ID_FIELD), row, thrown.message));
    }
  }
  const versions = await loadVersions([...present, ...former], options);
  const records = [
    ...present.filter((record) => versions(record) !== record.version),
    ...former.filter((record) => ![undefined, record.version].includes(versions(record))),
  ];
  return { records, quarantined };
}

async function loadVersions(
  records: readonly CanonicalRecord[],
  options: PullOptions,
): Promise<(record: CanonicalRecord) => string | undefined> {
  const byType = new Map<string, ReadonlyMap<string, string>>();
  for (const recordType of RECORD_TYPES) {
    const ids = records.flatMap((record) => (record.recordType === recordType ? [record.externalId] : []));
    if (ids.length > 0) byType.set(recordType, await options.knownVersions(recordType, ids));
  }
  return ({ recordType, externalId }) => byType.get(recordType)?.get(externalId);
}
