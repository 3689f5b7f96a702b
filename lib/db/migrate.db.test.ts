import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MigrationList } from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/setup/database";
import { migrateDatabase, PROJECT_MIGRATIONS_DIR, readMigrations } from "./migrate";
import { databaseDrift, openSchemaEngine } from "./schema-drift";
import { urlOfDatabase } from "./urls";

let urls: TestDatabase;
let owner: pg.Client;
let scratch: string;

beforeAll(async () => {
  urls = await createTestDatabase();
  owner = new pg.Client({ connectionString: urls.ownerUrl });
  await owner.connect();
  scratch = await mkdtemp(join(tmpdir(), "tieout-migrations-"));
});

afterAll(async () => {
  await owner.end();
  await urls.drop();
  await rm(scratch, { recursive: true });
});

/** A folder of migrations by name and script, for a database of its own. */
async function aMigrationFolder(name: string, scripts: Record<string, string>): Promise<string> {
  const dir = join(scratch, name);
  for (const [migration, script] of Object.entries(scripts)) {
    await mkdir(join(dir, migration), { recursive: true });
    await writeFile(join(dir, migration, "migration.sql"), script);
  }
  return dir;
}

async function withDatabase(name: string, work: (url: string) => Promise<void>) {
  const url = urlOfDatabase(urls.ownerUrl, name);
  try {
    await work(url);
  } finally {
    await owner.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}

async function tablesIn(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
  );
  await client.end();
  return rows.map((row) => row.name);
}

test("migrating again applies nothing", async () => {
  expect(await migrateDatabase(urls.ownerUrl)).toEqual([]);
});

test("every migration is recorded once, as finished and with its checksum", async () => {
  const { rows } = await owner.query(
    `SELECT migration_name AS name, length(checksum) AS checksum_length, applied_steps_count AS steps,
            finished_at >= started_at AS finished, logs, rolled_back_at
       FROM _prisma_migrations ORDER BY started_at`,
  );
  const migrations = await readMigrations(PROJECT_MIGRATIONS_DIR);
  expect(rows).toEqual(
    migrations.map(({ name }) => ({
      name,
      checksum_length: 64,
      steps: 1,
      finished: true,
      logs: null,
      rolled_back_at: null,
    })),
  );
});

test("Prisma's own engine finds nothing to apply, nothing edited and nothing failed", async () => {
  const migrations = await readMigrations(PROJECT_MIGRATIONS_DIR);
  const engine = await openSchemaEngine(urls.ownerUrl);
  const filters = { externalTables: [], externalEnums: [] };
  const migrationsList: MigrationList = {
    baseDir: PROJECT_MIGRATIONS_DIR,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(join(PROJECT_MIGRATIONS_DIR, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, script }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: script } },
    })),
  };
  const diagnosis = await engine.diagnoseMigrationHistory({
    migrationsList,
    optInToShadowDatabase: false,
    filters,
  });
  expect(diagnosis).toEqual({
    editedMigrationNames: [],
    failedMigrationNames: [],
    hasMigrationsTable: true,
    history: null,
  });
  expect(await engine.applyMigrations({ migrationsList, filters })).toEqual({ appliedMigrationNames: [] });
  await engine.close();
});

test("the migrations make exactly what prisma/schema.prisma describes", async () => {
  expect(await databaseDrift(urls.ownerUrl)).toBe("");
});

test("a column that only the schema has is found as drift", async () => {
  const schemaPath = join(scratch, "schema.prisma");
  await writeFile(
    schemaPath,
    'datasource db {\n  provider = "postgresql"\n}\nmodel Only {\n  id Int @id\n  @@map("only")\n}\n',
  );
  expect(await databaseDrift(urls.ownerUrl, schemaPath)).toContain('CREATE TABLE "only"');
});

test("a migration that fails leaves nothing behind and can be tried again", async () => {
  await withDatabase("test_migrate_failure", async (url) => {
    const broken = await aMigrationFolder("broken", {
      "1_good": "CREATE TABLE good (id int);",
      "2_bad": "CREATE TABLE half (id int); SELECT 1 / 0;",
    });
    await expect(migrateDatabase(url, { migrationsDir: broken })).rejects.toThrow(/2_bad failed/);
    expect(await tablesIn(url)).toEqual(["_prisma_migrations", "good"]);
    const mended = await aMigrationFolder("mended", {
      "1_good": "CREATE TABLE good (id int);",
      "2_bad": "CREATE TABLE half (id int);",
    });
    expect(await migrateDatabase(url, { migrationsDir: mended })).toEqual(["2_bad"]);
  });
});

test("a migration that cannot be recorded is not applied either", async () => {
  await withDatabase("test_migrate_unrecorded", async (url) => {
    const dir = await aMigrationFolder("unrecorded", {
      "1_bad": "CREATE TABLE half (id int); DROP TABLE _prisma_migrations;",
    });
    await expect(migrateDatabase(url, { migrationsDir: dir })).rejects.toThrow(/1_bad failed/);
    expect(await tablesIn(url)).toEqual(["_prisma_migrations"]);
  });
});

test("a migration that was edited after it was applied is refused by name", async () => {
  await withDatabase("test_migrate_edited", async (url) => {
    const first = await aMigrationFolder("as-applied", { "1_table": "CREATE TABLE one (id int);" });
    await migrateDatabase(url, { migrationsDir: first });
    const edited = await aMigrationFolder("as-edited", { "1_table": "CREATE TABLE two (id int);" });
    await expect(migrateDatabase(url, { migrationsDir: edited })).rejects.toThrow(/1_table was edited/);
    expect(await tablesIn(url)).toEqual(["_prisma_migrations", "one"]);
  });
});

test("two programs that migrate at once apply each migration once", async () => {
  await withDatabase("test_migrate_twice", async (url) => {
    const dir = await aMigrationFolder("twice", { "1_table": "CREATE TABLE one (id int);" });
    await migrateDatabase(url, { migrationsDir: await aMigrationFolder("nothing-yet", { "0_none": "" }) });
    const applied = await Promise.all([1, 2, 3].map(() => migrateDatabase(url, { migrationsDir: dir })));
    expect(applied.flat()).toEqual(["1_table"]);
  });
});
