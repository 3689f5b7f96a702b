import { z } from "zod";
import type { Prisma, Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import {
  mayBeAccepted,
  TIE_OUT_KINDS,
  TIE_OUT_WEIGHTS,
  type TieOutKind,
} from "@/lib/domain/views/tie-out-kind";
import { acceptedSentence, type Finding, fingerprintOf } from "@/lib/reconciliation/name-finding";

/**
 * Where the findings of a tie-out go, in batches. All are counted; those that a person has to look at are all kept, of the
 * explained ones so many a kind as anybody reads.
 */
const EXPLAINED_KEPT_MAX = 1_000;

export interface Acceptance {
  readonly by: string;
  readonly at: string;
  readonly why: string;
}

export const acceptanceSchema: z.ZodType<Acceptance> = z.object({
  by: z.string(),
  at: z.string(),
  why: z.string(),
});

export interface NamedFinding extends Finding {
  readonly fingerprint: string;
  readonly accepted: Acceptance | null;
}

export async function createFindingStore(
  tx: Transaction,
  where: { readonly workspaceId: string; readonly pairId: string; readonly tieOutId: string },
) {
  const { workspaceId, pairId, tieOutId } = where;
  // People accept one at a time, so these are few whatever the number of records.
  const acceptances = await tx.tieOutAcceptance.findMany({ where: { pairId } });
  const acceptanceOf = new Map(acceptances.map((row) => [row.fingerprint, row]));
  const counts = new Map<TieOutKind, number>();
  let waiting: Prisma.TieOutFindingCreateManyInput[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length > 0) await tx.tieOutFinding.createMany({ data: waiting });
    waiting = [];
  };
  return {
    /** The finding, as accepted where a person accepted this very difference. */
    settle(finding: Finding): NamedFinding {
      const fingerprint = fingerprintOf(finding);
      const row = mayBeAccepted(finding.kind) ? acceptanceOf.get(fingerprint) : undefined;
      if (!row) return { ...finding, fingerprint, accepted: null };
      return {
        ...finding,
        kind: "accepted",
        sentence: acceptedSentence(row.acceptedByName, row.why),
        fingerprint,
        accepted: { by: row.acceptedByName, at: row.acceptedAt.toISOString(), why: row.why },
      };
    },
    add(finding: NamedFinding): void {
      const { kind } = finding;
      const sofar = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, sofar);
      if (TIE_OUT_KINDS[kind].weight === "explained" && sofar > EXPLAINED_KEPT_MAX) return;
      waiting.push({ workspaceId, pairId, tieOutId, ...findingRow(finding) });
    },
    flush,
    finish: flush,
    counts: (): Partial<Record<TieOutKind, number>> => Object.fromEntries(counts),
    discrepancies: (): number =>
      [...counts].reduce(
        (sum, [kind, count]) => (TIE_OUT_KINDS[kind].weight === "discrepancy" ? sum + count : sum),
        0,
      ),
  };
}

function findingRow(finding: NamedFinding) {
  const { kind, source, ledger, sentence, fields, fingerprint, changedSince, accepted } = finding;
  const shown = source ?? ledger;
  return {
    weight: TIE_OUT_WEIGHTS.indexOf(TIE_OUT_KINDS[kind].weight),
    kind,
    recordType: shown?.recordType ?? "",
    sourceExternalId: source?.id ?? "",
    ledgerExternalId: ledger?.id ?? "",
    number: shown?.number ?? "",
    label: shown?.label ?? "",
    documentDate: shown?.date ?? null,
    currency: shown?.currency ?? null,
    grossMinor: shown?.currency ? shown.gross : null,
    sentence,
    fields: toInputJson(fields),
    fingerprint,
    changedSince,
    ...(accepted ? { accepted: toInputJson(accepted) } : {}),
  };
}
