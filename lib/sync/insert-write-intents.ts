import { Prisma, type Transaction } from "@/lib/db/client";
import { jsonRows } from "@/lib/db/json-rows";
import type { RecordType } from "@/lib/domain/record-type";
import type { Json } from "@/lib/kernel/json";
import type { SyncContext } from "./sync-context";

/** A write that is about to be made, with the exact record to send. */
export interface NewWriteIntent {
  readonly verb: string;
  readonly sourceExternalId: string;
  readonly sourceHash: string;
  readonly marker: string;
  readonly payload: Json;
  readonly payloadBytes: number;
  readonly ledgerExternalId: string | null;
  /** Held until the intent is resolved: no second one can stand beside it. */
  readonly openKey: string;
}

/** Stores intents in order; one whose open key is held already is left out. */
export async function insertWriteIntents(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  intents: readonly NewWriteIntent[],
): Promise<void> {
  if (intents.length === 0) return;
  const { workspaceId, pairId, runId, ledger } = context;
  await tx.$executeRaw`
    INSERT INTO write_intents (id, workspace_id, pair_id, run_id, connection_id, record_type, verb, source_external_id,
                               source_hash, marker, payload, payload_bytes, ledger_external_id, open_key, state)
    SELECT gen_random_uuid(), ${workspaceId}::uuid, ${pairId}::uuid, ${runId}::uuid, ${ledger.connectionId}::uuid,
           ${recordType}, r.verb, r."sourceExternalId", r."sourceHash", r.marker, r.payload, r."payloadBytes",
           r."ledgerExternalId", r."openKey", 'planned'
      FROM ${jsonRows(intents, COLUMNS)} AS r
     ORDER BY r.ordinality
    ON CONFLICT DO NOTHING`;
}

const COLUMNS = Prisma.sql`
  verb text, "sourceExternalId" text, "sourceHash" text, marker text, payload jsonb, "payloadBytes" int,
  "ledgerExternalId" text, "openKey" text`;
