import { z } from "zod";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import type { TieOutKind } from "@/lib/domain/views/tie-out-kind";
import type { Decimal } from "@/lib/kernel/decimal";
import type { SyncContext } from "@/lib/sync/sync-context";
import { noteLedgerRecord } from "./note-ledger-page";

/**
 * What a tie-out calls missing or voided there for the first time is asked for by its id before anybody is alarmed. A vendor
 * whose clock was behind for one call stamps a record with an older time, and no list of changes since the last look shows
 * that record again; one whose clock was ahead hides what changes after it for as long. A link tells which id to ask for and
 * nothing else; what GET answers is compared like any other record.
 */
const NOT_THERE: readonly TieOutKind[] = ["missing", "voidedInLedger"];

const LOOK_UPS_MAX = 100;

/** Records that the newest tie-out calls missing or voided there, as `type:id` of the source. */
export type MissingKeys = ReadonlySet<string>;

export async function listMissing(context: SyncContext): Promise<MissingKeys> {
  const rows = await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.tieOutFinding.findMany({
      where: { pairId: context.pairId, kind: { in: [...NOT_THERE] } },
      select: { recordType: true, sourceExternalId: true },
    }),
  );
  return new Set(rows.map((row) => `${row.recordType}:${row.sourceExternalId}`));
}

const linkedSchema = z.object({
  record_type: z.enum(RECORD_TYPES),
  source_external_id: z.string(),
  ledger_external_id: z.string(),
});

/**
 * How many of them stand there after all; their entries are stored. One call each and at most a hundred a
 * tie-out; what was missing in the tie-out before is not asked for again, a whole reading looks for that.
 */
export async function lookUpMissing(
  context: SyncContext,
  rates: ReadonlyMap<string, Decimal>,
  before: MissingKeys,
): Promise<number> {
  const { database, workspaceId, pairId, clock } = context;
  const rows: unknown[] = await database.withWorkspace(
    workspaceId,
    (tx) => tx.$queryRaw`
      SELECT k.record_type, k.source_external_id, k.ledger_external_id
        FROM tie_out_findings f
        JOIN record_links k ON k.pair_id = f.pair_id AND k.record_type = f.record_type
                           AND k.source_external_id = f.source_external_id
       WHERE f.pair_id = ${pairId}::uuid AND f.kind = ANY(${NOT_THERE})
         AND NOT (f.record_type || ':' || f.source_external_id = ANY(${[...before]}))
       ORDER BY f.id LIMIT ${LOOK_UPS_MAX}`,
  );
  let found = 0;
  for (const row of rows) {
    const linked = linkedSchema.parse(row);
    const record = await getUnlessLimited(context, linked.record_type, linked.ledger_external_id);
    if (record === "limited") return found;
    if (record === null) continue;
    const isStanding = await database.withWorkspace(workspaceId, (tx) =>
      noteLedgerRecord(context, tx, record, rates, clock.now()),
    );
    if (isStanding) found += 1;
  }
  return found;
}

/** Where the budget is used up the finding stands as it is: it is true as far as anybody has looked. */
async function getUnlessLimited({ ledger }: SyncContext, recordType: RecordType, externalId: string) {
  try {
    return await ledger.connector.get(recordType, externalId);
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.kind === "rateLimited") return "limited";
    throw thrown;
  }
}
