import type { Transaction } from "@/lib/db/client";
import { sightOf } from "@/lib/domain/personal-details";
import type { DecidedMatchView, MatchesView, MatchView } from "@/lib/domain/views/match-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { namesOfPair } from "../exceptions/describe-exception";
import { noteDetailsSeen } from "../privacy/note-details-seen";
import { parseRecordType } from "../runs/get-run";
import { definitionOf, getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

const RECORDS_SHOWN = 50;
const DECIDED_SHOWN = 50;

/** What waits for a person's word whether two records are one, oldest first, and what was decided; null without a pair. */
export async function listMatches(access: WorkspaceAccess): Promise<MatchesView | null> {
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return null;
    const { rules } = definitionOf(runtime, pair.ledger.connectorId);
    const names = namesOfPair(runtime, pair);
    const { rows, total } = await loadOpen(tx, pair.id);
    const sight = sightOf(access);
    const contacts = rows.filter(({ recordType }) => recordType === "contact");
    await noteDetailsSeen(
      tx,
      access,
      contacts.map(({ recordType, sourceExternalId: externalId }) => ({ recordType, externalId })),
      runtime.clock.now(),
    );
    const byRecord = new Map<string, MatchView>();
    for (const row of rows) {
      const key = `${row.recordType} ${row.sourceExternalId}`;
      const recordType = parseRecordType(row.recordType);
      const { sourceExternalId } = row;
      const [sourceWords, ledgerWords, differences] = [
        sight.text(row.sourceWords),
        sight.text(row.ledgerWords),
        sight.text(row.differences),
      ];
      const link = rules.link(recordType, row.ledgerExternalId);
      const known = byRecord.get(key)?.candidates ?? [];
      byRecord.set(key, {
        recordType,
        sourceExternalId,
        sourceWords,
        candidates: [...known, { questionId: row.id, ledgerWords, differences, link }],
      });
    }
    return {
      sourceName: names.source,
      ledgerName: names.ledger,
      open: [...byRecord.values()],
      total,
      decided: (await loadDecided(tx, pair.id)).map((row) => ({
        ...row,
        sourceWords: sight.text(row.sourceWords),
        ledgerWords: sight.text(row.ledgerWords),
      })),
    };
  });
}

async function loadOpen(tx: Transaction, pairId: string) {
  const records = await tx.matchQuestion.groupBy({
    by: ["recordType", "sourceExternalId"],
    where: { pairId, verdict: null },
    _min: { createdAt: true },
    orderBy: [{ _min: { createdAt: "asc" } }, { sourceExternalId: "asc" }],
  });
  const shown = records.slice(0, RECORDS_SHOWN);
  const rows = await tx.matchQuestion.findMany({
    where: {
      pairId,
      verdict: null,
      OR: shown.map(({ recordType, sourceExternalId }) => ({ recordType, sourceExternalId })),
    },
    orderBy: [{ createdAt: "asc" }, { sourceExternalId: "asc" }, { ledgerExternalId: "asc" }],
  });
  return { rows: shown.length === 0 ? [] : rows, total: records.length };
}

async function loadDecided(tx: Transaction, pairId: string): Promise<DecidedMatchView[]> {
  const rows = await tx.matchQuestion.findMany({
    where: { pairId, verdict: { not: null } },
    orderBy: { decidedAt: "desc" },
    take: DECIDED_SHOWN,
  });
  return rows.map((row) => ({
    questionId: row.id,
    recordType: parseRecordType(row.recordType),
    sourceWords: row.sourceWords,
    ledgerWords: row.ledgerWords,
    verdict: row.verdict === "same" ? "same" : "another",
    decidedByName: row.decidedByName,
    decidedAt: row.decidedAt?.toISOString() ?? "",
  }));
}
