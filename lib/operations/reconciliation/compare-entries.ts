import { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import { moneyText } from "@/lib/domain/money";
import type { TieOutKind } from "@/lib/domain/views/tie-out-kind";
import { findDifference, type PairCircumstances } from "@/lib/reconciliation/differences";
import type { Entry } from "@/lib/reconciliation/entry";
import {
  ALONE_SENTENCES,
  type Finding,
  likelyDoubleSentence,
  pairSentence,
} from "@/lib/reconciliation/name-finding";
import { type Score, scoreOf } from "@/lib/reconciliation/score";
import { createTypeTotaller, type Part, type TypeTotals } from "@/lib/reconciliation/totals";
import { entrySchema } from "./entry-rows";
import { createFigureStore, type FigureNames } from "./figure-store";
import { createFindingStore, type NamedFinding } from "./finding-store";

/**
 * Goes over what pair-entries found, a page at a time: pairs, what stands alone in the source, what stands alone in the
 * ledger. Sums are kept, records are not, so ten million records need no more memory than ten pages of them.
 */
export const PAGE_ENTRIES = 400;

export interface CompareContext {
  readonly workspaceId: string;
  readonly pairId: string;
  readonly tieOutId: string;
  readonly names: Omit<PairCircumstances, "isOurs" | "ledgerContactInSource">;
  readonly figureNames: FigureNames;
  /** Told how many entries are held: a test watches that this does not grow with the number of records. */
  readonly onPage?: (entries: number) => void;
}

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

interface Work {
  readonly tx: Transaction;
  readonly context: CompareContext;
  readonly totaller: ReturnType<typeof createTypeTotaller>;
  readonly figures: ReturnType<typeof createFigureStore>;
  readonly findings: Awaited<ReturnType<typeof createFindingStore>>;
  readonly tally: { agreeing: number; differing: number; missing: number; extra: number; exceptions: number };
  readonly roundings: { count: number; readonly totals: Map<string, bigint> };
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
        FROM tie_pairs p
        JOIN tie_source s ON s.id = p.source_id
        JOIN tie_out_entries se ON se.id = p.source_id
        JOIN tie_out_entries le ON le.id = p.ledger_id
        LEFT JOIN tie_contacts c ON c.ledger_external_id = le.contact_id
       WHERE p.id > ${after} ORDER BY p.id LIMIT ${PAGE_ENTRIES}`;
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
    if (ledger.rounding !== 0n) findings.add(plain("rounding", source, ledger, roundingSentence(ledger)));
    return;
  }
  const changedSince = changes.get(`${ledger.recordType}:${ledger.id}`) ?? null;
  const known = accountedAs(why, reason, message, true);
  const settled = known
    ? { ...plain(known.kind, source, ledger, known.sentence), fields: difference.fields, changedSince }
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

const plain = (
  kind: TieOutKind,
  source: Entry | null,
  ledger: Entry | null,
  sentence: string,
): NamedFinding => ({
  kind,
  source,
  ledger,
  fields: [],
  sentence,
  changedSince: null,
  accepted: null,
  fingerprint: "",
});

function roundingSentence(ledger: Entry): string {
  return ledger.currency === null
    ? ""
    : `Tax is rounded by document in the source and by line in the ledger: ${moneyText({ minor: ledger.rounding, currency: ledger.currency })} went to the rounding account.`;
}

/** Why a source record need not be in the ledger as it is, where that is known; null where nothing explains it. */
function accountedAs(
  why: string,
  reason: string | null,
  message: string | null,
  isPaired: boolean,
): { kind: TieOutKind; sentence: string } | null {
  switch (why) {
    case "exception":
      return { kind: "exception", sentence: message ?? "" };
    case "dismissed":
      return { kind: "dismissed", sentence: message ?? "" };
    case "excluded":
      return { kind: "excluded", sentence: reason ?? "It is left out." };
    case "waiting":
      return {
        kind: "waiting",
        sentence: isPaired ? ALONE_SENTENCES.changeWaiting : ALONE_SENTENCES.waiting,
      };
    case "changeWaiting":
      // A record that is gone from the ledger is missing there, whatever changed in the source.
      return isPaired ? { kind: "waiting", sentence: ALONE_SENTENCES.changeWaiting } : null;
    default:
      return null;
  }
}

function partOf(kind: TieOutKind): Part {
  switch (kind) {
    case "exception":
      return "exceptions";
    // A person's rule: in the sums beside those of ours, with a name and a reason of its own.
    case "dismissed":
      return "excluded";
    case "excluded":
    case "waiting":
    case "accepted":
      return kind;
    default:
      return "discrepancies";
  }
}

function count(tally: Work["tally"], part: Part, as: "differing" | "missing" | "extra"): void {
  if (part === "exceptions") tally.exceptions += 1;
  else if (part === "discrepancies") tally[as] += 1;
}

const aloneSchema = z.object({
  id: z.bigint(),
  why: z.string(),
  reason: z.string().nullable(),
  message: z.string().nullable(),
  source: entrySchema,
  gone: entrySchema.nullable(),
  was_there: z.boolean(),
});

/** Records of the source that no record of the ledger is: void there, left out, waiting, or missing. */
async function nameSourceAlone(work: Work): Promise<void> {
  const { tx, context, totaller, figures, findings, tally } = work;
  let after = 0n;
  for (;;) {
    const found: unknown[] = await tx.$queryRaw`
      SELECT s.id, s.why, s.reason, s.message, e.body AS source, g.body AS gone,
             EXISTS (SELECT FROM entry_changes c
                      WHERE c.pair_id = ${context.pairId}::uuid AND c.side = 'ledger' AND c.record_type = s.record_type
                        AND c.what = 'gone' AND c.number = e.number AND e.number <> '') AS was_there
        FROM (SELECT * FROM tie_source WHERE NOT paired AND id > ${after} ORDER BY id LIMIT ${PAGE_ENTRIES}) s
        JOIN tie_out_entries e ON e.id = s.id
        LEFT JOIN LATERAL (
          SELECT ge.body FROM tie_gone g JOIN tie_out_entries ge ON ge.id = g.id
           WHERE g.side = 'ledger' AND g.record_type = s.record_type
             AND (g.marker = s.marker AND s.marker <> ''
                  OR g.loose_key = s.loose_key AND s.loose_key <> '' AND s.record_type <> 'contact')
           ORDER BY (g.marker = s.marker AND s.marker <> '') DESC, g.id DESC LIMIT 1) g ON true
       ORDER BY s.id`;
    const rows = found.map((row) => aloneSchema.parse(row));
    context.onPage?.(rows.length * 2);
    const gone = rows.flatMap((row) => (row.gone ? [row.gone] : []));
    const changes = await loadChanges(work, gone);
    for (const row of rows) {
      const known = accountedAs(row.why, row.reason, row.message, false);
      // An exception about a record that somebody voided there says both what it waits for and what the ledger shows.
      const settled =
        known === null
          ? findings.settle(standingAlone(row, changes))
          : known.kind === "exception"
            ? { ...standingAlone(row, changes), ...known, fingerprint: "", accepted: null }
            : plain(known.kind, row.source, null, known.sentence);
      findings.add(settled);
      const part = partOf(settled.kind);
      totaller.addAlone(row.source, part);
      count(tally, part, "missing");
      if (part === "discrepancies" || part === "accepted")
        figures.add(row.source, "source", row.source.contactId);
    }
    await findings.flush();
    await figures.flush();
    after = rows.at(-1)?.id ?? after;
    if (rows.length < PAGE_ENTRIES) return;
  }
}

function standingAlone(row: z.output<typeof aloneSchema>, changes: ReadonlyMap<string, Date>): Finding {
  if (!row.gone) {
    const sentence = row.was_there ? ALONE_SENTENCES.missingSince : ALONE_SENTENCES.missing;
    return { kind: "missing", source: row.source, ledger: null, fields: [], sentence, changedSince: null };
  }
  return {
    kind: "voidedInLedger",
    source: row.source,
    ledger: row.gone,
    fields: [{ field: "status", source: "standing", ledger: "void" }],
    sentence: ALONE_SENTENCES.voidedInLedger,
    changedSince: changes.get(`${row.gone.recordType}:${row.gone.id}`) ?? null,
  };
}

const strangerSchema = z.object({
  id: z.bigint(),
  ledger: entrySchema,
  contact: z.string().nullable(),
  /** The source record that bears the same marker and stands, or is void. */
  standing: entrySchema.nullable(),
  void: entrySchema.nullable(),
  message: z.string().nullable(),
  /** Number of the record of ours that this one resembles. */
  twin: z.string().nullable(),
  twin_number: z.string().nullable(),
});

/** Records of the ledger that no record of the source is: a second copy, ours without a source, or somebody else's. */
async function nameLedgerAlone(work: Work): Promise<void> {
  const { tx, context } = work;
  let after = 0n;
  for (;;) {
    const found: unknown[] = await tx.$queryRaw`
      SELECT l.id, e.body AS ledger, c.source_external_id AS contact, ss.body AS standing, sv.body AS void, x.message,
             twin.external_id AS twin, twin.number AS twin_number
        FROM (SELECT * FROM tie_ledger WHERE NOT paired AND id > ${after} ORDER BY id LIMIT ${PAGE_ENTRIES}) l
        JOIN tie_out_entries e ON e.id = l.id
        LEFT JOIN tie_contacts c ON c.ledger_external_id = e.contact_id
        LEFT JOIN LATERAL (SELECT se.body FROM tie_source s JOIN tie_out_entries se ON se.id = s.id
                            WHERE s.record_type = l.record_type AND s.marker = l.marker AND l.marker <> '' LIMIT 1) ss ON true
        LEFT JOIN LATERAL (SELECT ge.body, ge.external_id FROM tie_gone g JOIN tie_out_entries ge ON ge.id = g.id
                            WHERE g.side = 'source' AND g.record_type = l.record_type AND g.marker = l.marker
                              AND l.marker <> '' LIMIT 1) sv ON true
        LEFT JOIN exceptions x ON x.pair_id = ${context.pairId}::uuid AND x.record_type = l.record_type
         AND x.source_external_id = sv.external_id AND x.state = 'open'
        LEFT JOIN LATERAL (SELECT t.external_id, te.number FROM tie_ledger t JOIN tie_out_entries te ON te.id = t.id
                            WHERE t.paired AND t.twin_key = l.twin_key AND l.twin_key <> '' AND l.marker = ''
                              AND t.record_type = l.record_type
                              AND NOT EXISTS (SELECT 1 FROM match_questions q
                                               WHERE q.pair_id = ${context.pairId}::uuid AND q.verdict = 'another'
                                                 AND q.record_type = l.record_type
                                                 AND q.ledger_external_id = l.external_id)
                            LIMIT 1) twin ON true
       ORDER BY l.id`;
    const rows = found.map((row) => strangerSchema.parse(row));
    context.onPage?.(rows.length * 2);
    for (const row of rows) nameStranger(work, row);
    await work.findings.flush();
    await work.figures.flush();
    after = rows.at(-1)?.id ?? after;
    if (rows.length < PAGE_ENTRIES) return;
  }
}

function nameStranger(
  { figures, findings, tally }: Work,
  { ledger, contact, standing, void: voided, message, twin, twin_number }: z.output<typeof strangerSchema>,
): void {
  const alone = (kind: TieOutKind, source: Entry | null, sentence: string): Finding => ({
    kind,
    source,
    ledger,
    fields: [],
    sentence,
    changedSince: null,
  });
  if (ledger.marker === "") {
    const named = twin_number === null || twin_number === "" ? "one of ours" : twin_number;
    findings.add(
      twin === null
        ? plain("onlyInLedger", null, ledger, ALONE_SENTENCES.onlyInLedger)
        : findings.settle(alone("likelyDouble", null, likelyDoubleSentence(named))),
    );
    return;
  }
  if (voided && message !== null) {
    findings.add(plain("exception", voided, ledger, message));
    return;
  }
  const settled = findings.settle(
    standing
      ? alone("doubled", standing, ALONE_SENTENCES.doubled)
      : voided
        ? alone("voidedInSource", voided, ALONE_SENTENCES.voidedInSource)
        : alone("unknownMarker", null, ALONE_SENTENCES.unknownMarker),
  );
  findings.add(settled);
  figures.add(ledger, "ledger", contact ?? (ledger.contactId === "" ? "" : `ledger ${ledger.contactId}`));
  count(tally, partOf(settled.kind), "extra");
}

const changeSchema = z.object({ record_type: z.string(), external_id: z.string(), noticed_at: z.date() });

/** When each of these ledger records was first seen to have changed since it was first read. */
async function loadChanges(
  { tx, context }: Work,
  entries: readonly Entry[],
): Promise<ReadonlyMap<string, Date>> {
  if (entries.length === 0) return new Map();
  const rows: unknown[] = await tx.$queryRaw`
    SELECT record_type, external_id, max(noticed_at) AS noticed_at
      FROM entry_changes
     WHERE pair_id = ${context.pairId}::uuid AND side = 'ledger' AND what = 'changed'
       AND external_id = ANY(${entries.map((entry) => entry.id)})
     GROUP BY record_type, external_id`;
  return new Map(
    rows.map((row) => {
      const change = changeSchema.parse(row);
      return [`${change.record_type}:${change.external_id}`, change.noticed_at];
    }),
  );
}
