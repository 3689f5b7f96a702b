import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { isOverrideStale, type RecordOverride, recordOverrideSchema } from "@/lib/domain/record-override";
import type { RecordType } from "@/lib/domain/record-type";
import { overrideMaps, overrideRecord, overrideReferences } from "@/lib/mapping/apply-overrides";
import type { References } from "@/lib/mapping/references";
import type { Rulebook } from "./decision";
import type { SyncContext } from "./sync-context";

/**
 * What people chose for single records, as the plan and the posting apply it: both by these functions, so that what a
 * preview shows is what is sent. A choice about a field that the source has changed since is dropped, and the audit
 * trail says so.
 */
export interface Overridden {
  /** Under the number and date that were chosen. */
  readonly record: CanonicalRecord;
  readonly overrides: readonly RecordOverride[];
}

/** Each record as it is to be posted, with the choices that still stand. Drops those that do not. */
export async function applyOverrides(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  records: readonly CanonicalRecord[],
): Promise<Map<string, Overridden>> {
  const rows = await tx.recordOverride.findMany({
    where: {
      pairId: context.pairId,
      recordType,
      sourceExternalId: { in: records.map((record) => record.externalId) },
    },
    orderBy: [{ field: "asc" }, { sourceKey: "asc" }],
  });
  const chosen = new Map<string, RecordOverride[]>();
  const recordOf = new Map(records.map((record) => [record.externalId, record]));
  for (const row of rows) {
    const override = recordOverrideSchema.parse(row);
    const record = recordOf.get(row.sourceExternalId);
    if (!record || isOverrideStale(record, override)) {
      await tx.recordOverride.delete({ where: { id: row.id } });
      await recordEvent(tx, {
        workspaceId: context.workspaceId,
        actorUserId: null,
        action: "record.overrideDropped",
        subject: `${recordType}:${row.sourceExternalId}`,
        before: { field: override.field, sourceKey: override.sourceKey, value: override.value },
        at: context.clock.now(),
      });
    } else {
      chosen.set(row.sourceExternalId, [...(chosen.get(row.sourceExternalId) ?? []), override]);
    }
  }
  return new Map(
    records.map((record) => {
      const overrides = chosen.get(record.externalId) ?? [];
      return [record.externalId, { record: overrideRecord(record, overrides), overrides }];
    }),
  );
}

/** The rulebook and references that hold for a record with these choices. */
export function rulesFor(
  overrides: readonly RecordOverride[],
  references: References,
  rulebook: Rulebook,
): { readonly references: References; readonly rulebook: Rulebook } {
  if (overrides.length === 0) return { references, rulebook };
  return {
    references: overrideReferences(references, overrides),
    rulebook: { ...rulebook, maps: overrideMaps(rulebook.maps, overrides) },
  };
}
