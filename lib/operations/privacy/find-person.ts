import { createHmac } from "node:crypto";
import { z } from "zod";
import { recordEvent } from "@/lib/audit/record-event";
import { Prisma, type Transaction } from "@/lib/db/client";
import type { PeopleFound, PersonCount, PersonView } from "@/lib/domain/views/privacy-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { namesOfPair } from "../exceptions/describe-exception";
import { WORKING_STATES } from "../runs/run-states";
import { getRuntime, type Runtime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { type Person, type PersonTable, personConditions } from "./person-rows";

const SHOWN_MAX = 10;

type Pair = NonNullable<Awaited<ReturnType<typeof loadPairIn>>>;

/** Names a person to the page: the contact's ids on both sides, which are no details. */
const keySchema = z.tuple([z.string().nullable(), z.string().nullable()]);

const contactRow = z.object({
  source_id: z.string().nullable(),
  ledger_id: z.string().nullable(),
  name: z.string(),
  email: z.string(),
});
type ContactRow = z.output<typeof contactRow>;

/**
 * Contacts of either side whose e-mail address or name holds the text, with what is held of each. That somebody looked is in
 * the trail, what they typed is not: nothing can be erased there.
 */
export async function findPeople(access: WorkspaceAccess, text: string): Promise<PeopleFound> {
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const erased = await tx.erasedPerson.findFirst({
      where: { addressDigest: addressDigest(runtime, access.workspaceId, text) },
      orderBy: { erasedAt: "desc" },
    });
    const erasedBefore = erased?.erasedAt.toISOString().slice(0, 10) ?? null;
    const pair = await loadPairIn(tx);
    const rows = pair ? await findContacts(tx, pair, text) : [];
    await recordEvent(tx, {
      ...{ workspaceId: access.workspaceId, actorUserId: access.userId, action: "person.found" },
      subject: access.workspaceId,
      after: { found: rows.length },
      at: runtime.clock.now(),
    });
    const people: PersonView[] = [];
    if (pair)
      for (const row of rows.slice(0, SHOWN_MAX)) people.push(await describePerson(runtime, tx, pair, row));
    return { people, hasMore: rows.length > SHOWN_MAX, erasedBefore };
  });
}

/** A keyed hash: who has the table alone cannot ask it whether somebody was erased. */
export const addressDigest = ({ env }: Runtime, workspaceId: string, address: string): string =>
  createHmac("sha256", env.NEXTAUTH_SECRET)
    .update(`erased:${workspaceId}:${address.trim().toLowerCase()}`)
    .digest("base64url");

/** A source contact and the ledger contact that it is linked to are one person. */
async function findContacts(tx: Transaction, pair: Pair, text: string): Promise<ContactRow[]> {
  const pattern = `%${text.trim().replace(/[\\%_]/g, "\\$&")}%`;
  const isLike = Prisma.sql`(o.record ->> 'email' ILIKE ${pattern} OR o.record ->> 'name' ILIKE ${pattern})`;
  const rows: unknown[] = await tx.$queryRaw`
    WITH here AS (
      SELECT o.external_id, o.record FROM record_snapshots o
       WHERE o.connection_id = ${pair.sourceConnectionId}::uuid AND o.record_type = 'contact' AND ${isLike}
    ), there AS (
      SELECT o.external_id, o.record FROM ledger_records o
       WHERE o.connection_id = ${pair.ledgerConnectionId}::uuid AND o.record_type = 'contact' AND ${isLike}
    ), links AS (
      SELECT k.source_external_id, k.ledger_external_id FROM record_links k
       WHERE k.pair_id = ${pair.id}::uuid AND k.record_type = 'contact'
    )
    SELECT DISTINCT ON (source_id, ledger_id) source_id, ledger_id, name, email FROM (
      SELECT h.external_id AS source_id, k.ledger_external_id AS ledger_id, h.record ->> 'name' AS name,
             h.record ->> 'email' AS email, 0 AS place
        FROM here h LEFT JOIN links k ON k.source_external_id = h.external_id
      UNION ALL
      SELECT k.source_external_id, t.external_id, t.record ->> 'name', t.record ->> 'email', 1
        FROM there t LEFT JOIN links k ON k.ledger_external_id = t.external_id) found
     ORDER BY source_id NULLS LAST, ledger_id NULLS LAST, place LIMIT ${SHOWN_MAX + 1}`;
  return rows.map((row) => contactRow.parse(row));
}

/** The person that a key names; null where this workspace has none of these ids. */
export async function loadPerson(
  tx: Transaction,
  key: string,
): Promise<{ pair: Pair; person: Person; row: ContactRow } | null> {
  const ids = readKey(key);
  const pair = await loadPairIn(tx);
  if (!ids || !pair) return null;
  const [sourceId, ledgerId] = ids;
  const rows: unknown[] = await tx.$queryRaw`
    SELECT ${sourceId}::text AS source_id, ${ledgerId}::text AS ledger_id, found.record ->> 'name' AS name,
           COALESCE(found.record ->> 'email', '') AS email
      FROM (SELECT o.record, 0 AS place FROM record_snapshots o
             WHERE o.connection_id = ${pair.sourceConnectionId}::uuid AND o.record_type = 'contact'
               AND o.external_id = ${sourceId}
             UNION ALL
            SELECT o.record, 1 FROM ledger_records o
             WHERE o.connection_id = ${pair.ledgerConnectionId}::uuid AND o.record_type = 'contact'
               AND o.external_id = ${ledgerId}) found
     ORDER BY found.place LIMIT 1`;
  const [row] = rows.map((one) => contactRow.parse(one));
  return row ? { pair, person: personOf(pair, row), row } : null;
}

function readKey(key: string): readonly [string | null, string | null] | null {
  try {
    return keySchema.safeParse(JSON.parse(key)).data ?? null;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

const personOf = (pair: Pair, row: ContactRow): Person => ({
  pairId: pair.id,
  source:
    row.source_id === null ? null : { connectionId: pair.sourceConnectionId, externalId: row.source_id },
  ledger:
    row.ledger_id === null ? null : { connectionId: pair.ledgerConnectionId, externalId: row.ledger_id },
});

async function describePerson(
  runtime: Runtime,
  tx: Transaction,
  pair: Pair,
  row: ContactRow,
): Promise<PersonView> {
  const person = personOf(pair, row);
  const names = namesOfPair(runtime, pair);
  const erased = await findErased(tx, person);
  const where = [person.source && names.source, person.ledger && names.ledger].filter(
    (name) => name !== null,
  );
  return {
    key: JSON.stringify([row.source_id, row.ledger_id]),
    name: row.name,
    email: row.email,
    where: where.join(" and "),
    counts: await countPerson(tx, person),
    erasedAt: erased?.erasedAt.toISOString() ?? null,
    whyNot: erased ? null : await whyNotErased(tx, person),
  };
}

export async function findErased(tx: Transaction, { source, ledger }: Person) {
  return tx.erasedPerson.findFirst({
    where: { OR: [source, ledger].flatMap((side) => (side ? [{ ...side }] : [])) },
  });
}

/** What is at work goes by what it has read: it ends first. */
export async function whyNotErased(tx: Transaction, { pairId }: Person): Promise<string | null> {
  if (pairId === null) return null;
  const working = await tx.syncRun.count({ where: { pairId, state: { in: [...WORKING_STATES] } } });
  const unresolved = await tx.writeIntent.count({
    where: { pairId, state: { in: ["planned", "sending", "unknown"] } },
  });
  return working + unresolved === 0
    ? null
    : "A run is at work, or an answer of the ledger is still looked for. Erase once it is finished.";
}

const WHAT: readonly (readonly [what: string, tables: readonly PersonTable[]])[] = [
  ["Records of the two systems, as last read", ["record_snapshots", "ledger_records", "quarantined_rows"]],
  ["Links and questions whether two are one", ["record_links", "match_questions"]],
  ["Plans and approvals", ["planned_changes", "approvals", "record_overrides"]],
  ["Requests kept", ["write_intents"]],
  ["Exceptions", ["exceptions"]],
  ["Comparisons", ["tie_out_entries", "entry_changes", "tie_out_findings"]],
  ["Lines of the audit trail", ["audit_events"]],
];

async function countPerson(tx: Transaction, person: Person): Promise<PersonCount[]> {
  const conditions = personConditions(person);
  const counts: PersonCount[] = [];
  for (const [what, tables] of WHAT) {
    let count = 0;
    for (const table of tables) {
      const [row] = await tx.$queryRaw<{ rows: number }[]>`
        SELECT count(*)::integer AS rows FROM ${Prisma.raw(table)} t WHERE ${conditions[table]}`;
      count += row?.rows ?? 0;
    }
    counts.push({ what, count });
  }
  return counts;
}
