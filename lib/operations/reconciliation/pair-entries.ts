import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import { nameSimilarity, SIMILARITY_WITH_SAME_EMAIL } from "@/lib/domain/name-similarity";
import { EXCLUSIONS } from "@/lib/sync/exclusion";

/**
 * Finds which record of the ledger is which of the source, in temporary tables of the caller's transaction: by our marker
 * first, then by what a person said to be one (Matches), then by everything that must agree, then by number alone (contacts by e-mail and a similar name). Equal ones are
 * told apart by order: two equal payments are two. Postgres sorts on disk, so the number of records does not show in this
 * process's memory. No link and no intent is looked at; of an undo only which document takes which back, and that only where the ledger
 * itself shows both.
 *
 * Afterwards: tie_source and tie_ledger (what stands, and whether it was paired), tie_pairs, tie_contacts (which contact of
 * the ledger is which of the source), tie_gone (what is void or deleted).
 */
export interface Pairing {
  readonly pairId: string;
  readonly sourceConnectionId: string;
  readonly recordTypes: readonly string[];
}

export async function pairEntries(tx: Transaction, pairing: Pairing): Promise<void> {
  await createTables(tx);
  await fillTables(tx, pairing);
  await pairBy(tx, "marker", Prisma.sql`true`);
  await pairBySaid(tx, pairing.pairId);
  // What a rule left out, or what waits for a person, is not to be found in what somebody else typed in.
  const unaccounted = Prisma.sql`why NOT IN ('excluded', 'exception', 'dismissed')`;
  await pairBy(tx, "strict_key", Prisma.sql`NOT settlement AND ${unaccounted}`);
  await pairBy(tx, "loose_key", Prisma.sql`NOT settlement AND record_type <> 'contact' AND ${unaccounted}`);
  await pairSimilarContacts(tx);
  await nameDocumentsAlike(tx);
  await pairBy(tx, "strict_key", Prisma.sql`settlement AND ${unaccounted}`);
  await tx.$executeRaw`
    INSERT INTO tie_contacts
    SELECT l.external_id, s.external_id
      FROM tie_pairs p JOIN tie_source s ON s.id = p.source_id JOIN tie_ledger l ON l.id = p.ledger_id
     WHERE s.record_type = 'contact' ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`CREATE INDEX ON tie_ledger (twin_key) WHERE paired AND twin_key <> ''`;
  await tx.$executeRaw`ANALYZE tie_pairs`;
}

async function createTables(tx: Transaction): Promise<void> {
  await tx.$executeRaw`
    CREATE TEMP TABLE tie_source (id bigint PRIMARY KEY, record_type text, external_id text, marker text, strict_key text,
      loose_key text, settlement boolean, why text, reason text, message text, paired boolean) ON COMMIT DROP`;
  await tx.$executeRaw`
    CREATE TEMP TABLE tie_ledger (id bigint PRIMARY KEY, record_type text, external_id text, marker text, strict_key text,
      loose_key text, settlement boolean, why text, twin_key text, paired boolean) ON COMMIT DROP`;
  await tx.$executeRaw`
    CREATE TEMP TABLE tie_pairs (id bigserial PRIMARY KEY, source_id bigint, ledger_id bigint, how text) ON COMMIT DROP`;
  await tx.$executeRaw`
    CREATE TEMP TABLE tie_contacts (ledger_external_id text PRIMARY KEY, source_external_id text) ON COMMIT DROP`;
  await tx.$executeRaw`
    CREATE TEMP TABLE tie_taken_back (record_type text, external_id text, PRIMARY KEY (record_type, external_id))
      ON COMMIT DROP`;
  await tx.$executeRaw`
    CREATE TEMP TABLE tie_gone (id bigint, side text, record_type text, external_id text, marker text, loose_key text)
      ON COMMIT DROP`;
}

async function fillTables(
  tx: Transaction,
  { pairId, sourceConnectionId, recordTypes }: Pairing,
): Promise<void> {
  const ofPair = Prisma.sql`e.pair_id = ${pairId}::uuid AND e.record_type = ANY(${[...recordTypes]})`;
  const sentences = JSON.stringify(EXCLUSIONS);
  await fillTakenBack(tx, pairId);
  await tx.$executeRaw`
    INSERT INTO tie_source
    SELECT e.id, e.record_type, e.external_id, e.marker, ${settlementKey(Prisma.sql`e.settles_number`, Prisma.sql`e.uses_number`)},
           e.loose_key, e.settles_id <> '',
           CASE WHEN x.id IS NOT NULL THEN 'exception'
                WHEN d.id IS NOT NULL AND s.disposition = 'excluded' THEN 'dismissed'
                WHEN s.disposition = 'excluded' AND s.disposition_hash IS NOT DISTINCT FROM s.content_hash THEN 'excluded'
                WHEN s.disposition IN ('pending', 'exception') THEN 'waiting'
                WHEN s.disposition_hash IS DISTINCT FROM s.content_hash THEN 'changeWaiting'
                ELSE '' END,
           ${sentences}::jsonb ->> s.disposition_reason,
           COALESCE(x.message, 'Left out by ' || d.dismissed_by_name || ': ' || d.dismissed_reason), false
      FROM tie_out_entries e
      LEFT JOIN record_snapshots s ON s.connection_id = ${sourceConnectionId}::uuid
       AND s.record_type = e.record_type AND s.external_id = e.external_id
      LEFT JOIN exceptions x ON x.pair_id = e.pair_id AND x.record_type = e.record_type
       AND x.source_external_id = e.external_id AND x.state = 'open'
      LEFT JOIN exceptions d ON d.pair_id = e.pair_id AND d.record_type = e.record_type
       AND d.source_external_id = e.external_id AND d.state = 'dismissed' AND d.dismissed_hash = s.content_hash
     WHERE ${ofPair} AND e.side = 'source' AND e.standing`;
  await tx.$executeRaw`
    INSERT INTO tie_ledger
    SELECT e.id, e.record_type, e.external_id, e.marker, ${settlementKey(Prisma.sql`e.settles_number`, Prisma.sql`e.uses_number`)},
           e.loose_key, e.settles_id <> '', '', e.twin_key, false
      FROM tie_out_entries e
     WHERE ${ofPair} AND e.side = 'ledger' AND e.standing
       AND NOT EXISTS (SELECT FROM tie_taken_back t WHERE t.record_type = e.record_type AND t.external_id = e.external_id)`;
  await tx.$executeRaw`
    INSERT INTO tie_gone
    SELECT e.id, e.side, e.record_type, e.external_id, e.marker, e.loose_key
      FROM tie_out_entries e WHERE ${ofPair} AND NOT e.standing`;
  await tx.$executeRaw`CREATE INDEX ON tie_source (record_type, marker) WHERE marker <> ''`;
  await tx.$executeRaw`CREATE INDEX ON tie_gone (side, record_type, marker) WHERE marker <> ''`;
  await tx.$executeRaw`CREATE INDEX ON tie_gone (side, record_type, loose_key) WHERE loose_key <> ''`;
  await tx.$executeRaw`ANALYZE tie_source, tie_ledger, tie_gone`;
}

/**
 * Records in closed periods that an undo took back by documents of their own: record, document and what sets them against
 * each other come to nothing together. Only as long as the ledger shows all of it, for the same amount; where somebody took
 * the document away again, the record counts again.
 */
async function fillTakenBack(tx: Transaction, pairId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO tie_taken_back
    SELECT part.record_type, part.external_id
      FROM reversals r
      JOIN tie_out_entries o ON o.pair_id = r.pair_id AND o.side = 'ledger' AND o.record_type = r.record_type
                            AND o.external_id = r.ledger_external_id AND o.standing
      JOIN tie_out_entries b ON b.pair_id = r.pair_id AND b.side = 'ledger' AND b.record_type = r.by_record_type
                            AND b.external_id = r.by_external_id AND b.standing
                            AND b.body ->> 'gross' = o.body ->> 'gross'
      LEFT JOIN tie_out_entries a ON a.pair_id = r.pair_id AND a.side = 'ledger'
                                 AND a.record_type IN ('allocation', 'supplierAllocation')
                                 AND a.external_id = r.allocation_external_id AND a.standing
     CROSS JOIN LATERAL (VALUES (o.record_type, o.external_id), (b.record_type, b.external_id),
                                (a.record_type, a.external_id)) AS part (record_type, external_id)
     WHERE r.pair_id = ${pairId}::uuid AND r.state = 'complete' AND (NOT r.settles OR a.id IS NOT NULL)
       AND part.external_id IS NOT NULL
    ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`ANALYZE tie_taken_back`;
}

/** A settlement is known by the documents that it names, the rest of its key, and nothing else. */
const settlementKey = (settled: Prisma.Sql, used: Prisma.Sql): Prisma.Sql => Prisma.sql`
  CASE WHEN e.settles_id = '' THEN e.strict_key
       ELSE ${settled} || '|' || ${used} || '|' || e.strict_key END`;

/** The first with the first, the second with the second, of all that bear the same key. */
async function pairBy(
  tx: Transaction,
  key: "marker" | "strict_key" | "loose_key",
  sourceCondition: Prisma.Sql,
): Promise<void> {
  const column = Prisma.raw(key);
  const numbered = (table: string, condition: Prisma.Sql): Prisma.Sql => Prisma.sql`
    SELECT id, record_type, ${column} AS key,
           row_number() OVER (PARTITION BY record_type, ${column} ORDER BY id) AS place
      FROM ${Prisma.raw(table)} WHERE NOT paired AND ${column} <> '' AND ${condition}`;
  await tx.$executeRaw`
    INSERT INTO tie_pairs (source_id, ledger_id, how)
    SELECT s.id, l.id, ${key}
      FROM (${numbered("tie_source", sourceCondition)}) s
      JOIN (${numbered("tie_ledger", Prisma.sql`true`)}) l USING (record_type, key, place)
     ORDER BY s.id`;
  await markPaired(tx);
}

/** A person looked at both and said that they are one: evidence that is not ours, under whatever number they stand. */
async function pairBySaid(tx: Transaction, pairId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO tie_pairs (source_id, ledger_id, how)
    SELECT s.id, l.id, 'said'
      FROM match_questions q
      JOIN tie_source s ON s.record_type = q.record_type AND s.external_id = q.source_external_id
      JOIN tie_ledger l ON l.record_type = q.record_type AND l.external_id = q.ledger_external_id
     WHERE q.pair_id = ${pairId}::uuid AND q.verdict = 'same' AND NOT s.paired AND NOT l.paired
     ORDER BY s.id`;
  await markPaired(tx);
}

async function markPaired(tx: Transaction): Promise<void> {
  await tx.$executeRaw`
    UPDATE tie_source s SET paired = true FROM tie_pairs p WHERE p.source_id = s.id AND NOT s.paired`;
  await tx.$executeRaw`
    UPDATE tie_ledger l SET paired = true FROM tie_pairs p WHERE p.ledger_id = l.id AND NOT l.paired`;
}

const CONTACTS_AT_ONCE = 500;
/** More contacts than this at one address are a shop's own address, not somebody's. */
const SAME_EMAIL_MAX = 50;

const contactSchema = z.object({
  source_id: z.bigint(),
  ledger_id: z.bigint(),
  source_label: z.string(),
  ledger_label: z.string(),
});

/** Two people at one address are two contacts: pairing them would hide that one is missing. */
async function pairSimilarContacts(tx: Transaction): Promise<void> {
  let after = 0n;
  for (;;) {
    const found: unknown[] = await tx.$queryRaw`
      SELECT s.id AS source_id, l.id AS ledger_id, se.body ->> 'label' AS source_label, le.body ->> 'label' AS ledger_label
        FROM (SELECT id, loose_key FROM tie_source
               WHERE record_type = 'contact' AND NOT paired AND loose_key <> '' AND id > ${after}
                 AND why NOT IN ('excluded', 'exception', 'dismissed')
               ORDER BY id LIMIT ${CONTACTS_AT_ONCE}) s
       CROSS JOIN LATERAL (SELECT id FROM tie_ledger
                            WHERE record_type = 'contact' AND NOT paired AND loose_key = s.loose_key
                            ORDER BY id LIMIT ${SAME_EMAIL_MAX}) l
        JOIN tie_out_entries se ON se.id = s.id JOIN tie_out_entries le ON le.id = l.id
       ORDER BY s.id, l.id`;
    const taken = new Set<bigint>();
    for (const row of found.map((one) => contactSchema.parse(one))) {
      after = row.source_id;
      if (taken.has(row.source_id) || taken.has(row.ledger_id)) continue;
      if (nameSimilarity(row.source_label, row.ledger_label) < SIMILARITY_WITH_SAME_EMAIL) continue;
      taken.add(row.source_id).add(row.ledger_id);
      await tx.$executeRaw`
        INSERT INTO tie_pairs (source_id, ledger_id, how) VALUES (${row.source_id}, ${row.ledger_id}, 'loose_key')`;
    }
    await markPaired(tx);
    if (found.length === 0) return;
  }
}

/**
 * Where a settlement's document was found on both sides, the settlement is known by that document, whatever number each
 * side gives it: one of ours that was posted anew bears another, and two suppliers may number alike.
 */
async function nameDocumentsAlike(tx: Transaction): Promise<void> {
  await tx.$executeRaw`
    CREATE TEMP TABLE tie_documents (side text, record_type text, external_id text, name text,
      PRIMARY KEY (side, record_type, external_id)) ON COMMIT DROP`;
  await tx.$executeRaw`
    INSERT INTO tie_documents
    SELECT side.name, s.record_type, CASE side.name WHEN 'source' THEN s.external_id ELSE l.external_id END, '#' || p.id
      FROM tie_pairs p JOIN tie_source s ON s.id = p.source_id JOIN tie_ledger l ON l.id = p.ledger_id
     CROSS JOIN (VALUES ('source'), ('ledger')) AS side (name)
     WHERE NOT s.settlement AND s.record_type <> 'contact' ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`ANALYZE tie_documents`;
  for (const side of ["source", "ledger"] as const) {
    const key = settlementKey(
      Prisma.sql`COALESCE(d.name, e.settles_number)`,
      Prisma.sql`COALESCE(c.name, e.uses_number)`,
    );
    await tx.$executeRaw`
      UPDATE ${Prisma.raw(`tie_${side}`)} t SET strict_key = ${key}
        FROM tie_out_entries e
        LEFT JOIN tie_documents d ON d.side = ${side} AND d.external_id = e.settles_id AND d.record_type =
          CASE WHEN e.record_type IN ('billPayment', 'supplierAllocation') THEN 'bill' ELSE 'invoice' END
        LEFT JOIN tie_documents c ON c.side = ${side} AND c.external_id = e.uses_id AND c.record_type =
          CASE WHEN e.record_type = 'supplierAllocation' THEN 'supplierCredit' ELSE 'creditNote' END
       WHERE e.id = t.id AND t.settlement AND NOT t.paired AND (d.name IS NOT NULL OR c.name IS NOT NULL)`;
  }
}
