import { recordEvent } from "@/lib/audit/record-event";
import { Prisma, type Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import { canonicalRecordSchema, summarise } from "@/lib/domain/canonical-record";
import { contentHash } from "@/lib/domain/content-hash";
import { concealedContact, concealRecord, makeToken, tokenAddress } from "@/lib/domain/erased-person";
import { normaliseName } from "@/lib/domain/name-similarity";
import type { fieldsOf } from "@/lib/domain/two-sided";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { looseKeysOf } from "@/lib/matching/loose-keys";
import { definitionOf, getRuntime, type Runtime } from "../runtime";
import { addressDigest, findErased, loadPerson, whyNotErased } from "./find-person";
import { type Person, type PersonSide, personConditions } from "./person-rows";

/**
 * Erases the details of one contact from what is ours alone, and keeps them out: what is read of the contact from then on
 * bears its token. Xero and the source keep what they have. What stays here are ids, numbers and amounts, which the books
 * need, and the audit trail, whose lines cannot be changed without breaking its chain.
 */
export async function erasePerson(
  access: WorkspaceAccess,
  { key }: { readonly key: string },
): Promise<Result<{ token: string }, { message: string }>> {
  const runtime = await getRuntime();
  const { workspaceId } = access;
  return runtime.database.withWorkspace(
    workspaceId,
    async (tx): Promise<Result<{ token: string }, { message: string }>> => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
      const found = await loadPerson(tx, key);
      if (!found) return err({ message: "There is no such person here any more. Search again." });
      const { person, pair, row } = found;
      if (await findErased(tx, person)) return err({ message: "Their details were erased before." });
      const whyNot = await whyNotErased(tx, person);
      if (whyNot !== null) return err({ message: whyNot });
      const token = makeToken(runtime.ids.next());
      const now = runtime.clock.now();
      // A preview shows and would post what was read before.
      await tx.syncRun.updateMany({
        where: { pairId: pair.id, state: "previewed" },
        data: { state: "superseded" },
      });
      const texts = await collectTexts(tx, person);
      await replaceTexts(tx, person, texts, token);
      await rewriteSource(tx, person, token);
      await rewriteLedger(runtime, tx, pair.ledger.connectorId, person, token);
      await settleLinks(tx, person, token);
      const digest = row.email === "" ? "" : addressDigest(runtime, workspaceId, row.email);
      await tx.erasedPerson.createMany({
        data: [person.source, person.ledger].flatMap((side) =>
          side
            ? [
                {
                  ...side,
                  workspaceId,
                  token,
                  addressDigest: digest,
                  erasedAt: now,
                  erasedByUserId: access.userId,
                },
              ]
            : [],
        ),
      });
      await recordEvent(tx, {
        ...{ workspaceId, actorUserId: access.userId, action: "person.erased" },
        subject: `contact:${(person.source ?? person.ledger)?.externalId ?? ""}`,
        after: { token },
        at: now,
      });
      return ok({ token });
    },
    { timeoutMs: ERASE_TIMEOUT_MS },
  );
}

/** A person with many thousands of documents takes longer than a page usually may. */
const ERASE_TIMEOUT_MS = 55_000;
const TEXT_CHARACTERS_MIN = 3;

/** A text as it stands somewhere, and what stands there afterwards. */
type Replacement = readonly [from: string, to: (token: string) => string];

/** The details as texts, in every spelling in which keys and sentences hold them, the longest first. */
async function collectTexts(tx: Transaction, person: Person): Promise<Replacement[]> {
  const found = new Map<string, (token: string) => string>();
  const asToken = (token: string): string => token;
  for (const record of await loadContacts(tx, person)) {
    const { name, email, phone, address } = record;
    const lines = address ? [address.line1, address.line2, address.postalCode] : [];
    for (const text of [name, name.replace(/\s+/g, " ").trim(), phone, ...lines])
      for (const spelling of [text, text.toLowerCase(), normaliseName(text)]) found.set(spelling, asToken);
    for (const spelling of [email, email.toLowerCase()]) found.set(spelling, tokenAddress);
  }
  return [...found]
    .filter(([text]) => text.trim().length >= TEXT_CHARACTERS_MIN)
    .sort(([first], [second]) => second.length - first.length);
}

async function loadContacts(tx: Transaction, { source, ledger }: Person) {
  const where = (side: PersonSide) => ({ ...side, recordType: "contact" });
  const rows = [
    ...(source ? await tx.recordSnapshot.findMany({ where: where(source), select: { record: true } }) : []),
    ...(ledger ? await tx.ledgerRecord.findMany({ where: where(ledger), select: { record: true } }) : []),
  ];
  return rows.flatMap((row) => {
    const record = canonicalRecordSchema.parse(row.record);
    return record.recordType === "contact" ? [record] : [];
  });
}

/** Columns that tell of a record in words or hold a copy of it; keys by which rows are found keep their form. */
const COLUMNS = {
  match_questions: { texts: ["source_words", "ledger_words", "differences"], bodies: [] },
  planned_changes: { texts: ["label", "natural_key"], bodies: ["detail"] },
  write_intents: { texts: [], bodies: ["payload", "outcome"] },
  exceptions: { texts: ["subject", "message", "remedy", "vendor_message", "label"], bodies: ["sides"] },
  record_overrides: { texts: ["value", "label", "source_value"], bodies: [] },
  approvals: { texts: ["label"], bodies: [] },
  record_links: { texts: ["natural_key"], bodies: ["detail", "agreed"] },
  tie_out_entries: { texts: ["strict_key", "loose_key"], bodies: ["body"] },
  entry_changes: { texts: ["label"], bodies: ["fields"] },
  tie_out_findings: { texts: ["label", "sentence"], bodies: ["fields"] },
} as const;
const COLUMN_TABLES = [
  "match_questions",
  "planned_changes",
  "write_intents",
  "exceptions",
  "record_overrides",
  "approvals",
  "record_links",
  "tie_out_entries",
  "entry_changes",
  "tie_out_findings",
] as const satisfies readonly (keyof typeof COLUMNS)[];

async function replaceTexts(
  tx: Transaction,
  person: Person,
  texts: readonly Replacement[],
  token: string,
): Promise<void> {
  const conditions = personConditions(person);
  for (const table of COLUMN_TABLES) {
    const { texts: words, bodies } = COLUMNS[table];
    const changes = [
      ...words.map(
        (column) =>
          Prisma.sql`${Prisma.raw(column)} = ${replaced(Prisma.raw(column), texts, token, (text) => text)}`,
      ),
      ...bodies.map(
        (column) =>
          Prisma.sql`${Prisma.raw(column)} = (${replaced(Prisma.raw(`${column}::text`), texts, token, insideJson)})::jsonb`,
      ),
      // Bodies of calls in the vendor's own form.
      ...(table === "exceptions" ? [Prisma.sql`exchange = NULL`] : []),
    ];
    await tx.$executeRaw`
      UPDATE ${Prisma.raw(table)} t SET ${Prisma.join(changes)} WHERE ${conditions[table]}`;
  }
  await tx.$executeRaw`
    UPDATE write_intents t SET payload = payload || '{"firstName": "", "lastName": "", "address": null}'::jsonb
     WHERE t.record_type = 'contact' AND ${conditions.write_intents}`;
  await tx.$executeRaw`
    UPDATE quarantined_rows t SET payload = 'null'::jsonb WHERE ${conditions.quarantined_rows}`;
  if (person.pairId !== null)
    for (const [text, to] of texts)
      await tx.tieOutFigure.updateMany({
        where: { pairId: person.pairId, dimension: "contact", label: text },
        data: { label: to(token) },
      });
}

function replaced(
  column: Prisma.Sql,
  texts: readonly Replacement[],
  token: string,
  spell: (text: string) => string,
): Prisma.Sql {
  return texts.reduce(
    (expression, [from, to]) => Prisma.sql`replace(${expression}, ${spell(from)}, ${spell(to(token))})`,
    column,
  );
}

const insideJson = (text: string): string => JSON.stringify(text).slice(1, -1);

const ROWS_AT_ONCE = 500;

/** The source's records of the person, as the next reading would store them. */
async function rewriteSource(tx: Transaction, person: Person, token: string): Promise<void> {
  const { source } = person;
  if (!source) return;
  const tokens = new Map([[source.externalId, token]]);
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM record_snapshots t WHERE ${personConditions(person).record_snapshots}`;
  for (let at = 0; at < ids.length; at += ROWS_AT_ONCE) {
    const rows = await tx.recordSnapshot.findMany({
      where: { id: { in: ids.slice(at, at + ROWS_AT_ONCE).map(({ id }) => id) } },
    });
    for (const row of rows) {
      const record = concealRecord(canonicalRecordSchema.parse(row.record), tokens);
      const hash = contentHash(record);
      const isSettled = row.dispositionHash === row.contentHash;
      await tx.recordSnapshot.update({
        where: { id: row.id },
        data: {
          record: toInputJson(record),
          label: summarise(record).label,
          contentHash: hash,
          ...(isSettled ? { dispositionHash: hash } : {}),
        },
      });
      if (hash === row.contentHash) continue;
      const own = { recordType: row.recordType, sourceExternalId: row.externalId };
      // A version that was written, refused or left out is the same version under its new fingerprint.
      await tx.recordLink.updateMany({
        where: { ...own, sourceHash: row.contentHash },
        data: { sourceHash: hash },
      });
      await tx.syncException.updateMany({
        where: { ...own, sourceHash: row.contentHash },
        data: { sourceHash: hash },
      });
    }
  }
}

async function rewriteLedger(
  runtime: Runtime,
  tx: Transaction,
  connectorId: string,
  person: Person,
  token: string,
): Promise<void> {
  const { ledger } = person;
  if (!ledger) return;
  const tokens = new Map([[ledger.externalId, token]]);
  const { rules } = definitionOf(runtime, connectorId);
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM ledger_records t WHERE ${personConditions(person).ledger_records}`;
  for (let at = 0; at < ids.length; at += ROWS_AT_ONCE) {
    const rows = await tx.ledgerRecord.findMany({
      where: { id: { in: ids.slice(at, at + ROWS_AT_ONCE).map(({ id }) => id) } },
    });
    for (const row of rows) {
      const record = concealRecord(canonicalRecordSchema.parse(row.record), tokens);
      const hash = record.recordType === "contact" ? contentHash(record) : row.contentHash;
      await tx.ledgerRecord.update({
        where: { id: row.id },
        data: {
          record: toInputJson(record),
          naturalKey: rules.naturalKey(record),
          ...looseKeysOf(record),
          contentHash: hash,
        },
      });
      if (hash !== row.contentHash)
        await tx.recordLink.updateMany({
          where: {
            recordType: row.recordType,
            ledgerExternalId: row.externalId,
            ledgerHash: row.contentHash,
          },
          data: { ledgerHash: hash },
        });
    }
  }
}

/** Both sides agree on the token from now on, so that neither looks changed. */
async function settleLinks(tx: Transaction, { source, pairId }: Person, token: string): Promise<void> {
  if (!source || pairId === null) return;
  const [link] = await tx.recordLink.findMany({
    where: { pairId, recordType: "contact", sourceExternalId: source.externalId },
  });
  if (!link || link.agreed === null) return;
  const { name, firstName, lastName, email, phone } = concealedContact(token);
  const fields: ReturnType<typeof fieldsOf> = { name, firstName, lastName, email, phone };
  await tx.recordLink.update({
    where: { id: link.id },
    data: { agreed: toInputJson({ source: fields, ledger: fields }) },
  });
}
