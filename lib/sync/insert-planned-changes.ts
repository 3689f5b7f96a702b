import { Prisma, type Transaction } from "@/lib/db/client";
import { jsonRows } from "@/lib/db/json-rows";
import type { RecordType } from "@/lib/domain/record-type";
import type { Json } from "@/lib/kernel/json";
import type { SyncContext } from "./sync-context";

/** What is going to happen to one source record. Amounts are minor units. */
export interface NewPlannedChange {
  readonly sourceExternalId: string;
  readonly verb: string;
  readonly reason: string | null;
  readonly number: string;
  readonly label: string;
  readonly currency: string | null;
  readonly grossMinor: bigint | null;
  readonly baseMinor: bigint | null;
  readonly naturalKey: string;
  readonly ledgerExternalId: string | null;
  readonly ledgerCode: string;
  readonly detail: Json;
  readonly booked: Json;
  readonly approvalHash: string | null;
}

/** Stores a page of a plan in order; a record that this run has a change for keeps that one. */
export async function insertPlannedChanges(
  { workspaceId, runId }: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  changes: readonly NewPlannedChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map((change) => ({
    ...change,
    grossMinor: change.grossMinor?.toString() ?? null,
    baseMinor: change.baseMinor?.toString() ?? null,
  }));
  await tx.$executeRaw`
    INSERT INTO planned_changes (id, workspace_id, run_id, record_type, source_external_id, verb, reason, number, label,
                                 currency, gross_minor, base_minor, natural_key, ledger_external_id, ledger_code, detail,
                                 booked, approval_hash)
    SELECT gen_random_uuid(), ${workspaceId}::uuid, ${runId}::uuid, ${recordType}, r."sourceExternalId", r.verb, r.reason,
           r.number, r.label, r.currency, r."grossMinor", r."baseMinor", r."naturalKey", r."ledgerExternalId",
           r."ledgerCode", r.detail, COALESCE(r.booked, 'null'::jsonb), r."approvalHash"
      FROM ${jsonRows(rows, COLUMNS)} AS r
     ORDER BY r.ordinality
    ON CONFLICT DO NOTHING`;
}

const COLUMNS = Prisma.sql`
  "sourceExternalId" text, verb text, reason text, number text, label text, currency text, "grossMinor" bigint,
  "baseMinor" bigint, "naturalKey" text, "ledgerExternalId" text, "ledgerCode" text, detail jsonb, booked jsonb,
  "approvalHash" text`;
