import { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import { canonicalRecordSchema, summarise } from "@/lib/domain/canonical-record";
import { isPersonalField, sightOf } from "@/lib/domain/personal-details";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import { referenceDataSchema } from "@/lib/domain/reference-data";
import { amountView } from "@/lib/domain/views/amount";
import type { RecordEvent, RecordStanding, RecordView } from "@/lib/domain/views/record-view";
import { TIE_OUT_WEIGHTS } from "@/lib/domain/views/tie-out-kind";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { EXCLUSIONS } from "@/lib/sync/exclusion";
import { namesOfPair } from "../exceptions/describe-exception";
import { noteDetailsSeen } from "../privacy/note-details-seen";
import type { Names } from "../runs/describe-fields";
import { loadFields } from "../runs/load-fields";
import { definitionOf, getRuntime, type Runtime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { type HistoryRows, recordHistory } from "./record-history";

const NEWEST = 100;
/** A run that is none: what is compared is the record as it stands, not as a run planned it. */
const NO_RUN = "00000000-0000-0000-0000-000000000000";
const fieldNameSchema = z.array(z.object({ field: z.string() }));

export interface RecordAddress {
  readonly recordType: string;
  readonly externalId: string;
}

type Pair = NonNullable<Awaited<ReturnType<typeof loadPairIn>>>;
interface RecordKey {
  readonly recordType: RecordType;
  readonly externalId: string;
}

/** One record of the source, what the ledger has of it, and everything that happened to it; null where there is none. */
export async function getRecord(access: WorkspaceAccess, address: RecordAddress): Promise<RecordView | null> {
  const recordType = RECORD_TYPES.find((one) => one === address.recordType);
  if (!recordType) return null;
  const key = { recordType, externalId: address.externalId };
  const runtime = await getRuntime();
  const found = await runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    return pair ? loadRecord(runtime, tx, pair, key) : null;
  });
  if (!found) return null;
  const { actors, ...rest } = found;
  const nameOf = await loadPeople(runtime, actors);
  const { names, reference, snapshot } = rest;
  const record = canonicalRecordSchema.parse(snapshot.record);
  const { number, label, date, amount } = summarise(record);
  const history = recordHistory(historyRows(rest, nameOf), { names, reference });
  if ([rest.sides, ...history.map(({ fields }) => fields)].some(holdsDetails))
    await runtime.database.withWorkspace(access.workspaceId, (tx) =>
      noteDetailsSeen(tx, access, [key], runtime.clock.now()),
    );
  const sight = sightOf(access);
  const standing = standingOf(rest, names);
  const rules = (connectorId: string) => definitionOf(runtime, connectorId).rules;
  return {
    recordType,
    number,
    label,
    date,
    amount: amount ? amountView(amount) : null,
    names,
    standing: { ...standing, words: sight.text(standing.words) },
    sourceLink: rules(rest.pair.source.connectorId).link(recordType, key.externalId),
    ledgerLink: rest.link
      ? rules(rest.pair.ledger.connectorId).link(recordType, rest.link.ledgerExternalId)
      : null,
    sides: sight.fields(rest.sides),
    history: history.map((event) => ({
      ...event,
      detail: sight.text(event.detail),
      fields: sight.fields(event.fields),
    })),
  };
}

const holdsDetails = (fields: RecordEvent["fields"]): boolean =>
  fields.some(({ field }) => isPersonalField(field));

async function loadRecord(
  runtime: Runtime,
  tx: Transaction,
  pair: Pair,
  { recordType, externalId }: RecordKey,
) {
  const snapshot = await tx.recordSnapshot.findUnique({
    where: {
      connectionId_recordType_externalId: { connectionId: pair.sourceConnectionId, recordType, externalId },
    },
  });
  if (!snapshot) return null;
  const own = { pairId: pair.id, recordType, sourceExternalId: externalId };
  const link = await tx.recordLink.findFirst({ where: own });
  const newest = { take: NEWEST } as const;
  const intents = await tx.writeIntent.findMany({ where: own, orderBy: { sequence: "desc" }, ...newest });
  const runs = await tx.syncRun.findMany({
    where: { id: { in: intents.map((intent) => intent.runId) } },
    select: { id: true, startedByUserId: true, postedByUserId: true },
  });
  const decisions = await tx.auditEvent.findMany({
    where: { workspaceId: pair.workspaceId, subject: `${recordType}:${externalId}` },
    orderBy: { sequence: "desc" },
    select: { action: true, actorUserId: true, at: true },
    ...newest,
  });
  const stored = await tx.referenceSet.findUnique({ where: { connectionId: pair.ledgerConnectionId } });
  const reference: Names = stored
    ? referenceDataSchema.parse(stored.payload)
    : { accounts: [], taxRates: [] };
  return {
    pair,
    snapshot,
    link,
    intents,
    runs,
    decisions,
    reference,
    names: namesOfPair(runtime, pair),
    exceptions: await tx.syncException.findMany({ where: own, omit: { exchange: true } }),
    overrides: await tx.recordOverride.findMany({ where: own }),
    changes: await loadChanges(tx, pair.id, recordType, externalId, link?.ledgerExternalId ?? null),
    discrepancy: await tx.tieOutFinding.findFirst({
      where: { ...own, weight: TIE_OUT_WEIGHTS.indexOf("discrepancy") },
      select: { id: true },
    }),
    sides: link
      ? await compareSides(runtime, tx, pair, { recordType, externalId }, link.ledgerExternalId)
      : [],
    actors: [
      ...runs.flatMap(({ startedByUserId, postedByUserId }) => [startedByUserId, postedByUserId]),
      ...decisions.map(({ actorUserId }) => actorUserId),
    ].flatMap((userId) => userId ?? []),
  };
}

type Found = Omit<NonNullable<Awaited<ReturnType<typeof loadRecord>>>, "actors">;

async function loadChanges(
  tx: Transaction,
  pairId: string,
  recordType: RecordType,
  sourceId: string,
  ledgerId: string | null,
) {
  const own = [
    { side: "source", externalId: sourceId },
    ...(ledgerId === null ? [] : [{ side: "ledger", externalId: ledgerId }]),
  ];
  return tx.entryChange.findMany({
    where: { pairId, recordType, OR: own },
    orderBy: { id: "desc" },
    take: NEWEST,
  });
}

async function compareSides(
  runtime: Runtime,
  tx: Transaction,
  pair: Pair,
  { recordType, externalId }: RecordKey,
  ledgerExternalId: string,
) {
  const run = { id: NO_RUN, pairId: pair.id, undoesRunId: null };
  const asLinked = { recordType, sourceExternalId: externalId, verb: "link", ledgerExternalId, detail: {} };
  const fields = await loadFields(runtime, tx, run, [asLinked]);
  return fields.get(`${recordType}:${externalId}`) ?? [];
}

/** Names of those who did something; empty for who is gone, and for the system. */
async function loadPeople(
  runtime: Runtime,
  userIds: readonly string[],
): Promise<(userId: string | null) => string> {
  const users =
    userIds.length === 0
      ? []
      : await runtime.database.withoutWorkspace((tx) =>
          tx.user.findMany({
            where: { id: { in: [...new Set(userIds)] } },
            select: { id: true, name: true, email: true },
          }),
        );
  const nameOf = new Map(users.map((user) => [user.id, user.name ?? user.email]));
  return (userId) => (userId === null ? "" : (nameOf.get(userId) ?? ""));
}

function historyRows(found: Found, nameOf: (userId: string | null) => string): HistoryRows {
  const runOf = new Map(found.runs.map((run) => [run.id, run]));
  return {
    snapshot: found.snapshot,
    link: found.link,
    exceptions: found.exceptions,
    overrides: found.overrides,
    intents: found.intents.map((intent) => {
      const run = runOf.get(intent.runId);
      return {
        ...intent,
        isToSource: intent.connectionId === found.pair.sourceConnectionId,
        by: nameOf(run?.postedByUserId ?? run?.startedByUserId ?? null),
      };
    }),
    changes: found.changes.map((row) => ({
      ...row,
      fields: (fieldNameSchema.safeParse(row.fields).data ?? []).map(({ field }) => field),
    })),
    decisions: found.decisions.map(({ action, actorUserId, at }) => ({
      action,
      at,
      by: nameOf(actorUserId),
    })),
  };
}

function standingOf(
  { snapshot, link, exceptions, discrepancy }: Found,
  { source, ledger }: RecordView["names"],
): RecordStanding {
  const open = exceptions.find(({ state }) => state === "open");
  if (open) return { state: "needsYou", words: `${open.message} ${open.remedy}`, exceptionId: open.id };
  const reason = Object.entries(EXCLUSIONS).find(([code]) => code === snapshot.dispositionReason)?.[1];
  if (snapshot.disposition === "excluded")
    return { state: "leftOut", words: reason ?? "It is left out by a rule.", exceptionId: null };
  const isUnchanged = snapshot.dispositionHash === snapshot.contentHash;
  if (link && isUnchanged && snapshot.disposition !== "pending")
    return discrepancy
      ? {
          state: "differs",
          words: `It is in ${ledger}, but the last tie-out found that it differs from ${source}. What can be seen of it is marked below.`,
          exceptionId: null,
        }
      : { state: "agrees", words: `${ledger} has it as it is in ${source}.`, exceptionId: null };
  const words = link
    ? `It changed in ${source} since ${ledger} was told. The next run takes it along.`
    : `It is not in ${ledger} yet. The next run takes it along.`;
  return { state: "waiting", words, exceptionId: null };
}
