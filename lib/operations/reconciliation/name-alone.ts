import { z } from "zod";
import type { TieOutKind } from "@/lib/domain/views/tie-out-kind";
import type { Entry } from "@/lib/reconciliation/entry";
import { ALONE_SENTENCES, type Finding, likelyDoubleSentence } from "@/lib/reconciliation/name-finding";
import {
  accountedAs,
  count,
  loadChanges,
  PAGE_ENTRIES,
  partOf,
  plainFinding,
  type Work,
} from "./comparison-work";
import { entrySchema } from "./entry-rows";

/** The records that stand alone on one side, a page at a time: each gets exactly one name, or is accounted for. */

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
export async function nameSourceAlone(work: Work): Promise<void> {
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
          : known.kind === "exception" && isOwnVoid(row)
            ? { ...standingAlone(row, changes), ...known, fingerprint: "", accepted: null }
            : plainFinding(known.kind, row.source, null, known.sentence);
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

/** A void document of the same number may be anybody's; one with our marker is the record itself. */
const isOwnVoid = ({ source, gone }: z.output<typeof aloneSchema>): boolean =>
  gone !== null && gone.marker !== "" && gone.marker === source.marker;

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
export async function nameLedgerAlone(work: Work): Promise<void> {
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
        ? plainFinding("onlyInLedger", null, ledger, ALONE_SENTENCES.onlyInLedger)
        : findings.settle(alone("likelyDouble", null, likelyDoubleSentence(named))),
    );
    return;
  }
  if (voided && message !== null) {
    findings.add(plainFinding("exception", voided, ledger, message));
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
