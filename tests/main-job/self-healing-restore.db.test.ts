import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { expectAgreement, openCompany } from "./company";
import { type LedgerBooks, openLedger, readBooks } from "./ledger-books";
import { openSource, type SourceBooks } from "./source-books";

/**
 * A database that is restored from yesterday: it knows nothing of what was posted since, and a run was at work when the
 * backup was made. What bears our marker is adopted, nothing is doubled, nothing is lost.
 */
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
let source: SourceBooks;
let backup: Backup;
/** The run whose preview was open when the backup was made. */
let openRunId: string;
let posted: LedgerBooks;

type Backup = ReadonlyMap<string, unknown>;

beforeAll(async () => {
  world = await startProductWorld();
  source = await openSource(world.sandbox.origin);
  access = await openCompany(world);
  await world.owner.syncOnce(access);
  await sellTo("Penrose Home", "INV-4001");
  const { startPreview } = await import("@/lib/operations/runs/start-preview");
  const { startPosting } = await import("@/lib/operations/runs/start-posting");
  const started = await startPreview(access);
  if (!started.ok) throw new Error(started.error.message);
  openRunId = started.value.runId;
  await world.owner.followRun(access, openRunId, (run) => run.state === "previewed");
  await world.waitUntilIdle();
  backup = await takeBackup();
  // All that follows is what the backup does not know.
  await startPosting(access, openRunId);
  await world.owner.followRun(access, openRunId, (run) => run.state === "finished");
  await sellTo("Penrose Home", "INV-4002");
  await world.owner.syncOnce(access);
  await expectAgreement(access);
  posted = await readBooks(await openLedger(world.sandbox.origin));
  await world.waitUntilIdle();
  await restore(backup);
});

afterAll(() => world.stop());

async function sellTo(customer: string, number: string): Promise<void> {
  const customerId = await source.findId("contacts", customer);
  await source.call("POST", "/contacts", { contact_name: `Buyer of ${number}` });
  for (const [suffix, buyer] of [
    ["", customerId],
    ["B", await source.findId("contacts", `Buyer of ${number}`)],
  ] as const) {
    await source.call("POST", "/invoices?send=true", {
      customer_id: buyer,
      invoice_number: `${number}${suffix}`,
      date: "2026-11-03",
      line_items: [{ description: "Deckchair slings", rate: 12.5, quantity: 4 }],
    });
    // Two equal payments in part, since those are what nothing in Xero keeps from being doubled.
    for (const _ of ["first", "second"])
      await source.call("POST", "/customerpayments", {
        customer_id: buyer,
        payment_mode: "banktransfer",
        amount: 10,
        date: "2026-11-04",
        invoices: [{ invoice_id: await source.findId("invoices", `${number}${suffix}`), amount_applied: 10 }],
      });
  }
}

/** Every row of the product's tables, as the owner of the database copies them. */
async function takeBackup(): Promise<Backup> {
  return asOwner(async (client) => {
    const rows = new Map<string, unknown>();
    for (const table of await listTables(client)) {
      const { rows: found } = await client.query(
        `SELECT COALESCE(jsonb_agg(t), '[]') AS all FROM ${table} t`,
      );
      rows.set(table, found[0]?.all);
    }
    return rows;
  });
}

async function restore(copy: Backup): Promise<void> {
  await asOwner(async (client) => {
    const tables = [...copy.keys()];
    await client.query(`TRUNCATE ${tables.join(", ")} CASCADE`);
    // Parents first: what cannot be inserted yet is tried again once its parent is there.
    let waiting = tables;
    while (waiting.length > 0) {
      const left: string[] = [];
      for (const table of waiting) {
        const columns = await listColumns(client, table);
        await client.query("SAVEPOINT one");
        try {
          await client.query(
            `INSERT INTO ${table} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1)`,
            [JSON.stringify(copy.get(table))],
          );
        } catch (thrown) {
          if (!(thrown instanceof pg.DatabaseError) || thrown.code !== FOREIGN_KEY_VIOLATION) throw thrown;
          await client.query("ROLLBACK TO one");
          left.push(table);
        }
      }
      if (left.length === waiting.length) throw new Error(`cannot be restored: ${left.join(", ")}`);
      waiting = left;
    }
  });
}

const FOREIGN_KEY_VIOLATION = "23503";

/** Those that hold something of their own: a generated one follows from the others. */
async function listColumns(client: pg.Client, table: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT quote_ident(attname) AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
    [table],
  );
  return rows.map(({ name }) => name).join(", ");
}

const listTables = async (client: pg.Client): Promise<string[]> =>
  (
    await client.query(
      "SELECT format('public.%I', tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_prisma%' ORDER BY 1",
    )
  ).rows.map((row: { name: string }) => row.name);

/** In one transaction, as pg_dump and pg_restore see it: past row-level security, and before there are triggers. */
async function asOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: world.ownerUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    const tables = await listTables(client);
    for (const table of tables)
      await client.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY, DISABLE TRIGGER USER`);
    const result = await work(client);
    for (const table of tables) {
      await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
      const { rows } = await client.query(
        "SELECT relrowsecurity AS secured FROM pg_class WHERE oid = $1::regclass",
        [table],
      );
      if (rows[0]?.secured) await client.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
    }
    await client.query("COMMIT");
    return result;
  } finally {
    await client.end();
  }
}

describe("a database that is restored from a backup", () => {
  it("knows nothing of what was posted since", async () => {
    const { getRun } = await import("@/lib/operations/runs/get-run");
    expect((await getRun(access, openRunId))?.state).toBe("previewed");
  });

  it("begins a new epoch: the plan that was open is void, and cannot be posted", async () => {
    const { beginEpochs } = await import("@/lib/operations/connections/begin-epochs");
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { database } = await getRuntime();
    const epochs = () =>
      database.withWorkspace(access.workspaceId, (tx) =>
        tx.connection.findMany({ orderBy: { id: "asc" }, select: { epoch: true } }),
      );
    const before = await epochs();
    expect(await beginEpochs()).toMatchObject({ pairs: 1 });
    expect(await epochs()).toEqual(before.map(({ epoch }) => ({ epoch: epoch + 1 })));
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    expect(await startPosting(access, openRunId)).toEqual({
      ok: false,
      error: { message: "This preview is out of date. Make a new one." },
    });
  });

  it("adopts by marker all that was posted since, and posts nothing", async () => {
    const since = world.sandbox.callLog.seq;
    await world.owner.syncOnce(access);
    expect(world.sandbox.callLog.totals(since)?.xero?.writes).toBe(0);
    expect(await readBooks(await openLedger(world.sandbox.origin))).toEqual(posted);
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { database } = await getRuntime();
    const adopted = await database.withWorkspace(access.workspaceId, (tx) =>
      tx.recordLink.groupBy({ by: ["recordType"], where: { how: "adopted" }, _count: true }),
    );
    expect(Object.fromEntries(adopted.map((row) => [row.recordType, row._count]))).toMatchObject({
      contact: 2,
      invoice: 4,
      payment: 8,
    });
  });

  it("ties out to the cent and goes on", async () => {
    await expectAgreement(access);
    await sellTo("Penrose Home", "INV-4003");
    await world.owner.syncOnce(access);
    await expectAgreement(access);
    const { invoices } = await readBooks(await openLedger(world.sandbox.origin));
    expect(invoices.filter((line) => line.startsWith("INV-400"))).toHaveLength(6);
  });
});
