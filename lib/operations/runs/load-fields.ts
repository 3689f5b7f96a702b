import { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import { type CanonicalRecord, canonicalRecordSchema, isDocument } from "@/lib/domain/canonical-record";
import { pairSettingsSchema } from "@/lib/domain/pair-settings";
import { type RecordOverride, recordOverrideSchema } from "@/lib/domain/record-override";
import type { RecordType } from "@/lib/domain/record-type";
import { type ReferenceData, referenceDataSchema } from "@/lib/domain/reference-data";
import type { FieldChange } from "@/lib/domain/views/run-view";
import { addRoundingLine } from "@/lib/mapping/add-rounding-line";
import { overrideRecord } from "@/lib/mapping/apply-overrides";
import { mapRecord } from "@/lib/mapping/map-record";
import type { References } from "@/lib/mapping/references";
import { buildValueMaps } from "@/lib/mapping/value-maps";
import type { Rulebook } from "@/lib/sync/decision";
import { rulesFor } from "@/lib/sync/load-overrides";
import { type LookupScope, loadReferences } from "@/lib/sync/load-references";
import { definitionOf, type Runtime } from "../runtime";
import { compareFields } from "./describe-fields";

/** A planned change, as far as its fields need it. */
export interface ShownChange {
  readonly recordType: RecordType;
  readonly sourceExternalId: string;
  readonly verb: string;
  readonly ledgerExternalId: string | null;
  readonly detail: unknown;
}

/**
 * Field by field what stands in the ledger and what will stand there, for a page of planned changes; by record type and
 * source id. It is worked out when somebody looks: what was sent as it was sent, what is only planned by the very
 * decision that the posting will make.
 */
export async function loadFields(
  runtime: Runtime,
  tx: Transaction,
  run: { readonly id: string; readonly pairId: string; readonly undoesRunId: string | null },
  changes: readonly ShownChange[],
): Promise<Map<string, FieldChange[]>> {
  const pair = await tx.pair.findUniqueOrThrow({
    where: { id: run.pairId },
    include: { source: true, ledger: true },
  });
  const scope: LookupScope = {
    pairId: run.pairId,
    runId: run.id,
    source: { connectionId: pair.sourceConnectionId },
  };
  const reference = await tx.referenceSet.findUnique({ where: { connectionId: pair.ledgerConnectionId } });
  const fields = new Map<string, FieldChange[]>();
  if (!reference) return fields;
  const ledger = referenceDataSchema.parse(reference.payload);
  const rulebook = await loadRulebookOf(runtime, tx, pair, ledger);
  for (const recordType of new Set(changes.map((change) => change.recordType))) {
    const own = changes.filter((change) => change.recordType === recordType);
    const before = await loadLedgerRecords(tx, pair.ledgerConnectionId, recordType, own);
    const after =
      run.undoesRunId === null ? await loadAfter(tx, scope, recordType, rulebook, own) : loadReversing(own);
    for (const change of own) {
      const old = change.ledgerExternalId === null ? null : (before.get(change.ledgerExternalId) ?? null);
      const fresh = after.get(change.sourceExternalId) ?? null;
      if (old !== null || fresh !== null)
        fields.set(
          `${recordType}:${change.sourceExternalId}`,
          compareFields(old, change.verb === "void" ? null : fresh, ledger),
        );
    }
  }
  return fields;
}

async function loadRulebookOf(
  runtime: Runtime,
  tx: Transaction,
  pair: {
    readonly id: string;
    readonly settings: unknown;
    readonly ledger: { readonly connectorId: string };
  },
  ledger: ReferenceData,
): Promise<Rulebook> {
  const { rules, manifest } = definitionOf(runtime, pair.ledger.connectorId);
  const settings = pairSettingsSchema.parse(pair.settings);
  const rows = await tx.valueMap.findMany({ where: { pairId: pair.id } });
  return {
    settings,
    maps: buildValueMaps(rows, settings.documentStatus ?? "draft", ledger),
    ledger,
    rules,
    writable: (recordType, verb) => manifest.capabilities[recordType].write.includes(verb),
    markerOf: (sourceExternalId) => ({
      origin: runtime.env.APP_ORIGIN,
      pairId: pair.id,
      sourceExternalId,
    }),
  };
}

async function loadLedgerRecords(
  tx: Transaction,
  connectionId: string,
  recordType: RecordType,
  changes: readonly ShownChange[],
): Promise<Map<string, CanonicalRecord>> {
  const rows = await tx.ledgerRecord.findMany({
    where: {
      connectionId,
      recordType,
      externalId: { in: changes.flatMap((change) => change.ledgerExternalId ?? []) },
    },
    select: { externalId: true, record: true },
  });
  return new Map(rows.map((row) => [row.externalId, canonicalRecordSchema.parse(row.record)]));
}

/** As it is to be sent or was sent; of a link, the source record as it is. */
async function loadAfter(
  tx: Transaction,
  scope: LookupScope,
  recordType: RecordType,
  rulebook: Rulebook,
  changes: readonly ShownChange[],
): Promise<Map<string, CanonicalRecord>> {
  const ids = changes.map((change) => change.sourceExternalId);
  const where = { recordType, sourceExternalId: { in: ids } };
  const sent = await tx.writeIntent.findMany({
    where: { ...where, runId: scope.runId },
    select: { sourceExternalId: true, payload: true },
  });
  const snapshots = await tx.recordSnapshot.findMany({
    where: { connectionId: scope.source.connectionId, recordType, externalId: { in: ids } },
    select: { externalId: true, record: true },
  });
  const overrides = await tx.recordOverride.findMany({ where: { ...where, pairId: scope.pairId } });
  const records = snapshots.map((row) => canonicalRecordSchema.parse(row.record));
  const references = await loadReferences(scope, tx, records, "planning");
  const changeOf = new Map(changes.map((change) => [change.sourceExternalId, change]));
  const after = new Map<string, CanonicalRecord>();
  for (const record of records) {
    const change = changeOf.get(record.externalId);
    const chosen = overrides
      .filter((row) => row.sourceExternalId === record.externalId)
      .map((row) => recordOverrideSchema.parse(row));
    const mapped = change && asPlanned(change, overrideRecord(record, chosen), chosen, references, rulebook);
    if (mapped) after.set(record.externalId, mapped);
  }
  for (const row of sent) after.set(row.sourceExternalId, canonicalRecordSchema.parse(row.payload));
  return after;
}

const reversingSchema = z.object({ record: canonicalRecordSchema });

/** What takes a record in a closed period back was planned whole. */
function loadReversing(changes: readonly ShownChange[]): Map<string, CanonicalRecord> {
  return new Map(
    changes.flatMap((change): [string, CanonicalRecord][] =>
      change.verb === "create"
        ? [[change.sourceExternalId, reversingSchema.parse(change.detail).record]]
        : [],
    ),
  );
}

const reissuedSchema = z.object({ reissuedAs: z.string().optional() });

/** The record in the ledger's keys, with what the posting adds to it; null where it cannot be mapped any more. */
function asPlanned(
  change: ShownChange,
  record: CanonicalRecord,
  chosen: readonly RecordOverride[],
  references: References,
  rulebook: Rulebook,
): CanonicalRecord | null {
  if (change.verb === "link") return record;
  const own = rulesFor(chosen, references, rulebook);
  const { reissuedAs } = reissuedSchema.parse(change.detail);
  const numbered =
    reissuedAs !== undefined && "number" in record ? { ...record, number: reissuedAs } : record;
  const mapped = mapRecord(numbered, own.rulebook.maps, own.references);
  if (!mapped.ok) return null;
  const prepared = rulebook.rules.prepare(mapped.value.record, rulebook.markerOf(record.externalId)).record;
  const prediction = isDocument(prepared) ? rulebook.rules.predict(prepared, rulebook.ledger) : null;
  if (!isDocument(prepared) || prediction === null) return prepared;
  const rounded = addRoundingLine(prepared, prediction.gross, own.rulebook.maps);
  return rounded.ok ? rounded.value.record : prepared;
}
