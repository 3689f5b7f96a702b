import type { Connector, MarkerContext } from "@/lib/connectors/contract/connector";
import { toInputJson } from "@/lib/db/input-json";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { canonicalRecordSchema } from "@/lib/domain/canonical-record";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import type { ReferenceData } from "@/lib/domain/reference-data";
import type { Decimal } from "@/lib/kernel/decimal";
import { buildEntry } from "@/lib/reconciliation/build-entry";
import { type Accounted, accountedKey, compareEntries } from "@/lib/reconciliation/compare";
import type { Entry } from "@/lib/reconciliation/entry";
import { EXCLUSIONS } from "@/lib/sync/exclusion";
import type { SyncContext } from "@/lib/sync/sync-context";
import { AS_STORED, loadReference } from "../connections/load-reference";
import { type RunContext, type RunRef, withRun } from "../runs/run-context";
import { describeTieOut } from "./describe-tie-out";

/**
 * Ties both systems out: the source as it was read, and the ledger as it answers now, by GET alone. Links and intents are
 * not looked at, so a mistake in them cannot hide itself; exclusions and exceptions only name their reasons.
 */
const SNAPSHOT_PAGE = 400;
/** A tie-out reads the whole ledger in one piece of work, at the pace of the budget. */
const PERMIT_WAIT_MAX_MS = 120_000;

export async function runTieOut(ref: RunRef): Promise<{ discrepancies: number }> {
  return withRun(ref, async (run) => tieOutRun(run, ref), { permitWaitMaxMs: PERMIT_WAIT_MAX_MS });
}

async function tieOutRun({ runtime, context }: RunContext, ref: RunRef): Promise<{ discrepancies: number }> {
  const sourceReference = await loadReference(
    runtime,
    ref.workspaceId,
    context.source.connectionId,
    AS_STORED,
  );
  const ledgerReference = await loadReference(
    runtime,
    ref.workspaceId,
    context.ledger.connectionId,
    AS_STORED,
  );
  const { entries: source, accounted } = await readSourceEntries(context, ratesOf(sourceReference));
  const ledger = await readLedgerEntries(context, ratesOf(ledgerReference), source);
  const comparison = compareEntries(source, ledger, accounted);
  const connections = await runtime.database.withWorkspace(ref.workspaceId, (tx) =>
    tx.connection.findMany({
      where: { id: { in: [context.source.connectionId, context.ledger.connectionId] } },
    }),
  );
  const nameOf = (connectionId: string): string =>
    connections.find((row) => row.id === connectionId)?.tenantName ?? "";
  const asOf = runtime.clock.now();
  const report = describeTieOut(comparison, {
    asOf,
    sourceName: nameOf(context.source.connectionId),
    ledgerName: nameOf(context.ledger.connectionId),
  });
  await runtime.database.withWorkspace(ref.workspaceId, (tx) =>
    tx.tieOut.create({
      data: {
        workspaceId: ref.workspaceId,
        pairId: context.pairId,
        runId: ref.runId,
        asOf,
        discrepancies: report.discrepancies,
        report: toInputJson(report),
      },
    }),
  );
  return { discrepancies: report.discrepancies };
}

const ratesOf = (reference: ReferenceData): ReadonlyMap<string, Decimal> =>
  new Map(reference.taxRates.map((rate) => [rate.key, rate.ratePercent]));

async function readSourceEntries(
  context: SyncContext,
  rates: ReadonlyMap<string, Decimal>,
): Promise<{ entries: Entry[]; accounted: Map<string, Accounted> }> {
  const entries: Entry[] = [];
  const accounted = new Map<string, Accounted>();
  const exceptions = await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.syncException.findMany({
      where: { pairId: context.pairId, state: "open" },
      select: { recordType: true, sourceExternalId: true, message: true },
    }),
  );
  const messages = new Map(
    exceptions.map((row) => [`${row.recordType}:${row.sourceExternalId}`, row.message]),
  );
  let after = 0n;
  for (;;) {
    const rows = await context.database.withWorkspace(context.workspaceId, (tx) =>
      tx.recordSnapshot.findMany({
        where: { connectionId: context.source.connectionId, sequence: { gt: after } },
        orderBy: { sequence: "asc" },
        take: SNAPSHOT_PAGE,
        select: { sequence: true, record: true, disposition: true, dispositionReason: true },
      }),
    );
    for (const row of rows) {
      after = row.sequence;
      const record = canonicalRecordSchema.parse(row.record);
      entries.push(buildEntry(record, expectedMarker(record, context), rates));
      const key = accountedKey(record.recordType, record.externalId);
      const message = messages.get(key);
      if (message !== undefined) accounted.set(key, { kind: "exception", sentence: message });
      else if (row.disposition === "excluded")
        accounted.set(key, { kind: "excluded", sentence: exclusionSentence(row.dispositionReason) });
    }
    if (rows.length < SNAPSHOT_PAGE) return { entries, accounted };
  }
}

function exclusionSentence(reason: string | null): string {
  const found = Object.entries(EXCLUSIONS).find(([code]) => code === reason);
  return found ? found[1] : "It is left out.";
}

/** The marker that the record bears in the ledger if we put it there. */
function expectedMarker(record: CanonicalRecord, context: SyncContext): string {
  const marker: MarkerContext = {
    origin: context.origin,
    pairId: context.pairId,
    sourceExternalId: record.externalId,
  };
  return context.ledger.rules.prepare(record, marker).record.marker;
}

async function readLedgerEntries(
  context: SyncContext,
  rates: ReadonlyMap<string, Decimal>,
  source: readonly Entry[],
): Promise<Entry[]> {
  const { connector, manifest, rules } = context.ledger;
  const entries: Entry[] = [];
  const numbers = createSourceNumbers(source);
  for (const recordType of RECORD_TYPES) {
    // Kinds that arrive with another are in that one's pages.
    if (typeof manifest.capabilities[recordType].read !== "string") continue;
    for await (const page of readAll(connector, recordType)) {
      for (const record of page) {
        const marker = rules.isMarker(record.marker, context) ? record.marker : "";
        entries.push(buildEntry(numbers.translate(record, marker), marker, rates));
      }
    }
  }
  return entries;
}

/**
 * A settlement names its documents by number, and a document of ours that was posted anew may bear another number in the
 * ledger: there it is read under the number that it has in the source, which our marker on it tells.
 */
function createSourceNumbers(source: readonly Entry[]) {
  const numberOfMarker = new Map(
    source.flatMap((entry) => (entry.marker === "" ? [] : [[entry.marker, entry.number] as const])),
  );
  const numberOfDocument = new Map<string, string>();
  return {
    translate(record: CanonicalRecord, marker: string): CanonicalRecord {
      switch (record.recordType) {
        case "invoice":
        case "creditNote": {
          const number = numberOfMarker.get(marker);
          if (number !== undefined) numberOfDocument.set(record.externalId, number);
          return record;
        }
        case "payment":
          return { ...record, invoiceNumber: numberOfDocument.get(record.invoiceId) ?? record.invoiceNumber };
        case "allocation":
          return {
            ...record,
            invoiceNumber: numberOfDocument.get(record.invoiceId) ?? record.invoiceNumber,
            creditNoteNumber: numberOfDocument.get(record.creditNoteId) ?? record.creditNoteNumber,
          };
        default:
          return record;
      }
    },
  };
}

async function* readAll(
  connector: Connector,
  recordType: RecordType,
): AsyncIterable<readonly CanonicalRecord[]> {
  for await (const page of connector.pull(recordType, null, { knownVersions: async () => new Map() }))
    yield page.records;
}
