import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MappingRow } from "@/lib/domain/views/client-sync-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import {
  ARCHIVED_TWIN,
  INACTIVE_CLIENT,
  PROSPECT,
  SPELLED_OTHERWISE,
  XERO_ALONE,
} from "@/sandbox/seed/law-firm";
import { timesolvSeed } from "@/sandbox/seed/timesolv-firm";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { archiveContact, listLedgerContacts, restoreContact } from "./law-firm-books";
import { readSheet } from "./read-sheet";

/**
 * The sync of clients as contacts, as TimeSolv's own page describes it: switched on by itself, reviewed, corrected, confirmed
 * and posted, with a log. Each test goes on where the one before it ended.
 */
let world: ProductWorld;
let access: WorkspaceAccess;
let runId: string;

beforeAll(async () => {
  world = await startProductWorld({ seed: { kind: "law-firm" } });
  access = await world.owner.signUp("olivia@tidewaterlegal.test");
  await world.owner.connect(access, "xero", "global");
  await world.owner.connect(access, "timesolv", "global");
});

afterAll(() => world.stop());

const operations = () => import("@/lib/operations/client-sync/get-client-sync");

async function look(): Promise<string> {
  const { startPreview } = await import("@/lib/operations/runs/start-preview");
  const started = await startPreview(access);
  if (!started.ok) throw new Error(started.error.message);
  await world.owner.followRun(access, started.value.runId, (run) =>
    ["previewed", "finished"].includes(run.state),
  );
  return started.value.runId;
}

async function mappings(): Promise<MappingRow[]> {
  const { listMappings } = await import("@/lib/operations/client-sync/list-mappings");
  const rows: MappingRow[] = [];
  for (let after: string | null = null, isMore = true; isMore; ) {
    const page = await listMappings(access, { after });
    rows.push(...page.rows);
    after = page.next;
    isMore = after !== null;
  }
  return rows;
}

const statusOf = (rows: readonly MappingRow[], name: string) =>
  rows.find((row) => row.sourceName === name)?.status;
const writes = (since = 0) => world.sandbox.callLog.totals(since)?.xero?.writes;

describe("the settings", () => {
  it("must be saved before anything is synced", async () => {
    const { startPreview } = await import("@/lib/operations/runs/start-preview");
    const { getClientSync } = await operations();
    expect(await startPreview(access)).toMatchObject({ ok: false });
    expect(await getClientSync(access)).toMatchObject({ enabled: false, review: null });
  });

  it("switch on clients alone, and need no account and no tax for it", async () => {
    const { saveClientSync } = await import("@/lib/operations/client-sync/save-client-sync");
    const { getClientSync } = await operations();
    expect(await saveClientSync(access, { enabled: true })).toEqual({ ok: true, value: { enabled: true } });
    expect(await saveClientSync(access, { enabled: true })).toEqual({ ok: true, value: { enabled: true } });
    expect(await getClientSync(access)).toMatchObject({ enabled: true, alsoSynced: [], confirmed: null });
  });

  it("are not for a bookkeeper to change", async () => {
    const { saveClientSync } = await import("@/lib/operations/client-sync/save-client-sync");
    const { resyncFrom } = await import("@/lib/operations/client-sync/resync-from");
    const bookkeeper: WorkspaceAccess = { ...access, role: "bookkeeper" };
    expect(await saveClientSync(bookkeeper, { enabled: false })).toMatchObject({ ok: false });
    expect(await resyncFrom(bookkeeper, { recordTypes: ["contact"], from: "2026-01-01" })).toMatchObject({
      ok: false,
    });
  });
});

describe("the review", () => {
  it("shows every client and contact once, and writes nothing", async () => {
    runId = await look();
    const rows = await mappings();
    expect(rows.map(({ status, sourceName, ledgerName }) => [status, sourceName, ledgerName])).toEqual([
      ["matched", "Anchor Foundry Ltd", "Anchor Foundry Ltd"],
      ["needsYou", SPELLED_OTHERWISE, ""],
      ["matched", "Eleanor Vance", "Eleanor Vance"],
      ["toAdd", INACTIVE_CLIENT, ""],
      ["toAdd", "John _Smith", ""],
      ["matched", "John Smith", "John Smith"],
      ["toAdd", "Mary _ Ann Cole", ""],
      ["needsYou", ARCHIVED_TWIN, ""],
      ["toAdd", "Whitby Harbour Trust", ""],
      ["ledgerOnly", "", "Bramley and Sons Limited"],
      ["ledgerOnly", "", XERO_ALONE[0]],
      ["ledgerOnly", "", XERO_ALONE[1]],
      ["ledgerOnly", "", ARCHIVED_TWIN],
    ]);
    expect(writes()).toBe(0);
  });

  it("says of an archived contact that it has to be made active first", async () => {
    const row = (await mappings()).find(({ sourceName }) => sourceName === ARCHIVED_TWIN);
    expect(row?.remark).toMatch(/archived/i);
    expect(row?.remark).toMatch(/[Rr]estore/);
  });

  it("never shows a prospect", async () => {
    const names = (await mappings()).flatMap(({ sourceName, ledgerName }) => [sourceName, ledgerName]);
    expect(names).not.toContain(PROSPECT);
  });

  it("is downloaded as Excel with the ledger's column empty where a contact would be added", async () => {
    const { exportMappings } = await import("@/lib/operations/client-sync/export-mappings");
    const file = await exportMappings(access);
    expect(file?.fileName).toMatch(/^client-mappings-\d{4}-\d{2}-\d{2}\.xlsx$/);
    const [titles, ...rows] = await readSheet(file);
    expect(titles).toEqual(["TimeSolv client", "Xero contact", "Status", "Remark", "TimeSolv ID"]);
    expect(rows).toHaveLength((await mappings()).length);
    expect(rows.find(([name]) => name === "John _Smith")?.slice(0, 3)).toEqual([
      "John _Smith",
      "",
      "Will be added",
    ]);
    expect(rows.find(([, name]) => name === XERO_ALONE[0])?.slice(0, 3)).toEqual([
      "",
      XERO_ALONE[0],
      "Will remain in Xero unmatched",
    ]);
  });

  it("has a sample of every status", async () => {
    const { exportSampleMappings } = await import("@/lib/operations/client-sync/export-mappings");
    const [titles, ...rows] = await readSheet(await exportSampleMappings(access));
    expect(titles).toEqual(["TimeSolv client", "Xero contact", "Status", "Remark", "TimeSolv ID"]);
    expect(rows.map(([, , status]) => status)).toEqual([
      ...["Needs you", "Will be added", "Matched", "Mapped", "Will remain in Xero unmatched"],
    ]);
  });

  it("is listed page by page and by status", async () => {
    const { listMappings } = await import("@/lib/operations/client-sync/list-mappings");
    const { getClientSync } = await operations();
    const toAdd = await listMappings(access, { status: "toAdd" });
    expect(toAdd.rows).toHaveLength(4);
    expect((await getClientSync(access))?.review).toMatchObject({
      phase: "review",
      counts: { needsYou: 2, toAdd: 4, matched: 3, mapped: 0, leftOut: 0, ledgerOnly: 4 },
    });
    expect(await listMappings(access, { after: "not a cursor" })).toEqual(await listMappings(access));
  });

  it("is taken back corrected in Excel, all of it or nothing, and goes by the person's word", async () => {
    const wrong = await upload((rows) => withContact(rows, SPELLED_OTHERWISE, "Nobody at all"));
    expect(wrong).toMatchObject({
      error: { message: expect.stringMatching(/no contact called “Nobody at all”/) },
    });
    const archived = await upload((rows) => withContact(rows, SPELLED_OTHERWISE, ARCHIVED_TWIN));
    expect(archived).toMatchObject({ error: { message: expect.stringMatching(/make it active there/) } });
    expect(await upload((rows) => rows)).toEqual({ ok: true, value: { corrected: 0, runId: null } });
    const taken = await upload((rows) =>
      withContact(withContact(rows, SPELLED_OTHERWISE, "Bramley and Sons Limited"), "Eleanor Vance", ""),
    );
    if (!taken.ok) throw new Error(taken.error.message);
    expect(taken.value.corrected).toBe(2);
    runId = taken.value.runId ?? "";
    await world.owner.followRun(access, runId, (run) => run.state === "previewed");
    const rows = await mappings();
    expect(rows.find(({ sourceName }) => sourceName === SPELLED_OTHERWISE)).toMatchObject({
      ...{ status: "matched", ledgerName: "Bramley and Sons Limited" },
    });
    expect(statusOf(rows, "Eleanor Vance")).not.toBe("matched");
    expect(writes()).toBe(0);
  });

  it("takes a second word in the place of the first", async () => {
    const correct = async (bramley: string, eleanor: string): Promise<MappingRow[]> => {
      const taken = await upload((rows) =>
        withContact(withContact(rows, SPELLED_OTHERWISE, bramley), "Eleanor Vance", eleanor),
      );
      if (!taken.ok) throw new Error(taken.error.message);
      runId = taken.value.runId ?? "";
      await world.owner.followRun(access, runId, (run) => run.state === "previewed");
      return mappings();
    };
    const without = await correct("", "Eleanor Vance");
    expect(statusOf(without, "Eleanor Vance")).toBe("matched");
    expect(statusOf(without, SPELLED_OTHERWISE)).toBe("toAdd");
    expect(statusOf(await correct("Bramley and Sons Limited", "Eleanor Vance"), SPELLED_OTHERWISE)).toBe(
      "matched",
    );
  });

  it("is right again after a mismatch was corrected in either system", async () => {
    const twin = listLedgerContacts(world).find(({ name }) => name === ARCHIVED_TWIN);
    restoreContact(world, twin?.id ?? "");
    const timesolv = timesolvSeed(world.sandbox.context);
    const [bramley] = timesolv.ids("client").filter((id) => nameOf(id) === SPELLED_OTHERWISE);
    timesolv.change("client", bramley ?? "", { ClientName: "Bramley and Sons Limited" });
    runId = await look();
    const rows = await mappings();
    expect(statusOf(rows, ARCHIVED_TWIN)).toBe("matched");
    expect(statusOf(rows, "Bramley and Sons Limited")).toBe("matched");
    expect(rows.filter(({ status }) => status === "needsYou")).toEqual([]);
  });
});

type Rows = readonly (readonly string[])[];

const withContact = (rows: Rows, client: string, contact: string): Rows =>
  rows.map((cells) => (cells[0] === client ? cells.with(1, contact) : cells));

/** Downloads the review, changes it as a person would, and uploads it. */
async function upload(change: (rows: Rows) => Rows) {
  const { exportMappings } = await import("@/lib/operations/client-sync/export-mappings");
  const { correctMappings } = await import("@/lib/operations/client-sync/correct-mappings");
  const { writeWorkbook } = await import("@/lib/operations/export/write-workbook");
  const [titles = [], ...rows] = await readSheet(await exportMappings(access));
  const columns = titles.map((title) => ({ title, width: 20 }));
  const pieces: Uint8Array[] = [];
  for await (const piece of writeWorkbook([{ name: "Client mappings", columns, rows: change(rows) }]))
    pieces.push(piece);
  return correctMappings(access, { file: Buffer.concat(pieces) });
}

function nameOf(clientId: string): unknown {
  return timesolvSeed(world.sandbox.context).records.rows("client").get(clientId)?.fields.ClientName;
}

describe("Confirm Mappings", () => {
  it("makes mapped of matched and writes nothing", async () => {
    const { confirmMappings } = await import("@/lib/operations/client-sync/confirm-mappings");
    const { getClientSync } = await operations();
    expect(await confirmMappings(access, { runId })).toEqual({ ok: true, value: { mapped: 5 } });
    const rows = await mappings();
    expect(rows.filter(({ status }) => status === "matched")).toEqual([]);
    expect(statusOf(rows, "John Smith")).toBe("mapped");
    expect(statusOf(rows, "John _Smith")).toBe("toAdd");
    expect((await getClientSync(access))?.confirmed).toMatchObject({ by: access.userName });
    expect(writes()).toBe(0);
  });

  it("pressed twice maps nothing more, and is refused for a review that was made anew", async () => {
    const { confirmMappings } = await import("@/lib/operations/client-sync/confirm-mappings");
    expect(await confirmMappings(access, { runId })).toEqual({ ok: true, value: { mapped: 0 } });
    const older = runId;
    runId = await look();
    expect(await confirmMappings(access, { runId: older })).toMatchObject({ ok: false });
    expect(statusOf(await mappings(), "John Smith")).toBe("mapped");
  });
});

describe("Sync to Xero", () => {
  it("adds what is missing and maps it too, under Xero's own ids", async () => {
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    expect(await startPosting(access, runId)).toMatchObject({ ok: true });
    await world.owner.followRun(access, runId, (run) => run.state === "finished");
    const rows = await mappings();
    expect(rows.filter(({ sourceName }) => sourceName !== "").map(({ status }) => status)).toEqual(
      Array.from({ length: 9 }, () => "mapped"),
    );
    const contacts = listLedgerContacts(world);
    expect(contacts.find(({ name }) => name === INACTIVE_CLIENT)?.status).toBe("ACTIVE");
    expect(contacts.filter(({ name }) => name.endsWith("Smith"))).toHaveLength(2);
    expect(contacts.map(({ name }) => name)).not.toContain(PROSPECT);
  });

  it("leaves a live log of what it did, and the whole of it as Excel", async () => {
    const { getClientLog, exportClientLog, listEarlierSyncs } = await import(
      "@/lib/operations/client-sync/get-client-log"
    );
    const log = await getClientLog(access, { runId });
    expect(log).toMatchObject({ runId, isMoving: false, total: 4 });
    expect(log?.entries.map(({ name, what }) => `${what} ${name}`).sort()).toEqual([
      "added Estate of Ruth Calloway",
      "added John _Smith",
      "added Mary _ Ann Cole",
      "added Whitby Harbour Trust",
    ]);
    const [titles, ...rows] = await readSheet(await exportClientLog(access, { runId }));
    expect(titles).toEqual(["When (UTC)", "Client", "What happened", "Detail"]);
    expect(rows).toHaveLength(4);
    expect(await listEarlierSyncs(access)).toMatchObject([{ runId, state: "finished", added: 4, failed: 0 }]);
    expect(await getClientLog(access, { runId: "none" })).toBeNull();
  });

  it("done again writes nothing, also after a resync from a date", async () => {
    const { resyncFrom } = await import("@/lib/operations/client-sync/resync-from");
    const since = world.sandbox.callLog.seq;
    await world.owner.syncOnce(access);
    const request = { recordTypes: ["contact", "invoice"] as const, from: "2026-01-01" };
    expect(await resyncFrom(access, request)).toEqual({ ok: true, value: { records: 9 } });
    await world.owner.syncOnce(access);
    expect(writes(since)).toBe(0);
    expect(await resyncFrom(access, { ...request, from: "1 January" })).toMatchObject({ ok: false });
    expect(await resyncFrom(access, { ...request, recordTypes: [] })).toMatchObject({ ok: false });
  });

  it("shows on the screen no more than the newest 50 of a long log, and downloads all of them", async () => {
    const { getClientLog, exportClientLog } = await import("@/lib/operations/client-sync/get-client-log");
    const timesolv = timesolvSeed(world.sandbox.context);
    for (let index = 1; index <= 57; index += 1) timesolv.addClient({ name: `New client ${index}` });
    const run = await world.owner.syncOnce(access);
    const log = await getClientLog(access, { runId: run.runId });
    expect(log?.total).toBe(57);
    expect(log?.entries).toHaveLength(50);
    const rows = await readSheet(await exportClientLog(access, { runId: run.runId }));
    expect(rows).toHaveLength(58);
    expect((await mappings()).filter(({ status }) => status === "mapped")).toHaveLength(66);
  });

  it("tells of a client that an earlier look kept back already", async () => {
    const { getClientLog } = await import("@/lib/operations/client-sync/get-client-log");
    const timesolv = timesolvSeed(world.sandbox.context);
    const alone = listLedgerContacts(world).find(({ name }) => name === XERO_ALONE[0]);
    archiveContact(world, alone?.id ?? "");
    timesolv.addClient({ name: XERO_ALONE[0] });
    await look();
    timesolv.addClient({ name: "One more client" });
    const run = await world.owner.syncOnce(access);
    const log = await getClientLog(access, { runId: run.runId });
    expect(log?.entries.map(({ name, what }) => `${what} ${name}`).sort()).toEqual([
      "added One more client",
      `failed ${XERO_ALONE[0]}`,
    ]);
    expect(log?.entries.find(({ what }) => what === "failed")?.detail).toMatch(/archived/);
  });

  it("goes one way: what is changed in Xero never comes back", async () => {
    const { listFlows } = await import("@/lib/operations/flows/list-flows");
    expect((await listFlows(access)).flows).toEqual([]);
    expect(world.sandbox.callLog.totals(0)?.timesolv?.writes).toBe(0);
  });
});

describe("switched off again", () => {
  it("nothing of the clients is read", async () => {
    const { saveClientSync } = await import("@/lib/operations/client-sync/save-client-sync");
    const { getClientSync } = await operations();
    expect(await saveClientSync(access, { enabled: false })).toEqual({ ok: true, value: { enabled: false } });
    expect(await getClientSync(access)).toMatchObject({ enabled: false });
  });
});
