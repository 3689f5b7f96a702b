import { Prisma } from "@/lib/db/client";
import { bareIdOf, CONTACT_ID_MEMBER } from "@/lib/domain/erased-person-ids";

/**
 * Where the rows about one contact stand: the contact itself, and every document and payment that names it, on either side,
 * with all that was planned, sent, answered, asked and compared of them. Records are told by the ids of both systems, which
 * stay when the details go.
 */
export interface Person {
  readonly pairId: string | null;
  readonly source: PersonSide | null;
  readonly ledger: PersonSide | null;
}

export interface PersonSide {
  readonly connectionId: string;
  readonly externalId: string;
}

const NONE: PersonSide = { connectionId: "00000000-0000-0000-0000-000000000000", externalId: "" };

/** Type and id of the records of one side that are about the person. */
const ofSide = (table: Prisma.Sql, { connectionId, externalId }: PersonSide): Prisma.Sql => Prisma.sql`
  SELECT o.record_type, o.external_id FROM ${table} o
   WHERE o.connection_id = ${connectionId}::uuid
     AND (o.record ->> 'contactId' = ${externalId} OR (o.record_type = 'contact' AND o.external_id = ${externalId}))`;

/** The payload of a row kept aside names the contact: the same as namesContact tells of one that is read. */
function namesIn(externalId: string): Prisma.Sql {
  const bare = bareIdOf(externalId);
  const values = JSON.stringify({
    id: externalId,
    bare,
    number: /^\d{1,15}$/.test(bare) ? Number(bare) : bare,
  });
  return Prisma.sql`
    (jsonb_path_exists(t.payload, '$.** ? (@ == $id)', ${values}::jsonb)
     OR jsonb_path_exists(t.payload, ${NAMED_BY_MEMBER}::jsonpath, ${values}::jsonb))`;
}

const NAMED_BY_MEMBER = `$.** ? (@.type() == "object").keyvalue()
  ? (@.key like_regex "${CONTACT_ID_MEMBER}" flag "i" && (@.value == $bare || @.value == $number))`;

/** A condition on alias "t" for each table that holds something about a person, in the order in which it is told. */
export function personConditions({ source, ledger, pairId }: Person) {
  const [here, there] = [source ?? NONE, ledger ?? NONE];
  const inSource = ofSide(Prisma.sql`record_snapshots`, here);
  const inLedger = ofSide(Prisma.sql`ledger_records`, there);
  const ofPair = Prisma.sql`t.pair_id = ${pairId ?? NONE.connectionId}::uuid`;
  const bySource = Prisma.sql`(t.record_type, t.source_external_id) IN (${inSource})`;
  const either = Prisma.sql`(${bySource} OR (t.record_type, t.source_external_id) IN (${inLedger}))`;
  const runsOfPair = Prisma.sql`t.run_id IN (SELECT r.id FROM sync_runs r
                                              WHERE r.pair_id = ${pairId ?? NONE.connectionId}::uuid)`;
  const bySide = Prisma.sql`((t.side = 'source' AND (t.record_type, t.external_id) IN (${inSource}))
                          OR (t.side = 'ledger' AND (t.record_type, t.external_id) IN (${inLedger})))`;
  const byBoth = Prisma.sql`(${bySource} OR (t.record_type, t.ledger_external_id) IN (${inLedger}))`;
  const quarantined = (side: PersonSide, records: Prisma.Sql): Prisma.Sql => Prisma.sql`
    (t.connection_id = ${side.connectionId}::uuid
     AND ((t.record_type = 'contact' AND t.external_id = ${side.externalId})
          OR (t.record_type, t.external_id) IN (${records}) OR ${namesIn(side.externalId)}))`;
  return {
    record_snapshots: Prisma.sql`t.connection_id = ${here.connectionId}::uuid AND (t.record_type, t.external_id) IN (${inSource})`,
    ledger_records: Prisma.sql`t.connection_id = ${there.connectionId}::uuid AND (t.record_type, t.external_id) IN (${inLedger})`,
    quarantined_rows: Prisma.sql`(${quarantined(here, inSource)} OR ${quarantined(there, inLedger)})`,
    record_links: Prisma.sql`${ofPair} AND ${byBoth}`,
    match_questions: Prisma.sql`${ofPair} AND ${byBoth}`,
    planned_changes: Prisma.sql`${runsOfPair} AND ${either}`,
    write_intents: Prisma.sql`${ofPair} AND ${either}`,
    exceptions: Prisma.sql`${ofPair} AND ${either}`,
    record_overrides: Prisma.sql`${ofPair} AND ${bySource}`,
    approvals: Prisma.sql`${ofPair} AND ${bySource}`,
    tie_out_entries: Prisma.sql`${ofPair} AND ${bySide}`,
    entry_changes: Prisma.sql`${ofPair} AND ${bySide}`,
    tie_out_findings: Prisma.sql`${ofPair} AND ${byBoth}`,
    audit_events: Prisma.sql`t.subject IN (SELECT a.record_type || ':' || a.external_id FROM (${inSource}) a)`,
  } as const;
}

export type PersonTable = keyof ReturnType<typeof personConditions>;
