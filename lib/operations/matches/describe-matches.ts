import { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import { canonicalRecordSchema, summarise } from "@/lib/domain/canonical-record";
import { amountView } from "@/lib/domain/views/amount";
import type { MatchParty, MatchRow } from "@/lib/domain/views/match-row";
import { EXCLUSIONS } from "@/lib/sync/exclusion";
import type { MatchedPair } from "./find-plan";
import type { StatusQuery, StatusRow } from "./match-statuses";
import { loadRunnersUp } from "./runners-up";

/**
 * A page of statuses in words: both parties, why they are taken for one, the next best candidate, and what a person said. A
 * record in doubt takes a row for each of its candidates, since each is a question of its own.
 */
export async function describeMatches(
  tx: Transaction,
  pair: MatchedPair,
  query: StatusQuery,
  statuses: readonly StatusRow[],
  names: { readonly ledger: string; readonly link: (externalId: string) => string | null },
): Promise<MatchRow[]> {
  const { recordType } = query;
  const known = await loadKnown(tx, pair, query, statuses);
  const partyIn = (externalId: string) => {
    const party = known.ledger.get(externalId);
    return party ? { ...party, link: names.link(externalId) } : null;
  };
  const matched = statuses.flatMap((row) => {
    const ledgerId = row.status === "matched" ? ledgerIdOf(known, row.externalId) : null;
    return ledgerId === null ? [] : [ledgerId];
  });
  const runnersUp = await loadRunnersUp(tx, pair, recordType, matched);
  return statuses.flatMap(({ side, externalId, status }): MatchRow[] => {
    if (side === "ledger") {
      const ledger = partyIn(externalId);
      return ledger
        ? [{ recordType, status, source: null, ledger, evidence: "", runnerUp: "", said: null }]
        : [];
    }
    const source = known.source.get(externalId) ?? null;
    const questions = known.questions.filter((one) => one.sourceExternalId === externalId);
    const open = questions.filter((one) => one.verdict === null);
    if (status === "needsYou" && open.length > 0)
      return open.map((question) => ({
        recordType,
        status,
        source,
        ledger: partyIn(question.ledgerExternalId),
        evidence: `Different there: ${question.differences}.`,
        runnerUp: others(open, question),
        said: null,
      }));
    const ledgerId = status === "mapped" || status === "matched" ? ledgerIdOf(known, externalId) : null;
    const said = questions.find((one) => one.verdict === "same" && one.ledgerExternalId === ledgerId);
    return [
      {
        recordType,
        status,
        source,
        ledger: ledgerId === null ? null : partyIn(ledgerId),
        evidence: evidenceOf(known, externalId, status, names.ledger),
        runnerUp: status === "matched" && ledgerId !== null ? (runnersUp.get(ledgerId) ?? "") : "",
        said: said && status === "matched" ? { verdict: "same", by: said.decidedByName } : null,
      },
    ];
  });
}

type Known = Awaited<ReturnType<typeof loadKnown>>;

const detailSchema = z.object({ evidence: z.string().default("") });

async function loadKnown(
  tx: Transaction,
  pair: MatchedPair,
  { recordType, runId }: StatusQuery,
  statuses: readonly StatusRow[],
) {
  const ids = statuses.filter((row) => row.side === "source").map((row) => row.externalId);
  const bySource = { pairId: pair.id, recordType, sourceExternalId: { in: ids } };
  const links = await tx.recordLink.findMany({ where: bySource });
  const questions = await tx.matchQuestion.findMany({
    where: bySource,
    orderBy: [{ createdAt: "asc" }, { ledgerExternalId: "asc" }],
  });
  const changes = await tx.plannedChange.findMany({
    where: { runId, recordType, sourceExternalId: { in: ids } },
    select: { sourceExternalId: true, verb: true, reason: true, ledgerExternalId: true, detail: true },
  });
  const exceptions = await tx.syncException.findMany({
    where: { ...bySource, state: "open" },
    select: { sourceExternalId: true, message: true, remedy: true },
  });
  const ledgerIds = new Set([
    ...statuses.filter((row) => row.side === "ledger").map((row) => row.externalId),
    ...links.map((link) => link.ledgerExternalId),
    ...questions.map((question) => question.ledgerExternalId),
    ...changes.flatMap((change) => change.ledgerExternalId ?? []),
  ]);
  const snapshots = await tx.recordSnapshot.findMany({
    where: { connectionId: pair.sourceConnectionId, recordType, externalId: { in: ids } },
    select: { externalId: true, record: true, dispositionReason: true },
  });
  const inLedger = await tx.ledgerRecord.findMany({
    where: { connectionId: pair.ledgerConnectionId, recordType, externalId: { in: [...ledgerIds] } },
    select: { externalId: true, record: true },
  });
  return {
    questions,
    links: new Map(links.map((link) => [link.sourceExternalId, link])),
    changes: new Map(changes.map((change) => [change.sourceExternalId, change])),
    exceptions: new Map(exceptions.map((one) => [one.sourceExternalId, one])),
    reasons: new Map(snapshots.map((row) => [row.externalId, row.dispositionReason])),
    source: new Map(snapshots.map((row) => [row.externalId, partyOf(row)])),
    ledger: new Map(inLedger.map((row) => [row.externalId, partyOf(row)])),
  };
}

/** A person's word comes before the plan. */
function ledgerIdOf(known: Known, sourceId: string): string | null {
  const link = known.links.get(sourceId);
  if (link) return link.ledgerExternalId;
  const said = known.questions.find((one) => one.sourceExternalId === sourceId && one.verdict === "same");
  return said?.ledgerExternalId ?? known.changes.get(sourceId)?.ledgerExternalId ?? null;
}

const HOW_WORDS: Readonly<Record<string, string>> = {
  created: "Posted by Tieout.",
  adopted: "It bears our own reference.",
  fromLedger: "It came from there.",
};

function evidenceOf(known: Known, sourceId: string, status: MatchRow["status"], ledgerName: string): string {
  const change = known.changes.get(sourceId);
  switch (status) {
    case "mapped": {
      const link = known.links.get(sourceId);
      const evidence = detailSchema.safeParse(link?.detail).data?.evidence ?? "";
      return evidence || HOW_WORDS[link?.how ?? ""] || "Linked by the id of both.";
    }
    case "matched": {
      const said = known.questions.find((one) => one.sourceExternalId === sourceId && one.verdict === "same");
      if (said) return `${said.decidedByName} said that it is this one.`;
      return detailSchema.safeParse(change?.detail).data?.evidence ?? "";
    }
    case "needsYou": {
      const exception = known.exceptions.get(sourceId);
      return exception ? `${exception.message} ${exception.remedy}` : "";
    }
    case "leftOut": {
      const reason = change?.reason ?? known.reasons.get(sourceId);
      return Object.entries(EXCLUSIONS).find(([code]) => code === reason)?.[1] ?? "";
    }
    default: {
      const another = known.questions.find((one) => one.sourceExternalId === sourceId);
      return another
        ? `${another.decidedByName} said that it is another than ${another.ledgerWords}.`
        : `${ledgerName} has none like it.`;
    }
  }
}

/** The other candidates of a record in doubt, in a line. */
function others(
  open: readonly { readonly id: string; readonly ledgerWords: string; readonly differences: string }[],
  own: { readonly id: string },
): string {
  const [first, ...more] = open.filter((one) => one.id !== own.id);
  if (!first) return "";
  return `${first.ledgerWords} (${first.differences})${more.length > 0 ? `, and ${more.length} more` : ""}`;
}

const partyOf = (row: { readonly externalId: string; readonly record: unknown }): MatchParty => {
  const { number, label, date, amount } = summarise(canonicalRecordSchema.parse(row.record));
  return {
    externalId: row.externalId,
    number,
    label,
    date,
    amount: amount ? amountView(amount) : null,
  };
};
