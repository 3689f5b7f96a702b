import { isPersonalField, sightOf } from "@/lib/domain/personal-details";
import { disputedFieldsSchema, FIELD_LABELS } from "@/lib/domain/two-sided";
import type { ConflictView } from "@/lib/domain/views/conflict-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { noteDetailsSeen } from "../privacy/note-details-seen";
import { parseRecordType } from "../runs/get-run";
import { definitionOf, getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

const SHOWN_MAX = 50;

/** Records that both sides changed and no rule decides, oldest first, with both versions side by side. */
export async function listConflicts(access: WorkspaceAccess): Promise<readonly ConflictView[]> {
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return [];
    const label = (connectorId: string): string => definitionOf(runtime, connectorId).manifest.label;
    const rows = await tx.syncException.findMany({
      where: { pairId: pair.id, state: "open", cause: "conflict" },
      orderBy: { createdAt: "asc" },
      take: SHOWN_MAX,
    });
    const sight = sightOf(access);
    const views = rows.flatMap((row): ConflictView[] => {
      const sides = disputedFieldsSchema.safeParse(row.sides);
      if (!sides.success) return [];
      return [
        {
          exceptionId: row.id,
          recordType: parseRecordType(row.recordType),
          label: row.label,
          since: row.createdAt.toISOString(),
          sourceLabel: label(pair.source.connectorId),
          ledgerLabel: label(pair.ledger.connectorId),
          fields: sight.fields(
            sides.data.map(({ field, source, ledger }) => ({
              label: FIELD_LABELS[field] ?? field,
              source,
              ledger,
            })),
          ),
        },
      ];
    });
    const withDetails = new Set(
      views.flatMap(({ exceptionId, fields }) =>
        fields.some(({ label: words }) => isPersonalField(words)) ? [exceptionId] : [],
      ),
    );
    await noteDetailsSeen(
      tx,
      access,
      rows
        .filter(({ id }) => withDetails.has(id))
        .map(({ recordType, sourceExternalId: externalId }) => ({ recordType, externalId })),
      runtime.clock.now(),
    );
    return views;
  });
}
