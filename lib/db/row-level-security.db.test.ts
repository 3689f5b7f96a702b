import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/setup/database";
import { createDatabase, type Database } from "./client";

/** The tables that exist before anyone knows the workspace. A new name here needs a reason, see architecture part 4. */
const TABLES_WITHOUT_WORKSPACE = [
  "_prisma_migrations",
  "accounts",
  "attempt_limits",
  "inbox_messages",
  "pending_sign_ins",
  "quota_apps",
  "recovery_codes",
  "second_factors",
  "sessions",
  "users",
  "verification_tokens",
];

const OURS = "00000000-0000-4000-8000-000000000001";
const THEIRS = "00000000-0000-4000-8000-000000000002";

let urls: TestDatabase;
let database: Database;
let owner: pg.Client;

beforeAll(async () => {
  urls = await createTestDatabase();
  database = createDatabase(urls);
  owner = new pg.Client({ connectionString: urls.ownerUrl });
  await owner.connect();
  for (const [id, slug] of [
    [OURS, "ours"],
    [THEIRS, "theirs"],
  ] as const)
    await database.withWorkspace(id, (tx) =>
      tx.workspace.create({ data: { id, slug, name: slug, connections: { create: aConnection(slug) } } }),
    );
});

afterAll(async () => {
  await database.disconnect();
  await owner.end();
  await urls.drop();
});

function aConnection(tenantId: string) {
  return {
    connectorId: "zoho-books",
    tenantId,
    tenantName: tenantId,
    baseCurrency: "GBP",
    status: "active",
    connectedByUserId: OURS,
    connectedByName: "Ada",
  };
}

test("a workspace sees its own rows and no others", async () => {
  const seen = await database.withWorkspace(OURS, async (tx) => ({
    slugs: (await tx.workspace.findMany()).map((row) => row.slug),
    tenants: (await tx.connection.findMany()).map((row) => row.tenantId),
  }));
  expect(seen).toEqual({ slugs: ["ours"], tenants: ["ours"] });
});

test("a transaction sees the workspace that it asked for, whatever another one around it sees", async () => {
  const count = () => ({
    theirs: database.withWorkspace(THEIRS, (tx) => tx.connection.findMany({ select: { tenantId: true } })),
    none: database.withoutWorkspace((tx) => tx.connection.count()),
  });
  const seen = await database.withWorkspace(OURS, async (tx) => {
    const { theirs, none } = count();
    return { theirs: await theirs, none: await none, ours: await tx.connection.count() };
  });
  expect(seen).toEqual({ theirs: [{ tenantId: "theirs" }], none: 0, ours: 1 });
});

test("a workspace that the server cannot read costs no connection", async () => {
  const narrow = createDatabase({ ...urls, appConnectionsMax: 1 });
  await expect(narrow.withWorkspace("\u0000", (tx) => tx.connection.count())).rejects.toThrow();
  expect(await narrow.withWorkspace(OURS, (tx) => tx.connection.count())).toBe(1);
  await narrow.disconnect();
});

test("without a workspace no row is seen, also on a connection that served one before", async () => {
  const narrow = createDatabase({ ...urls, appConnectionsMax: 1 });
  await narrow.withWorkspace(OURS, (tx) => tx.connection.count());
  expect(await narrow.withoutWorkspace((tx) => tx.connection.count())).toBe(0);
  expect(await narrow.withoutWorkspace((tx) => tx.workspace.count())).toBe(0);
  await narrow.disconnect();
});

test("the search of records names none of another workspace", async () => {
  const connectionOf = new Map<string, string>();
  for (const id of [OURS, THEIRS])
    await database.withWorkspace(id, async (tx) => {
      const { id: connectionId } = await tx.connection.findFirstOrThrow();
      connectionOf.set(id, connectionId);
      await tx.recordSnapshot.create({
        data: {
          ...{ workspaceId: id, connectionId, recordType: "contact", externalId: "1", version: "1" },
          ...{ contentHash: "h", record: {}, label: "Castle Street Cards", pulledAt: new Date(0) },
        },
      });
    });
  const search = (id: string, connectionId: string | undefined) =>
    database.withWorkspace(
      id,
      (tx) => tx.$queryRaw<{ external_id: string }[]>`
        SELECT external_id FROM access.search_records(${connectionId}::uuid, '%street%', 10::integer)`,
    );
  expect(await search(OURS, connectionOf.get(OURS))).toEqual([{ external_id: "1" }]);
  expect(await search(OURS, connectionOf.get(THEIRS))).toEqual([]);
});

test("a row of another workspace cannot be added", async () => {
  const attempt = database.withWorkspace(OURS, (tx) =>
    tx.connection.create({ data: { ...aConnection("smuggled"), workspaceId: THEIRS } }),
  );
  await expect(attempt).rejects.toThrow(/row-level security/);
});

test("without a workspace no row can be added", async () => {
  const attempt = database.withoutWorkspace((tx) =>
    tx.connection.create({ data: { ...aConnection("nobody's"), workspaceId: OURS } }),
  );
  await expect(attempt).rejects.toThrow(/row-level security/);
});

test("a row cannot be moved into another workspace", async () => {
  const attempt = database.withWorkspace(OURS, (tx) =>
    tx.connection.updateMany({ data: { workspaceId: THEIRS } }),
  );
  await expect(attempt).rejects.toThrow(/row-level security/);
});

test("changing and deleting everything touches no row of another workspace", async () => {
  const touched = await database.withWorkspace(OURS, async (tx) => {
    const changed = await tx.connection.updateMany({ data: { tenantName: "changed" } });
    const deleted = await tx.connection.deleteMany({ where: { workspaceId: THEIRS } });
    return [changed.count, deleted.count];
  });
  expect(touched).toEqual([1, 0]);
  const theirs = await database.withWorkspace(THEIRS, (tx) => tx.connection.findMany());
  expect(theirs.map((row) => row.tenantName)).toEqual(["theirs"]);
});

test("a transaction that throws leaves nothing behind", async () => {
  const attempt = database.withWorkspace(OURS, async (tx) => {
    await tx.connection.create({ data: { ...aConnection("half done"), workspaceId: OURS } });
    throw new Error("changed my mind");
  });
  await expect(attempt).rejects.toThrow("changed my mind");
  const tenants = await database.withWorkspace(OURS, (tx) => tx.connection.findMany());
  expect(tenants.map((row) => row.tenantId)).toEqual(["ours"]);
});

test("an audit event can be written and read but neither changed nor deleted", async () => {
  const write = { workspaceId: OURS, action: "tested", subject: "audit", at: new Date(0) };
  await database.withWorkspace(OURS, (tx) => tx.auditEvent.create({ data: write }));
  const change = database.withWorkspace(OURS, (tx) =>
    tx.auditEvent.updateMany({ data: { action: "other" } }),
  );
  await expect(change).rejects.toThrow(/permission denied/);
  const removal = database.withWorkspace(OURS, (tx) => tx.auditEvent.deleteMany());
  await expect(removal).rejects.toThrow(/permission denied/);
});

test("every table has a workspace_id or stands on the list of those without", async () => {
  const { rows } = await owner.query<{ name: string }>(`
    SELECT c.relname AS name FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'workspaces'
       AND NOT EXISTS (SELECT 1 FROM pg_attribute a
                        WHERE a.attrelid = c.oid AND a.attname = 'workspace_id' AND a.attnotnull)
     ORDER BY 1`);
  expect(rows.map((row) => row.name)).toEqual(TABLES_WITHOUT_WORKSPACE);
});

test("every table of a workspace has forced row-level security and the one policy for the product", async () => {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relname = ANY ($1)
        AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                 AND 1 = (SELECT count(*) FROM pg_policy p
                           WHERE p.polrelid = c.oid AND 'tieout_app'::regrole = ANY (p.polroles))
                 AND EXISTS (SELECT FROM pg_policy p
                              WHERE p.polrelid = c.oid AND p.polcmd = '*' AND p.polroles = ARRAY['tieout_app'::regrole::oid]
                                AND pg_get_expr(p.polqual, c.oid) = pg_get_expr(p.polwithcheck, c.oid)
                                AND pg_get_expr(p.polqual, c.oid)
                                    = CASE c.relname WHEN 'workspaces' THEN '(id' ELSE '(workspace_id' END
                                      || ' = access.current_workspace_id())'))`,
    [TABLES_WITHOUT_WORKSPACE],
  );
  expect(rows).toEqual([]);
});

test("no policy is open to everyone and nothing in the database is granted to everyone", async () => {
  const policies = await owner.query("SELECT polname FROM pg_policy WHERE 0 = ANY (polroles)");
  expect(policies.rows).toEqual([]);
  const tables = await owner.query(
    `SELECT table_schema, table_name FROM information_schema.table_privileges
      WHERE grantee = 'PUBLIC' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  expect(tables.rows).toEqual([]);
});

test("the product's role sees no migration history", async () => {
  const attempt = database.withoutWorkspace((tx) => tx.$queryRaw`SELECT * FROM _prisma_migrations`);
  await expect(attempt).rejects.toThrow(/permission denied/);
});
