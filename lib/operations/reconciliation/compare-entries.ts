import { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import { moneyText } from "@/lib/domain/money";
import type { TieOutKind } from "@/lib/domain/views/tie-out-kind";
import { findDifference } from "@/lib/reconciliation/differences";
import type { Entry } from "@/lib/reconciliation/entry";
import { pairSentence } from "@/lib/reconciliation/name-finding";
import { type Score, scoreOf } from "@/lib/reconciliation/score";
import { createTypeTotaller, type TypeTotals } from "@/lib/reconciliation/totals";
import {
  accountedAs,
  type CompareContext,
  count,
  loadChanges,
  PAGE_ENTRIES,
  partOf,
  plainFinding,
  type Work,
} from "./comparison-work";
import { entrySchema } from "./entry-rows";
import { createFigureStore } from "./figure-store";
import { createFindingStore } from "./finding-store";
import { nameLedgerAlone, nameSourceAlone } from "./name-alone";

/**
 * Goes over what pair-entries found, a page at a time: pairs, what stands alone in the source, what stands alone in the
 * ledger. Sums are kept, records are not, so ten million records need no more memory than ten pages of them.
 */
export interface ComparisonSummary {
  readonly byType: readonly TypeTotals[];
  readonly score: Score;
  readonly discrepancies: number;
  readonly counts: Readonly<Partial<Record<TieOutKind, number>>>;
  readonly roundings: { readonly count: number; readonly totals: ReadonlyMap<string, bigint> };
}

export async function compareEntries(tx: Transaction, context: CompareContext): Promise<ComparisonSummary> {
  const totaller = createTypeTotaller();
  const figures = createFigureStore(tx, context);
  const findings = await createFindingStore(tx, context);
  const tally = { agreeing: 0, differing: 0, missing: 0, extra: 0, exceptions: 0 };
  const roundings = { count: 0, totals: new Map<string, bigint>() };
  const work: Work = { tx, context, totaller, figures, findings, tally, roundings };
  await comparePairs(work);
  await nameSourceAlone(work);
  await nameLedgerAlone(work);
  await figures.finish();
  await findings.finish();
  return {
    byType: totaller.lines(),
    score: scoreOf(tally),
    discrepancies: findings.discrepancies(),
    counts: findings.counts(),
    roundings,
  };
}

const pairSchema = z.object({
  id: z.bigint(),
  how: z.string(),
  why: z.string(),
  reason: z.string().nullable(),
  message: z.string().nullable(),
  contact: z.string().nullable(),
  source: entrySchema,
  ledger: entrySchema,
});

async function comparePairs(work: Work): Promise<void> {
  const { tx, context } = work;
  let after = 0n;
  for (;;) {
    const found: unknown[] = await tx.$queryRaw`
      SELECT p.id, p.how, s.why, s.reason, s.message, c.source_external_id AS contact, se.body AS source, le.body AS ledger
        FROM (SELECT * FROM tie_pairs WHERE id > ${after} ORDER BY id LIMIT ${PAGE_ENTRIES}) p
        JOIN tie_source s ON s.id = p.source_id
        JOIN tie_out_entries se ON se.id = p.source_id
        JOIN tie_out_entries le ON le.id = p.ledger_id
        LEFT JOIN tie_contacts c ON c.ledger_external_id = le.contact_id
       ORDER BY p.id`;
    const rows = found.map((row) => pairSchema.parse(row));
    context.onPage?.(rows.length * 2);
    const changes = await loadChanges(
      work,
      rows.map((row) => row.ledger),
    );
    for (const row of rows) comparePair(work, row, changes);
    await work.findings.flush();
    await work.figures.flush();
    after = rows.at(-1)?.id ?? after;
    if (rows.length < PAGE_ENTRIES) return;
  }
}

function comparePair(
  { context, totaller, figures, findings, tally, roundings }: Work,
  { how, why, reason, message, contact, source, ledger }: z.output<typeof pairSchema>,
  changes: ReadonlyMap<string, Date>,
): void {
  const isOurs = how === "marker";
  const difference = findDifference(source, ledger, {
    ...context.names,
    isOurs,
    ledgerContactInSource: contact,
  });
  const contactKey = source.contactId;
  const ledgerKey = difference?.fields.some(({ field }) => field === "contact")
    ? (contact ?? `ledger ${ledger.contactId}`)
    : contactKey;
  figures.add(source, "source", contactKey);
  figures.add(ledger, "ledger", ledgerKey);
  if (ledger.rounding !== 0n && ledger.currency !== null) {
    roundings.count += 1;
    const before = roundings.totals.get(ledger.currency) ?? 0n;
    roundings.totals.set(ledger.currency, before + ledger.rounding);
  }
  if (!difference) {
    tally.agreeing += 1;
    totaller.addPair(source, ledger, "discrepancies");
    if (ledger.rounding !== 0n)
      findings.add(plainFinding("rounding", source, ledger, roundingSentence(ledger)));
    return;
  }
  const changedSince = changes.get(`${ledger.recordType}:${ledger.id}`) ?? null;
  const known = accountedAs(why, reason, message, true);
  const settled = known
    ? { ...plainFinding(known.kind, source, ledger, known.sentence), fields: difference.fields, changedSince }
    : findings.settle({
        kind: difference.kind,
        source,
        ledger,
        fields: difference.fields,
        sentence: pairSentence(difference.fields, changedSince !== null),
        changedSince,
      });
  findings.add(settled);
  const part = partOf(settled.kind);
  totaller.addPair(source, ledger, part);
  count(tally, part, "differing");
}

function roundingSentence(ledger: Entry): string {
  return ledger.currency === null
    ? ""
    : `Tax is rounded by document in the source and by line in the ledger: ${moneyText({ minor: ledger.rounding, currency: ledger.currency })} went to the rounding account.`;
}
