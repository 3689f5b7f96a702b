import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { RecordListRow, RecordListView } from "@/lib/domain/views/record-list-view";
import type { RecordView } from "@/lib/domain/views/record-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { RecordChoice } from "@/lib/operations/records/list-records";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openCompany } from "./company";
import { listAll, openLedger } from "./ledger-books";
import { openSource, type SourceBooks } from "./source-books";

/** What a person finds who follows the address of a document in Xero back to where it came from. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
let source: SourceBooks;

beforeAll(async () => {
  world = await startProductWorld();
  access = await openCompany(world);
  await world.owner.syncOnce(access);
  source = await openSource(world.sandbox.origin);
});
afterAll(() => world.stop());

async function look(number: string): Promise<RecordView> {
  const { getRecord } = await import("@/lib/operations/records/get-record");
  const externalId = await source.findId("invoices", number);
  const view = await getRecord(access, { recordType: "invoice", externalId });
  if (!view) throw new Error(`invoice ${number} has a page`);
  return view;
}

const titles = (view: RecordView): string[] => view.history.map(({ title }) => title);

describe("the page of a record", () => {
  it("shows a posted invoice as both sides have it, what was sent, and who asked for it", async () => {
    const view = await look("INV-1108");
    expect(view.standing).toEqual({
      state: "agrees",
      words: "Xero has it as it is in Zoho Books.",
      exceptionId: null,
    });
    // The customer's name has two spaces in a row there, which Xero does not keep.
    expect(view.sides.filter((field) => field.isChanged).map(({ field }) => field)).toEqual(["Contact"]);
    expect(view.ledgerLink).toMatch(/^https:\/\/go\.xero\.com\//);
    expect(view.sides.map(({ field }) => field)).toEqual(
      expect.arrayContaining(["Contact", "Date", "Total"]),
    );
    const written = view.history.find(({ kind }) => kind === "written");
    expect(written).toMatchObject({
      title: "Created in Xero",
      detail: expect.stringMatching(/^Asked for by /),
    });
    expect(written?.fields.map(({ field }) => field)).toEqual(expect.arrayContaining(["Contact", "Total"]));
  });

  it("is where the address leads that the document bears in Xero, for those of its workspace alone", async () => {
    const { locateRecord } = await import("@/lib/operations/records/locate-record");
    const posted = (await listAll(await openLedger(world.sandbox.origin), "Invoices")).find(
      (one) => one.InvoiceNumber === "INV-1108",
    );
    const [, pairId = "", recordType, externalId] =
      /\/go\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(String(posted?.Url)) ?? [];
    expect({ recordType, externalId }).toEqual({
      recordType: "invoice",
      externalId: await source.findId("invoices", "INV-1108"),
    });
    expect(await locateRecord(access.userId, pairId)).toBe(access.slug);
    const stranger = await world.owner.signUp("stranger@elsewhere.test");
    expect(await locateRecord(stranger.userId, pairId)).toBeNull();
    expect(await locateRecord(access.userId, "no-pair")).toBeNull();
  });

  it("says of one that waits what is the matter, and where it can be mended", async () => {
    const view = await look("INV-1109");
    expect(view.standing).toMatchObject({ state: "needsYou", exceptionId: expect.any(String) });
    expect(view.standing.words).toMatch(/number .*Change the number in Zoho Books/);
    expect(titles(view)).toEqual(expect.arrayContaining(["It could not go", "Refused by Xero"]));
  });

  it("tells of a change that a person made in Xero afterwards, and shows the two apart", async () => {
    const ledger = await openLedger(world.sandbox.origin);
    const posted = (await listAll(ledger, "Invoices")).find((one) => one.InvoiceNumber === "INV-1108");
    const changed = await ledger.call("POST", `/Invoices/${posted?.InvoiceID}`, {
      body: { InvoiceID: posted?.InvoiceID, Date: "2026-09-30", DueDate: "2026-10-30" },
    });
    expect(changed.status).toBe(200);
    await world.owner.syncOnce(access);
    await world.waitUntilIdle();
    const view = await look("INV-1108");
    expect(view.standing.state).toBe("differs");
    expect(view.sides.filter((field) => field.isChanged).map(({ field }) => field)).toContain("Date");
    expect(titles(view)).toContain("It was changed in Xero");
  });

  it("is not there for a kind or an id that nobody has", async () => {
    const { getRecord } = await import("@/lib/operations/records/get-record");
    expect(await getRecord(access, { recordType: "invoice", externalId: "nobody" })).toBeNull();
    expect(await getRecord(access, { recordType: "cheque", externalId: "1" })).toBeNull();
  });
});

describe("the audit trail", () => {
  const EVERYTHING = { area: null, from: null, to: null } as const;

  it("names who did what, newest first, and is narrowed by what it is about and by days", async () => {
    const { listAudit } = await import("@/lib/operations/audit/list-audit");
    const { rows } = await listAudit(access, EVERYTHING);
    expect(rows.map(({ sequence }) => Number(sequence))).toEqual(
      rows.map(({ sequence }) => Number(sequence)).sort((first, second) => second - first),
    );
    expect(rows.map(({ what }) => what)).toEqual(
      expect.arrayContaining(["Posted a preview", "Confirmed the set-up", "Connected a system"]),
    );
    const posted = rows.find(({ action }) => action === "run.posting");
    expect(posted?.by).toBe(access.userName);
    const { rows: connections } = await listAudit(access, { ...EVERYTHING, area: "connection" });
    expect(new Set(connections.map(({ action }) => action))).toEqual(new Set(["connection.connected"]));
    const day = posted?.at.slice(0, 10) ?? "";
    expect((await listAudit(access, { ...EVERYTHING, from: day, to: day })).rows).not.toEqual([]);
    expect((await listAudit(access, { ...EVERYTHING, to: "2001-01-01" })).rows).toEqual([]);
  });

  it("goes on where a page ended, and its export has every line once", async () => {
    const { listAudit } = await import("@/lib/operations/audit/list-audit");
    const { exportAudit } = await import("@/lib/operations/audit/export-audit");
    const { rows } = await listAudit(access, EVERYTHING);
    const [first, second] = rows;
    const { rows: onwards } = await listAudit(access, EVERYTHING, first?.sequence ?? null);
    expect(onwards[0]).toEqual(second);
    const pieces = [];
    for await (const piece of (await exportAudit(access, EVERYTHING)).bytes) pieces.push(piece);
    const sheet = strFromU8(unzipSync(Buffer.concat(pieces))["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
    // The titles, and the line that tells of this download.
    expect(sheet.match(/<row /g)).toHaveLength(rows.length + 2);
  });
});

describe("the list of records", () => {
  async function listAllRecords(choice: RecordChoice): Promise<RecordListRow[]> {
    const { listRecords } = await import("@/lib/operations/records/list-records");
    const rows: RecordListRow[] = [];
    for (let after: string | null = null; ; ) {
      const page: RecordListView | null = await listRecords(access, { ...choice, after });
      rows.push(...(page?.rows ?? []));
      if (!page?.next) return rows;
      after = page.next;
    }
  }
  const idsOf = (rows: readonly RecordListRow[]): string[] => rows.map((row) => row.externalId).sort();

  it("has each record once in every order, page by page, and the order is the one that was asked for", async () => {
    const all = await listAllRecords({ recordType: "invoice" });
    expect(all.length).toBeGreaterThan(50);
    expect(new Set(idsOf(all)).size).toBe(all.length);
    for (const key of ["number", "date", "amount"] as const)
      for (const descending of [false, true])
        expect(idsOf(await listAllRecords({ recordType: "invoice", sort: { key, descending } }))).toEqual(
          idsOf(all),
        );
    const dates = all.map((row) => row.date ?? "");
    expect(dates).toEqual([...dates].sort().reverse());
    const largest = await listAllRecords({
      recordType: "invoice",
      sort: { key: "amount", descending: true },
    });
    const sterling = largest.filter((row) => row.amount?.currency === "GBP");
    const amounts = sterling.map((row) => Number(row.amount?.amount));
    expect(amounts).toEqual([...amounts].sort((first, second) => second - first));
    // A yen has no hundredths: a thousand of them stand below a thousand pounds.
    const yen = largest.findIndex((row) => row.amount?.currency === "JPY");
    expect(Number(largest[yen]?.amount?.amount)).toBeGreaterThanOrEqual(
      Number(largest[yen + 1]?.amount?.amount ?? 0),
    );
  });

  it("is searched by any part of number and name, and narrowed by what became of them", async () => {
    const found = await listAllRecords({ recordType: "invoice", search: "nv-110" });
    expect(found.length).toBeGreaterThan(2);
    expect(found.every((row) => row.number.startsWith("INV-110"))).toBe(true);
    for (const search of ["%%%", "___", "zzz"])
      expect(await listAllRecords({ recordType: "invoice", search })).toEqual([]);
    const all = await listAllRecords({ recordType: "invoice" });
    const posted = await listAllRecords({ recordType: "invoice", disposition: "posted" });
    expect(idsOf(posted)).toEqual(idsOf(all.filter((row) => row.disposition === "posted")));
    const contacts = await listAllRecords({
      recordType: "contact",
      sort: { key: "number", descending: false },
    });
    const names = contacts.map((row) => row.label);
    expect(names).toEqual([...names].sort());
  });
});

describe("the list of runs", () => {
  it("is put in order by time and by duration, and narrowed by what became of them", async () => {
    const { listRunPage } = await import("@/lib/operations/runs/list-runs");
    await world.owner.syncOnce(access);
    const { rows, next } = await listRunPage(access, {});
    expect(next).toBeNull();
    const times = rows.map((row) => row.startedAt);
    expect(times).toEqual([...times].sort().reverse());
    const oldest = await listRunPage(access, { sort: { key: "time", descending: false } });
    expect(oldest.rows.map((row) => row.startedAt)).toEqual([...times].reverse());
    const took = (await listRunPage(access, { sort: { key: "duration", descending: true } })).rows.map(
      (row) => Math.round((Date.parse(row.finishedAt ?? row.startedAt) - Date.parse(row.startedAt)) / 1_000),
    );
    expect(took).toEqual([...took].sort((first, second) => second - first));
    expect((await listRunPage(access, { outcome: "failed" })).rows).toEqual([]);
    expect((await listRunPage(access, { outcome: "finished" })).rows).toHaveLength(rows.length);
  });
});
