import { type FoundRecord, SEARCH_CHARACTERS_MIN } from "@/lib/domain/views/found-record";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { parseRecordType } from "../runs/get-run";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

const FOUND_MAX = 8;
const SEARCH_CHARACTERS_MAX = 100;

/**
 * The first records of the source whose number, or name where they have none, begins like the text, whatever its case; at
 * most eight. Nothing for a text of one character.
 */
export async function findRecords(access: WorkspaceAccess, text: string): Promise<FoundRecord[]> {
  const search = text.trim().slice(0, SEARCH_CHARACTERS_MAX);
  if (search.length < SEARCH_CHARACTERS_MIN) return [];
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return [];
    const begins = { startsWith: search.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" } as const;
    const rows = await tx.recordSnapshot.findMany({
      where: {
        connectionId: pair.sourceConnectionId,
        OR: [{ number: begins }, { number: "", label: begins }],
      },
      select: { recordType: true, externalId: true, number: true, label: true },
      orderBy: [{ number: "asc" }, { label: "asc" }, { sequence: "asc" }],
      take: FOUND_MAX,
    });
    return rows.map((row) => ({ ...row, recordType: parseRecordType(row.recordType) }));
  });
}
