import { z } from "zod";
import type { OtherAppView } from "@/lib/domain/views/connection-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

const rowSchema = z.object({
  name: z.string(),
  documents: z.number(),
  since: z.string().nullable(),
  last: z.string().nullable(),
});

/**
 * The other apps that posted into the ledger's organisation, by what their documents say of them, the busiest first. An app
 * that leaves no address on what it posts cannot be told from a person who types. Empty before the ledger was read.
 */
export async function listOtherApps(access: WorkspaceAccess): Promise<OtherAppView[]> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return [];
    const rows: unknown[] = await tx.$queryRaw`
      SELECT posted_from AS name, count(*)::integer AS documents,
             min(record->>'date') AS since, max(record->>'date') AS last
        FROM ledger_records
       WHERE connection_id = ${pair.ledgerConnectionId}::uuid AND posted_from <> ''
       GROUP BY posted_from ORDER BY documents DESC, name`;
    return rows.map((row) => rowSchema.parse(row));
  });
}
