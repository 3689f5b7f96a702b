import { Prisma, type Transaction } from "@/lib/db/client";
import { loadApprovalPolicy, runVerdict } from "./approval-gate";
import type { SyncContext } from "./sync-context";

/** Set one amount against another: what they move was counted with its document. */
const COUNTED_ELSEWHERE = Prisma.sql`('allocation', 'supplierAllocation')`;

/**
 * Notes what a finished plan is, as a whole: a fingerprint of everything that it writes, and what that comes to in base
 * currency. A plan above the limit of a whole run asks for a second person.
 */
export async function sealPlan(context: SyncContext, tx: Transaction): Promise<void> {
  const { pairId, runId, workspaceId } = context;
  const [plan] = await tx.$queryRaw<{ hash: string | null; total: bigint | null; unknown: bigint }[]>`
    SELECT md5(string_agg(md5(concat_ws('|', record_type, source_external_id, verb, number, currency, gross_minor,
                                        approval_hash, booked::text)),
                          '' ORDER BY record_type, source_external_id)) AS hash,
           COALESCE(sum(base_minor) FILTER (WHERE record_type NOT IN ${COUNTED_ELSEWHERE}), 0)::bigint AS total,
           count(*) FILTER (WHERE gross_minor IS NOT NULL AND base_minor IS NULL
                              AND record_type NOT IN ${COUNTED_ELSEWHERE}) AS unknown
      FROM planned_changes
     WHERE run_id = ${runId}::uuid AND verb IN ('create', 'update', 'void')`;
  const total = plan && plan.unknown === 0n ? plan.total : null;
  const hash = plan?.hash ?? null;
  await tx.syncRun.update({ where: { id: runId }, data: { planHash: hash, planBaseMinor: total } });
  const policy = await loadApprovalPolicy(tx, pairId);
  if (hash === null || policy === null || (await runVerdict(tx, policy, { pairId, runId })) === null) return;
  const key = { pairId, scope: "run", recordType: "", sourceExternalId: "" };
  await tx.approval.updateMany({
    where: { ...key, versionHash: { not: hash }, state: { in: ["waiting", "approved"] } },
    data: { state: "expired" },
  });
  const asked = { runId, requestedAt: context.clock.now() };
  await tx.approval.upsert({
    where: { pairId_scope_recordType_sourceExternalId_versionHash: { ...key, versionHash: hash } },
    create: {
      ...key,
      ...asked,
      workspaceId,
      versionHash: hash,
      number: "",
      label: "",
      currency: policy.currency,
      grossMinor: total,
      baseMinor: total,
      state: "waiting",
    },
    update: { runId },
  });
  await tx.approval.updateMany({
    where: { ...key, versionHash: hash, state: "expired" },
    data: { ...asked, state: "waiting", decidedAt: null, decidedByUserId: null, note: "" },
  });
}
