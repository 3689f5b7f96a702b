import { Prisma } from "@/lib/db/client";
import { type FoundRecord, SEARCH_CHARACTERS_MIN } from "@/lib/domain/views/found-record";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { parseRecordType } from "../runs/get-run";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { searchRecords, wordsOf } from "./search-records";

const FOUND_MAX = 8;

/**
 * At most eight records of the source of whose number and name the text is any part; of two characters, their beginning.
 * Nothing for a text of one character.
 */
export async function findRecords(access: WorkspaceAccess, text: string): Promise<FoundRecord[]> {
  if (text.trim().length < SEARCH_CHARACTERS_MIN) return [];
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    const search = pair && (await searchRecords(tx, pair.sourceConnectionId, text));
    if (!search) return [];
    const { pattern, found } = search;
    const alike =
      found === null
        ? Prisma.sql`${wordsOf("s")} ILIKE ${pattern}`
        : Prisma.sql`s.sequence = ANY(${found.map((one) => one.sequence)}::bigint[])`;
    // Of many that are like it the first that come by: to put them in order, all of them would have to be read.
    const rows = await tx.$queryRaw<(Omit<FoundRecord, "recordType"> & { readonly recordType: string })[]>`
      SELECT * FROM (
        SELECT s.record_type AS "recordType", s.external_id AS "externalId", s.number, s.label
          FROM record_snapshots s WHERE s.connection_id = ${pair.sourceConnectionId}::uuid AND ${alike}
         LIMIT ${found === null ? FOUND_MAX : found.length}) f
       ORDER BY f.number, f.label LIMIT ${FOUND_MAX}`;
    return rows.map((row) => ({ ...row, recordType: parseRecordType(row.recordType) }));
  });
}
