import { Prisma, type Transaction } from "@/lib/db/client";
import { type CanonicalRecord, canonicalRecordSchema, summarise } from "@/lib/domain/canonical-record";
import { AGAIN, DONE, type Progress } from "@/lib/domain/progress";
import type { RecordType } from "@/lib/domain/record-type";
import { encode } from "@/lib/kernel/json";
import { overrideWarnings } from "@/lib/mapping/apply-overrides";
import { mapRecord } from "@/lib/mapping/map-record";
import type { References } from "@/lib/mapping/references";
import { looseKeysOf } from "@/lib/matching/loose-keys";
import { loadOpenAtCutOver } from "./cut-over";
import { decideChange } from "./decide-change";
import type { Decision, Rulebook, Verdict } from "./decision";
import { openExceptions } from "./exceptions";
import { insertPlannedChanges, type NewPlannedChange } from "./insert-planned-changes";
import { keepStatistics } from "./keep-statistics";
import { loadCandidates, NOTHING_SOUGHT, type Sought } from "./ledger-candidates";
import { isUnique, loadClaims, loadDismissed, loadLinks, loadRefusals } from "./load-circumstances";
import { applyOverrides, rulesFor } from "./load-overrides";
import { loadReferences } from "./load-references";
import { loadVerdicts, NOTHING_SAID, storeQuestions } from "./match-questions";
import type { PendingRecord } from "./pending-record";
import { isPhaseDone, markPhaseDone } from "./run-state";
import type { SyncContext } from "./sync-context";
import { type Weighed, weighChanges } from "./weigh-changes";

/**
 * Plans one record type: each source record that is new, changed or still an exception gets exactly one planned change,
 * and nothing is written to the ledger. Planning again after a kill goes on with the records that have none yet.
 */
/** Small enough that a page of documents with a thousand lines each is planned within one transaction. */
const PAGE_RECORDS = 100;

export async function planRecords(
  context: SyncContext,
  recordType: RecordType,
  rulebook: Rulebook,
  until: Date,
): Promise<Progress> {
  if (await isPhaseDone(context, recordType, "plannedAt")) return DONE;
  const noteWritten = keepStatistics(context);
  // What lies behind was planned by this very call: it is not looked through again for every page.
  let after = 0n;
  let isSecondLook = false;
  for (;;) {
    const page = await context.database.withWorkspace(context.workspaceId, async (tx) => {
      const loaded = await loadPending(context, tx, recordType, after);
      if (loaded.pending.length > 0) await planPage(context, tx, recordType, rulebook, loaded.pending);
      return { planned: loaded.pending.length, last: loaded.last };
    });
    await noteWritten(page.planned);
    if (page.last !== null) after = page.last;
    else if (after === 0n || isSecondLook) break;
    else {
      // What changed its state behind us meanwhile is still to be planned.
      after = 0n;
      isSecondLook = true;
    }
    if (context.clock.now() >= until) return AGAIN;
  }
  await markPhaseDone(context, recordType, "plannedAt");
  return DONE;
}

interface PendingPage {
  /** Those of the page that have no planned change in this run. */
  readonly pending: readonly PendingRecord[];
  /** Where the next page begins; null after the last. */
  readonly last: bigint | null;
}

async function loadPending(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  after: bigint,
): Promise<PendingPage> {
  // The page is cut out first: a plan that is joined to all that is pending is read whole for every page.
  const page = await tx.$queryRaw<
    {
      id: string;
      sequence: bigint;
      content_hash: string;
      record: unknown;
      has_vanished: boolean;
      is_planned: boolean;
    }[]
  >`
    SELECT s.id, s.sequence, s.content_hash, s.record, s.gone_at IS NOT NULL AS has_vanished,
           EXISTS (SELECT 1 FROM planned_changes p
                    WHERE p.run_id = ${context.runId}::uuid AND p.record_type = s.record_type
                      AND p.source_external_id = s.external_id) AS is_planned
      FROM (SELECT * FROM record_snapshots
             WHERE connection_id = ${context.source.connectionId}::uuid AND record_type = ${recordType}
               AND sequence > ${after}
               AND (disposition IN ('pending', 'exception') OR disposition_hash IS DISTINCT FROM content_hash)
             ORDER BY sequence LIMIT ${PAGE_RECORDS}) s
     ORDER BY s.sequence`;
  const rows = page.filter((row) => !row.is_planned);
  const records = rows.map((row) => canonicalRecordSchema.parse(row.record));
  const overridden = await applyOverrides(context, tx, recordType, records);
  const pending = rows.flatMap((row, index) => {
    const chosen = overridden.get(records[index]?.externalId ?? "");
    const { id: snapshotId, content_hash: contentHash, has_vanished: hasVanished } = row;
    return chosen ? [{ snapshotId, contentHash, hasVanished, ...chosen }] : [];
  });
  return { pending, last: page.length < PAGE_RECORDS ? null : (page.at(-1)?.sequence ?? null) };
}

async function planPage(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  rulebook: Rulebook,
  pending: readonly PendingRecord[],
): Promise<void> {
  const records = pending.map((one) => one.record);
  const references = await loadReferences(context, tx, records, "planning");
  const verdicts = await loadVerdicts(context, tx, recordType, records);
  const sought = new Map(
    pending.map(({ record, overrides }) => {
      const own = rulesFor(overrides, references, rulebook);
      const said = verdicts.get(record.externalId) ?? NOTHING_SAID;
      return [record.externalId, describeSought(record, own.references, own.rulebook, said)];
    }),
  );
  const openAtCutOver = await loadOpenAtCutOver(context, tx, records);
  const candidatesOf = await loadCandidates(context, tx, recordType, [...sought.values()]);
  const links = await loadLinks(context, tx, recordType, pending);
  const claimed = await loadClaims(context, tx, recordType, sought, links);
  const refused = await loadRefusals(context, tx, recordType, pending);
  const dismissed = await loadDismissed(context, tx, recordType, pending);
  const taken = new Set<string>();
  const decisions = pending.map((one) => {
    const key = sought.get(one.record.externalId) ?? NOTHING_SOUGHT;
    const found = candidatesOf(key);
    const isFree = (candidate: CanonicalRecord): boolean => !taken.has(candidate.externalId);
    const own = rulesFor(one.overrides, references, rulebook);
    const decision = decideChange(
      one.record,
      {
        link: links.get(one.record.externalId) ?? null,
        candidates: found.equal.filter(isFree),
        near: found.near.filter(isFree),
        takenBack: found.takenBack,
        verdicts: verdicts.get(one.record.externalId) ?? NOTHING_SAID,
        postedFrom: found.postedFrom,
        isNameClaimed:
          isUnique(recordType) && isClaimedByAnother(claimed, key.naturalKey, one.record.externalId),
        refusedBefore: refused.get(one.record.externalId) ?? null,
        isDismissed: dismissed.has(one.record.externalId),
        hasVanished: one.hasVanished ?? false,
        openAtCutOver: openAtCutOver.get(one.record.externalId) ?? null,
        reissuedAs: null,
      },
      own.references,
      own.rulebook,
    );
    if (decision.verb === "link") taken.add(decision.ledgerExternalId);
    if (decision.verb === "link" || decision.verb === "create")
      claimed.set(key.naturalKey, one.record.externalId);
    return { pending: one, naturalKey: key.naturalKey, decision, postedFrom: found.postedFrom };
  });
  const weighed = await weighChanges(context, tx, recordType, rulebook, decisions);
  await storeDecisions(context, tx, recordType, weighed);
}

function isClaimedByAnother(
  claimed: ReadonlyMap<string, string>,
  naturalKey: string,
  externalId: string,
): boolean {
  const owner = claimed.get(naturalKey);
  return owner !== undefined && owner !== externalId;
}

function describeSought(
  record: CanonicalRecord,
  references: References,
  rulebook: Rulebook,
  said: ReadonlyMap<string, Verdict>,
): Sought {
  const mapped = mapRecord(record, rulebook.maps, references);
  const prepared = rulebook.rules.prepare(
    mapped.ok ? mapped.value.record : record,
    rulebook.markerOf(record.externalId),
  );
  const isSettlement = !isUnique(record.recordType);
  return {
    // A settlement is known by its documents: while these are not in the ledger there is nothing to find.
    naturalKey: isSettlement && !mapped.ok ? "" : rulebook.rules.naturalKey(prepared.record),
    marker: prepared.record.marker,
    email: record.recordType === "contact" ? record.email.trim().toLowerCase() : "",
    ...looseKeysOf(prepared.record),
    saidToBe: [...said].flatMap(([id, { verdict }]) => (verdict === "same" ? [id] : [])),
  };
}

interface PlannedRecord extends Weighed {
  readonly pending: PendingRecord;
  readonly naturalKey: string;
  readonly decision: Decision;
  readonly postedFrom: ReadonlyMap<string, string>;
}

async function storeDecisions(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  planned: readonly PlannedRecord[],
): Promise<void> {
  await insertPlannedChanges(context, tx, recordType, planned.map(changeRow));
  const blocked = planned.flatMap(({ pending, decision }) =>
    decision.verb === "block"
      ? [
          {
            record: pending.record,
            contentHash: pending.contentHash,
            problem: decision.problem,
            ...(decision.sides === undefined ? {} : { sides: decision.sides }),
          },
        ]
      : [],
  );
  await openExceptions(context, tx, blocked);
  await storeQuestions(context, tx, recordType, planned);
  const excluded = planned.filter((one) => one.decision.verb === "exclude");
  for (const [reason, ids] of groupSnapshots(excluded)) {
    await tx.$executeRaw`
      UPDATE record_snapshots SET disposition = 'excluded', disposition_reason = ${reason}, disposition_hash = content_hash
       WHERE id IN (${Prisma.join(ids.map((id) => Prisma.sql`${id}::uuid`))})`;
  }
  if (excluded.length > 0) {
    await tx.syncException.updateMany({
      where: {
        pairId: context.pairId,
        recordType,
        state: { in: ["open", "dismissed"] },
        sourceExternalId: {
          in: excluded.flatMap(({ pending, decision }) =>
            decision.verb === "exclude" && decision.reason !== "dismissed" ? [pending.record.externalId] : [],
          ),
        },
      },
      data: { state: "resolved", resolvedAt: context.clock.now() },
    });
  }
  const count = (verbs: readonly string[]): number =>
    planned.filter((one) => verbs.includes(one.decision.verb)).length;
  await tx.syncPass.update({
    where: { runId_recordType: { runId: context.runId, recordType } },
    data: {
      planned: { increment: planned.length },
      toPost: { increment: count(["create", "update", "void"]) },
      excluded: { increment: excluded.length },
      failed: { increment: blocked.length },
    },
  });
}

function groupSnapshots(excluded: readonly PlannedRecord[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { pending, decision } of excluded) {
    if (decision.verb !== "exclude") continue;
    groups.set(decision.reason, [...(groups.get(decision.reason) ?? []), pending.snapshotId]);
  }
  return groups;
}

function changeRow({ pending, naturalKey, decision, worth, approvalHash }: PlannedRecord): NewPlannedChange {
  const summary = summarise(pending.record);
  const row = {
    sourceExternalId: pending.record.externalId,
    verb: decision.verb,
    number: summary.number,
    label: summary.label,
    currency: summary.amount?.currency ?? null,
    grossMinor: summary.amount?.minor ?? null,
    baseMinor: worth.base?.minor ?? null,
    approvalHash,
    booked: encode(worth.booked),
    naturalKey,
    reason: null,
    ledgerExternalId: null,
    ledgerCode: "",
    detail: {},
  };
  switch (decision.verb) {
    case "exclude":
      return { ...row, reason: decision.reason, naturalKey: "" };
    case "block":
      return {
        ...row,
        reason: decision.problem.cause,
        naturalKey: "",
        detail: encode(decision.problem),
      };
    case "link":
      return {
        ...row,
        ledgerExternalId: decision.ledgerExternalId,
        ledgerCode: decision.ledgerCode,
        detail: encode({ how: decision.how, evidence: decision.evidence }),
      };
    default:
      return {
        ...row,
        ledgerExternalId: decision.ledgerExternalId,
        ledgerCode: decision.record.recordType === "item" ? decision.record.code : "",
        detail: encode({
          warnings: [...overrideWarnings(pending.overrides), ...decision.warnings],
          // The journal stands beside, in base currency as well.
          prediction: decision.prediction && { ...decision.prediction, journal: undefined },
          ...reissueOf(pending.record, decision.record),
        }),
      };
  }
}

/** The number under which a document goes where that is not its own. */
function reissueOf(pending: CanonicalRecord, planned: CanonicalRecord): { reissuedAs?: string } {
  return "number" in pending && "number" in planned && pending.number !== planned.number
    ? { reissuedAs: planned.number }
    : {};
}
