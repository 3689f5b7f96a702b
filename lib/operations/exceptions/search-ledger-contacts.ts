import { canonicalRecordSchema } from "@/lib/domain/canonical-record";
import type { ChoiceOption } from "@/lib/domain/views/exception-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

const FOUND_MAX = 20;

/** Contacts of the ledger whose name holds the text, as last read; at most twenty. Archived ones are left out. */
export async function searchLedgerContacts(access: WorkspaceAccess, text: string): Promise<ChoiceOption[]> {
  const { database } = await getRuntime();
  const sought = text.trim();
  if (sought === "") return [];
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return [];
    const pattern = `%${sought.replace(/[\\%_]/g, "\\$&")}%`;
    const rows = await tx.$queryRaw<{ record: unknown }[]>`
      SELECT l.record FROM ledger_records l
       WHERE l.connection_id = ${pair.ledgerConnectionId}::uuid AND l.record_type = 'contact'
         AND l.record ->> 'name' ILIKE ${pattern} AND l.record ->> 'active' = 'true'
       ORDER BY lower(l.record ->> 'name'), l.external_id LIMIT ${FOUND_MAX}`;
    return rows.flatMap(({ record }) => {
      const contact = canonicalRecordSchema.parse(record);
      return contact.recordType === "contact" ? [{ key: contact.externalId, label: contact.name }] : [];
    });
  });
}
