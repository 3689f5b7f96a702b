import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type CanonicalRecord, canonicalRecordSchema } from "@/lib/domain/canonical-record";
import type { Contact } from "@/lib/domain/contact";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { OpenZip } from "@/lib/operations/export/open-zip";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { addColleague } from "./colleagues";
import { expectAgreement, openCompany } from "./company";
import { readBytes } from "./edit-workbook";
import { listAll, openLedger, readBooks } from "./ledger-books";
import { openSource, type SourceBooks } from "./source-books";
import { dumpWorkspace } from "./workspace-rows";

/**
 * A workspace with posted books, from who sees the details of people to its last row: each part goes on where the one
 * before ended.
 */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let owner: WorkspaceAccess;
let bookkeeper: WorkspaceAccess;
let reader: WorkspaceAccess;
let source: SourceBooks;
let contact: Contact;

beforeAll(async () => {
  world = await startProductWorld();
  owner = await openCompany(world);
  await world.owner.syncOnce(owner);
  bookkeeper = await addColleague(owner, "Ben Marsh", "bookkeeper");
  reader = await addColleague(owner, "Rita Vale", "readOnly");
  source = await openSource(world.sandbox.origin);
  contact = await findContact();
});
afterAll(() => world.stop());

async function database() {
  const { getRuntime } = await import("@/lib/operations/runtime");
  return (await getRuntime()).database;
}

/** Somebody with an address who has documents on both sides. */
async function findContact(): Promise<Contact> {
  const records = await (await database()).withWorkspace(owner.workspaceId, async (tx) => {
    const links = await tx.recordLink.findMany({ where: { recordType: "contact" } });
    const rows = await tx.recordSnapshot.findMany({ where: { recordType: { in: ["contact", "invoice"] } } });
    const all = rows.map((row): CanonicalRecord => canonicalRecordSchema.parse(row.record));
    return all.filter(
      (record) =>
        record.recordType === "invoice" || links.some((link) => link.sourceExternalId === record.externalId),
    );
  });
  const invoiced = new Set(
    records.flatMap((record) => (record.recordType === "invoice" ? [record.contactId] : [])),
  );
  const found = records.find(
    (record): record is Contact =>
      record.recordType === "contact" && record.email !== "" && invoiced.has(record.externalId),
  );
  if (!found) throw new Error("the company has a customer with an address and an invoice");
  return found;
}

const writesSeen = (): number =>
  world.sandbox.callLog.entries().filter(({ kind }) => kind === "write").length;

const auditOf = async (action: string) =>
  (await database()).withWorkspace(owner.workspaceId, (tx) =>
    tx.auditEvent.findMany({ where: { action }, orderBy: { sequence: "asc" } }),
  );

async function lookAt(access: WorkspaceAccess): Promise<string> {
  const { getRecord } = await import("@/lib/operations/records/get-record");
  const view = await getRecord(access, { recordType: "contact", externalId: contact.externalId });
  if (!view) throw new Error("the contact has a page");
  return JSON.stringify(view);
}

describe("the details of a person", () => {
  it("are masked for a reader, and shown to a bookkeeper, whose look is one line of the trail a day", async () => {
    const masked = await lookAt(reader);
    expect(masked).not.toContain(contact.email);
    expect(masked).toContain("***@");
    expect(masked).toContain(contact.name);
    expect(await auditOf("details.seen")).toEqual([]);
    expect(await lookAt(bookkeeper)).toContain(contact.email);
    await lookAt(bookkeeper);
    expect((await auditOf("details.seen")).map(({ actorUserId, subject }) => [actorUserId, subject])).toEqual(
      [[bookkeeper.userId, `contact:${contact.externalId}`]],
    );
  });

  it("are masked in what was sent to Xero and what it answered", async () => {
    const { getException } = await import("@/lib/operations/exceptions/get-exception");
    const db = await database();
    const { id } = await db.withWorkspace(owner.workspaceId, (tx) =>
      tx.syncException.findFirstOrThrow({ where: { state: "open" } }),
    );
    const body = { Contacts: [{ Name: "Anna Marsh", EmailAddress: "anna@shop.co.uk" }] };
    const exchange = { method: "POST", path: "/Contacts", sent: body, status: 400, answered: body };
    await db.withWorkspace(owner.workspaceId, (tx) =>
      tx.syncException.update({ where: { id }, data: { exchange: { ...exchange, vendorRequestId: null } } }),
    );
    const [shown, full] = [await getException(reader, id), await getException(bookkeeper, id)];
    expect(shown?.exchange?.sent).toContain("a***@shop.co.uk");
    expect(JSON.stringify(shown)).not.toContain("anna@");
    expect(full?.exchange?.sent).toContain("anna@shop.co.uk");
  });

  it("are masked for bookkeepers too where an administrator says so", async () => {
    const { setMasking } = await import("@/lib/operations/privacy/get-privacy");
    const { getWorkspace } = await import("@/lib/operations/workspaces/get-workspace");
    await setMasking(owner, { masksBookkeepers: true });
    const now = await getWorkspace(bookkeeper.userId, owner.slug);
    if (!now) throw new Error("the bookkeeper is in it still");
    expect(await lookAt(now)).not.toContain(contact.email);
    await setMasking(owner, { masksBookkeepers: false });
  });
});

describe("what the operator stops", () => {
  it("is held before anything is sent, says why, and is posted once it may go", async () => {
    const { letPostingGo, stopPosting } = await import("@/lib/operations/status/stop-posting");
    const { getWorkspaceNotices } = await import("@/lib/operations/privacy/get-privacy");
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    const { startPreview } = await import("@/lib/operations/runs/start-preview");
    await source.call("POST", "/contacts", { contact_name: "New Quay Lamps", contact_type: "customer" });
    const invoices = { slug: owner.slug, flow: "contact" };
    const before = writesSeen();
    expect(await stopPosting(invoices, "A name was written wrongly.")).toEqual({ ok: true, value: null });
    expect((await getWorkspaceNotices(reader)).stops).toEqual([
      { what: "contacts", why: "A name was written wrongly." },
    ]);
    await world.owner.syncOnce(owner);
    expect(writesSeen()).toBe(before);
    await letPostingGo(invoices);
    const all = { slug: owner.slug, flow: null };
    await stopPosting(all, "We look into a double post.");
    const preview = await startPreview(owner);
    if (!preview.ok) throw new Error(preview.error.message);
    await world.owner.followRun(owner, preview.value.runId, (run) => run.state === "previewed");
    expect(await startPosting(owner, preview.value.runId)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining("We look into a double post.") },
    });
    expect(writesSeen()).toBe(before);
    await letPostingGo(all);
    await world.owner.syncOnce(owner);
    expect(writesSeen()).toBeGreaterThan(before);
    expect(await stopPosting({ slug: "nobody", flow: null }, "why")).toMatchObject({ ok: false });
    expect(await stopPosting({ slug: owner.slug, flow: "cheque" }, "why")).toMatchObject({ ok: false });
  });
});

describe("support", () => {
  it("sees nothing without the owner's consent, and with it each look is in the trail", async () => {
    const { giveConsent, lookIn, withdrawConsent } = await import("@/lib/operations/privacy/support-consent");
    const asked = { slug: owner.slug, who: "Sam of support", why: "ticket 12" };
    expect(await lookIn(asked)).toMatchObject({ ok: false });
    expect(await auditOf("support.looked")).toEqual([]);
    await giveConsent(owner, { hours: 1 });
    const look = await lookIn(asked);
    expect(look).toMatchObject({ ok: true, value: { workspace: owner.slug, discrepancies: 0 } });
    expect(JSON.stringify(look)).not.toContain(contact.name);
    expect((await auditOf("support.looked")).map(({ after }) => after)).toEqual([
      { who: "Sam of support", why: "ticket 12" },
    ]);
    await withdrawConsent(owner);
    expect(await lookIn(asked)).toMatchObject({ ok: false });
  });
});

async function openDownload(file: { readonly bytes: AsyncIterable<Uint8Array> }): Promise<OpenZip> {
  const { openZip } = await import("@/lib/operations/export/open-zip");
  return openZip(await readBytes(file), { unpackedBytesMax: 500_000_000 });
}

const textIn = (zip: OpenZip, name: string): string => Buffer.from(zip.read(name) ?? []).toString("utf8");

describe("one person", () => {
  let key = "";

  it("is found by a part of the address, with counts of what is held, and what was typed is not kept", async () => {
    const { findPeople } = await import("@/lib/operations/privacy/find-person");
    const found = await findPeople(owner, contact.email.slice(0, -2).toUpperCase());
    const person = found.people.find(({ name }) => name === contact.name);
    expect(person).toMatchObject({ email: contact.email, where: "Zoho Books and Xero", whyNot: null });
    const counts = Object.fromEntries((person?.counts ?? []).map(({ what, count }) => [what, count]));
    expect(counts["Records of the two systems, as last read"]).toBeGreaterThanOrEqual(4);
    expect(counts["Requests kept"]).toBeGreaterThanOrEqual(2);
    key = person?.key ?? "";
    const [event] = await auditOf("person.found");
    expect(JSON.stringify(event?.after)).toBe(JSON.stringify({ found: found.people.length }));
  });

  it("is taken out as an archive of what is held of them and of nobody else", async () => {
    const { exportPerson } = await import("@/lib/operations/privacy/export-workspace");
    const file = await exportPerson(owner, key);
    if (!file) throw new Error("the person is there");
    const zip = await openDownload(file);
    const records = textIn(zip, "record_snapshots.jsonl");
    expect(records).toContain(contact.email);
    for (const line of records.trim().split("\n")) expect(line).toContain(contact.externalId);
    expect(await exportPerson(owner, JSON.stringify(["nobody", null]))).toBeNull();
  });

  it("is erased from every row but the trail, and the chain of the trail still holds", async () => {
    const { erasePerson } = await import("@/lib/operations/privacy/erase-person");
    const { sealAudit } = await import("@/lib/operations/audit/seal-audit");
    const { verifyAudit } = await import("@/lib/operations/audit/verify-audit");
    expect(await erasePerson(owner, { key })).toMatchObject({ ok: true });
    expect(await traces()).toEqual([]);
    expect(await erasePerson(owner, { key })).toMatchObject({ ok: false });
    await sealAudit();
    expect((await verifyAudit(owner.slug)).broken).toEqual([]);
  });

  it("does not come back with the next runs, though both systems have the details still and they change there", async () => {
    const ledger = await openLedger(world.sandbox.origin);
    const before = await listAll(ledger, "Contacts");
    await source.call("PUT", `/contacts/${contact.externalId}`, { notes: "Moved" });
    const xero = before.find(({ Name }) => Name === contact.name.replace(/\s+/g, " "));
    await ledger.call("POST", `/Contacts/${xero?.ContactID}`, {
      body: { ContactID: xero?.ContactID, FirstName: "Annabel" },
    });
    const writes = writesSeen();
    await world.owner.syncOnce(owner);
    await world.waitUntilIdle();
    expect(await traces()).toEqual([]);
    // The change that was made by hand in Xero is the only one.
    expect(writesSeen()).toBe(writes);
    expect((await listAll(ledger, "Contacts")).map(({ Name }) => Name).sort()).toEqual(
      before.map(({ Name }) => Name).sort(),
    );
    await expectAgreement(owner);
  });

  it("gets a new document posted under the contact that the ledger has", async () => {
    const ledger = await openLedger(world.sandbox.origin);
    const account = await source.accountId("Sales");
    await source.call("POST", "/invoices?ignore_auto_number_generation=true", {
      customer_id: contact.externalId,
      invoice_number: "INV-AFTER",
      date: "2026-07-30",
      line_items: [{ name: "Lamp", rate: 10, quantity: 1, account_id: account }],
    });
    await source.call("POST", `/invoices/${await source.findId("invoices", "INV-AFTER")}/status/sent`);
    await world.owner.syncOnce(owner);
    await world.waitUntilIdle();
    const posted = (await listAll(ledger, "Invoices")).find(
      ({ InvoiceNumber }) => InvoiceNumber === "INV-AFTER",
    );
    expect(JSON.stringify(posted?.Contact)).toContain(contact.name.replace(/\s+/g, " "));
    expect(await traces()).toEqual([]);
    await expectAgreement(owner);
  });

  /** Tables that hold a detail still. */
  async function traces(): Promise<string[]> {
    const details = [contact.name, contact.email, contact.phone].filter((text) => text.length > 3);
    const spelled = details.flatMap((text) => [text, text.toLowerCase(), text.replace(/\s+/g, " ")]);
    return Object.entries(await dumpWorkspace(owner.workspaceId)).flatMap(([table, rows]) =>
      table !== "audit_events" && rows.some((row) => spelled.some((text) => row.includes(text)))
        ? [table]
        : [],
    );
  }
});

/** A name, a telephone number and a postcode that are also words and amounts of what is stored. */
describe.each([
  { name: "Net", number: "INV-NET" },
  { name: "Tax", number: "INV-TAX" },
])("somebody called $name, of postcode 2100 and telephone 100", ({ name, number }) => {
  let sourceId = "";
  let ledgerId = "";

  it("is erased, and amounts, ids, days and names of members stay what they are", async () => {
    const { erasePerson } = await import("@/lib/operations/privacy/erase-person");
    const { sealAudit } = await import("@/lib/operations/audit/seal-audit");
    const { verifyAudit } = await import("@/lib/operations/audit/verify-audit");
    const db = await database();
    await source.call("POST", "/contacts", {
      ...{ contact_name: name, contact_type: "customer", phone: "100" },
      billing_address: { address: "21", zip: "2100", city: "Leith" },
    });
    sourceId = await source.findId("contacts", name);
    const account = await source.accountId("Sales");
    for (const rate of [210, 2100]) {
      await source.call("POST", "/invoices?ignore_auto_number_generation=true", {
        ...{ customer_id: sourceId, invoice_number: `${number}-${rate}`, date: "2026-07-30" },
        line_items: [{ name: "Lamp", rate, quantity: 1, account_id: account }],
      });
      await source.call(
        "POST",
        `/invoices/${await source.findId("invoices", `${number}-${rate}`)}/status/sent`,
      );
    }
    await world.owner.syncOnce(owner);
    await world.waitUntilIdle();
    await expectAgreement(owner);
    const link = await db.withWorkspace(owner.workspaceId, (tx) =>
      tx.recordLink.findFirstOrThrow({ where: { recordType: "contact", sourceExternalId: sourceId } }),
    );
    ledgerId = link.ledgerExternalId;
    const before = await dumpWorkspace(owner.workspaceId);
    expect(await erasePerson(owner, { key: JSON.stringify([sourceId, ledgerId]) })).toMatchObject({
      ok: true,
    });
    const after = await dumpWorkspace(owner.workspaceId);
    const changed = WITH_COPIES.flatMap((table) => changedMembers(before[table] ?? [], after[table] ?? []));
    expect([...new Set(changed)].filter((member) => !MAY_CHANGE.has(member))).toEqual([]);
    for (const table of ["record_snapshots", "write_intents", "tie_out_entries"] as const) {
      const theirs = (after[table] ?? []).filter((row) => row.includes(`${number}-`));
      expect(theirs.filter((row) => row.includes(`"${name}"`))).toEqual([]);
      expect(
        theirs.some((row) => row.includes('"minor": "210000"') || row.includes('"gross": "210000"')),
      ).toBe(true);
    }
    await sealAudit();
    expect((await verifyAudit(owner.slug)).broken).toEqual([]);
  });

  it("still agrees, and the next run writes nothing", async () => {
    const writes = writesSeen();
    await world.owner.syncOnce(owner);
    await world.waitUntilIdle();
    expect(writesSeen()).toBe(writes);
    await expectAgreement(owner);
  });

  it("does not come back with rows that could not be read, which go along in the copy of what is held", async () => {
    const { exportPerson } = await import("@/lib/operations/privacy/export-workspace");
    const { erasePerson } = await import("@/lib/operations/privacy/erase-person");
    const db = await database();
    const invoiceOf = (id: string) => ({ customer_id: id, customer_name: name, email: "who@shop.test" });
    const rows = { named: { lines: [invoiceOf(sourceId)] }, other: invoiceOf("somebody-else") };
    const { sourceConnectionId: connectionId } = await db.withWorkspace(owner.workspaceId, async (tx) => {
      const pair = await tx.pair.findFirstOrThrow();
      for (const [id, payload] of Object.entries(rows))
        await tx.quarantinedRow.create({
          data: {
            ...{
              workspaceId: owner.workspaceId,
              connectionId: pair.sourceConnectionId,
              recordType: "invoice",
            },
            ...{ externalId: `${number}-${id}`, problem: "no date", payload, state: "open" },
            createdAt: new Date(),
          },
        });
      // They were erased before: the rows are from the time before that.
      await tx.erasedPerson.deleteMany({ where: { externalId: { in: [sourceId, ledgerId] } } });
      return pair;
    });
    const key = JSON.stringify([sourceId, ledgerId]);
    const file = await exportPerson(owner, key);
    if (!file) throw new Error("the person is there");
    const taken = textIn(await openDownload(file), "quarantined_rows.jsonl");
    expect(taken).toContain(`${number}-named`);
    expect(taken).not.toContain(`${number}-other`);
    expect(await erasePerson(owner, { key })).toMatchObject({ ok: true });
    const kept = await db.withWorkspace(owner.workspaceId, (tx) =>
      tx.quarantinedRow.findMany({
        where: { connectionId, externalId: { startsWith: number } },
        orderBy: { externalId: "asc" },
      }),
    );
    expect(kept.map(({ payload }) => payload)).toEqual([null, rows.other]);
  });
});

it("a row kept aside loses its content once its record can be read", async () => {
  const db = await database();
  const id = await source.findId("invoices", "INV-AFTER");
  const { sourceConnectionId: connectionId } = await db.withWorkspace(owner.workspaceId, async (tx) => {
    const pair = await tx.pair.findFirstOrThrow();
    await tx.quarantinedRow.create({
      data: {
        ...{ workspaceId: owner.workspaceId, connectionId: pair.sourceConnectionId, recordType: "invoice" },
        ...{ externalId: id, problem: "no date", payload: { email: "who@shop.test" }, state: "open" },
        createdAt: new Date(),
      },
    });
    return pair;
  });
  await source.call("PUT", `/invoices/${id}?reason=late`, { reference_number: "READ-AGAIN" });
  await world.owner.syncOnce(owner);
  await world.waitUntilIdle();
  const row = await db.withWorkspace(owner.workspaceId, (tx) =>
    tx.quarantinedRow.findFirstOrThrow({ where: { connectionId, externalId: id } }),
  );
  expect([row.state, JSON.stringify(row.payload)]).toEqual(["resolved", "{}"]);
});

/** Tables that hold copies of records, in which only what holds a detail may change. */
const WITH_COPIES = [
  ...["record_snapshots", "ledger_records", "record_links", "write_intents", "planned_changes", "exceptions"],
  ...["tie_out_entries", "tie_out_findings", "entry_changes", "match_questions", "approvals"],
];
const MAY_CHANGE: ReadonlySet<string> = new Set([
  ...["name", "firstName", "lastName", "email", "phone", "address", "contactName", "label"],
  ...["natural_key", "strict_key", "loose_key", "strictKey", "looseKey"],
  ...["content_hash", "disposition_hash", "source_hash", "ledger_hash"],
  ...["message", "sentence", "source_words", "ledger_words", "differences", "updated_at"],
]);

/** Names of the members in which two dumps of a table differ, by the id of each row. */
function changedMembers(before: readonly string[], after: readonly string[]): string[] {
  const rowsById = (rows: readonly string[]) =>
    new Map(rows.map((row) => [String(JSON.parse(row).id), JSON.parse(row)]));
  const there = rowsById(after);
  return [...rowsById(before)].flatMap(([id, row]) => differingMembers(row, there.get(id), id));
}

function differingMembers(one: unknown, other: unknown, name: string): string[] {
  if (JSON.stringify(one) === JSON.stringify(other)) return [];
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return [name];
  const [here, there] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return [...new Set([...here.keys(), ...there.keys()])].flatMap((member) =>
    differingMembers(here.get(member), there.get(member), member),
  );
}

describe("leaving", () => {
  it("takes everything along in pages, without a secret", async () => {
    const { exportWorkspace } = await import("@/lib/operations/privacy/export-workspace");
    const db = await database();
    const rows = 4_321;
    await db.withWorkspace(owner.workspaceId, async (tx) => {
      const { id } = await tx.pair.findFirstOrThrow();
      await tx.$executeRaw`
        INSERT INTO entry_changes (workspace_id, pair_id, side, record_type, external_id, what, number, label, fields, noticed_at)
        SELECT ${owner.workspaceId}::uuid, ${id}::uuid, 'source', 'invoice', 'made-up-' || n, 'changed', 'N' || n, 'L', '[]', now()
          FROM generate_series(1, ${rows}) n`;
    });
    const file = await exportWorkspace(owner);
    const zip = await openDownload(file);
    const made = textIn(zip, "entry_changes.jsonl")
      .split("\n")
      .filter((line) => line.includes("made-up-"));
    expect(new Set(made).size).toBe(rows);
    expect(zip.names).toEqual(
      expect.arrayContaining(["workspace.jsonl", "people.jsonl", "record_links.jsonl", "audit_events.jsonl"]),
    );
    expect(zip.names).not.toContain("credentials.jsonl");
    const secrets = await db.withWorkspace(
      owner.workspaceId,
      (tx) => tx.$queryRaw<{ text: string }[]>`
        SELECT encode(ciphertext, 'hex') AS text FROM credentials
         UNION ALL SELECT webhook_token FROM connections WHERE webhook_token IS NOT NULL`,
    );
    expect(secrets.length).toBeGreaterThan(0);
    const everything = zip.names.map((name) => textIn(zip, name)).join("\n");
    for (const { text } of secrets) expect(everything).not.toContain(text);
    for (const line of everything.split("\n").filter((one) => one.startsWith("{")))
      expect(() => JSON.parse(line)).not.toThrow();
  });

  it("deletes what was read some weeks after a disconnect, and coming back doubles nothing", async () => {
    const { disconnect } = await import("@/lib/operations/connections/disconnect");
    const { listConnections } = await import("@/lib/operations/connections/list-connections");
    const { tidyWorkspaces } = await import("@/lib/operations/privacy/tidy-workspaces");
    const db = await database();
    const ledger = await openLedger(world.sandbox.origin);
    const before = await readBooks(ledger);
    for (const { connectionId } of await listConnections(owner)) await disconnect(owner, connectionId);
    await tidyWorkspaces();
    const counts = () =>
      db.withWorkspace(owner.workspaceId, async (tx) => ({
        snapshots: await tx.recordSnapshot.count(),
        ledger: await tx.ledgerRecord.count(),
        reference: await tx.referenceSet.count(),
        plans: await tx.plannedChange.count(),
        links: await tx.recordLink.count(),
        intents: await tx.writeIntent.count(),
      }));
    const kept = await counts();
    expect(kept.snapshots).toBeGreaterThan(0);
    await db.withWorkspace(owner.workspaceId, (tx) =>
      tx.connection.updateMany({ data: { disconnectedAt: new Date(Date.now() - 31 * 86_400_000) } }),
    );
    await tidyWorkspaces();
    expect(await counts()).toEqual({ ...kept, snapshots: 0, ledger: 0, reference: 0, plans: 0 });
    const bodies = await db.withWorkspace(owner.workspaceId, (tx) =>
      tx.writeIntent.findMany({ select: { payload: true } }),
    );
    const texts = bodies.map(({ payload }) => canonicalRecordSchema.parse(payload));
    expect(texts.flatMap((record) => ("contactName" in record ? [record.contactName] : []))).not.toContain(
      expect.stringMatching(/./),
    );
    expect((await auditOf("connection.forgotten")).length).toBe(2);
    expect(await tidyWorkspaces()).toBe(0);

    await world.owner.connect(owner, "xero", "global");
    await world.owner.connect(owner, "zoho-books", "eu");
    await world.owner.syncOnce(owner);
    await world.waitUntilIdle();
    expect(await readBooks(ledger)).toEqual(before);
    await expectAgreement(owner);
  });

  it("is asked for by the name, waits seven days, can be taken back, and then leaves no row", async () => {
    const { askDeletion, takeBackDeletion } = await import("@/lib/operations/privacy/delete-workspace");
    const { disconnect } = await import("@/lib/operations/connections/disconnect");
    const { listConnections } = await import("@/lib/operations/connections/list-connections");
    const { tidyWorkspaces } = await import("@/lib/operations/privacy/tidy-workspaces");
    const { getWorkspace } = await import("@/lib/operations/workspaces/get-workspace");
    const { sealAudit } = await import("@/lib/operations/audit/seal-audit");
    const other = await world.owner.signUp("other@elsewhere.test");
    expect(await askDeletion(owner, { confirmation: "Tidewater" })).toMatchObject({ ok: false });
    expect(await askDeletion(owner, { confirmation: owner.name })).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/^Disconnect .* under Connections first\.$/) },
    });
    for (const { connectionId } of await listConnections(owner)) await disconnect(owner, connectionId);
    expect(await askDeletion(owner, { confirmation: owner.name })).toMatchObject({ ok: true });
    await tidyWorkspaces();
    expect(await getWorkspace(owner.userId, owner.slug)).not.toBeNull();
    expect(await takeBackDeletion(owner)).toEqual({ ok: true, value: null });
    expect(await askDeletion(owner, { confirmation: owner.name })).toMatchObject({ ok: true });
    await sealAudit();
    const db = await database();
    await db.withWorkspace(owner.workspaceId, (tx) =>
      tx.workspace.updateMany({ data: { deletionDueAt: new Date(Date.now() - 1_000) } }),
    );
    await tidyWorkspaces();
    expect(await getWorkspace(owner.userId, owner.slug)).toBeNull();
    expect(
      Object.entries(await dumpWorkspace(owner.workspaceId)).filter(([, rows]) => rows.length > 0),
    ).toEqual([]);
    expect(await db.system.allWorkspaces()).toEqual([other.workspaceId]);
    expect(await getWorkspace(other.userId, other.slug)).not.toBeNull();
  });
});
