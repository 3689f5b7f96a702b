import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { databaseNameIn, ROLE_NAMES, type RolePasswords, urlOfDatabase } from "./urls";

/*
 * Brings a database to the newest of prisma/migrations, in order, and keeps the table _prisma_migrations exactly as
 * Prisma keeps it (docs: prisma.io/docs/orm/prisma-migrate), so that `prisma migrate deploy` may take over at any
 * time. Each migration and its row commit together: a crash leaves either all of it or nothing. A script must
 * therefore hold no statement that refuses a transaction (CREATE INDEX CONCURRENTLY).
 */

/** The advisory lock that Prisma takes too: both never migrate at once. */
const PRISMA_MIGRATION_LOCK = 72707369;
const UNDEFINED_DATABASE = "3D000";
const DUPLICATE_DATABASE = "42P04";

export interface Migration {
  readonly name: string;
  readonly script: string;
}

export interface MigrateOptions {
  /** Sets the passwords of the roles and lets them log in. Absent leaves them as they are. */
  readonly rolePasswords?: RolePasswords;
  /** Another folder of migrations than the project's own. */
  readonly migrationsDir?: string;
}

export const PROJECT_MIGRATIONS_DIR = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

/** Creates the database where it is missing, applies what is pending and returns the names of what it applied. */
export async function migrateDatabase(ownerUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  await ensureDatabase(ownerUrl);
  const migrations = await readMigrations(options.migrationsDir ?? PROJECT_MIGRATIONS_DIR);
  return withClient(ownerUrl, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [PRISMA_MIGRATION_LOCK]);
    const applied = await applyPending(client, migrations);
    if (options.rolePasswords) await setRolePasswords(client, options.rolePasswords);
    return applied;
  });
}

/** Every migration of a folder, oldest first. */
export async function readMigrations(dir: string): Promise<Migration[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      script: await readFile(join(dir, name, "migration.sql"), "utf8"),
    })),
  );
}

async function applyPending(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  await client.query(CREATE_MIGRATIONS_TABLE);
  const recorded = await recordedChecksums(client);
  const applied: string[] = [];
  for (const migration of migrations) {
    const checksum = createHash("sha256").update(migration.script).digest("hex");
    const known = recorded.get(migration.name);
    if (known === undefined) {
      await applyMigration(client, migration, checksum);
      applied.push(migration.name);
    } else if (known !== checksum) {
      throw new Error(`migration ${migration.name} was edited after it was applied to this database`);
    }
  }
  return applied;
}

async function recordedChecksums(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const failed = rows.find((row) => !row.finished);
  if (failed) throw new Error(`migration ${failed.migration_name} failed earlier and was not resolved`);
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

async function applyMigration(client: pg.Client, { name, script }: Migration, checksum: string) {
  const startedAt = new Date();
  await client.query("BEGIN");
  try {
    await client.query(script);
    await client.query(
      `INSERT INTO _prisma_migrations
         (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name, startedAt],
    );
    await client.query("COMMIT");
  } catch (cause) {
    await client.query("ROLLBACK");
    throw new Error(`migration ${name} failed and left nothing behind`, { cause });
  }
}

const CREATE_MIGRATIONS_TABLE = `
CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

async function setRolePasswords(client: pg.Client, passwords: RolePasswords): Promise<void> {
  for (const [role, name] of [
    ["app", ROLE_NAMES.app],
    ["system", ROLE_NAMES.system],
    ["runner", ROLE_NAMES.runner],
  ] as const)
    await client.query(`ALTER ROLE ${name} LOGIN PASSWORD ${client.escapeLiteral(passwords[role])}`);
}

async function ensureDatabase(ownerUrl: string): Promise<void> {
  const missing = await withClient(ownerUrl, async () => false).catch((error: unknown) => {
    if (errorCode(error) === UNDEFINED_DATABASE) return true;
    throw error;
  });
  if (!missing) return;
  await withClient(urlOfDatabase(ownerUrl, "postgres"), async (client) => {
    const name = client.escapeIdentifier(databaseNameIn(ownerUrl));
    await client.query(`CREATE DATABASE ${name}`).catch((error: unknown) => {
      if (errorCode(error) !== DUPLICATE_DATABASE) throw error;
    });
  });
}

function errorCode(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
