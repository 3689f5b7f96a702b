import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import { canonicalRecordSchema, summarise } from "@/lib/domain/canonical-record";
import { contentHash } from "@/lib/domain/content-hash";
import { concealedContact, concealRecord, makeToken } from "@/lib/domain/erased-person";
import { makeConcealer, type PersonDetails } from "@/lib/domain/erased-person-texts";
import type { fieldsOf } from "@/lib/domain/two-sided";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { looseKeysOf } from "@/lib/matching/loose-keys";
import { definitionOf, getRuntime, type Runtime } from "../runtime";
import { addressDigest, findErased, loadPerson, whyNotErased } from "./find-person";
import { type Person, type PersonSide, personConditions } from "./person-rows";
import { emptyRows, rewriteRows } from "./rewrite-rows";

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
      const details = await collectDetails(tx, person);
      await rewriteRows(tx, person, makeConcealer(details, token));
      await emptyRows(tx, person, details.names, token);
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

/** The details as either side has them now, and each name that a document of theirs bears. */
async function collectDetails(tx: Transaction, person: Person): Promise<PersonDetails> {
  const contacts = await loadContacts(tx, person);
  const { record_snapshots: inSource, ledger_records: inLedger } = personConditions(person);
  const named = await tx.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT t.record ->> 'contactName' AS name FROM record_snapshots t
     WHERE ${inSource} AND t.record ->> 'contactName' <> ''
     UNION
    SELECT DISTINCT t.record ->> 'contactName' FROM ledger_records t
     WHERE ${inLedger} AND t.record ->> 'contactName' <> ''`;
  return {
    names: [...contacts.map(({ name }) => name), ...named.map(({ name }) => name)],
    emails: contacts.map(({ email }) => email),
    others: contacts.flatMap(({ phone, address }) => [
      phone,
      ...(address ? [address.line1, address.line2, address.postalCode] : []),
    ]),
  };
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
