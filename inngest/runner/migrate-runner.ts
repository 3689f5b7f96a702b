import { runMigrations } from "graphile-worker";
import pg from "pg";
import { ROLE_NAMES } from "@/lib/db/urls";
import { silentLogger } from "./context";
import { queueLogger } from "./queue-logger";

/*
 * Installs or upgrades graphile-worker's own schema and lets the runner's role use it. graphile-worker turns row-level
 * security on for its tables without any policy, so a role that does not own them needs one that lets it in.
 */

const SCHEMA = "graphile_worker";

/** Run as the owner, after the project's migrations and before a runner starts; safe to run again at any time. */
export async function migrateRunner(ownerUrl: string): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger: queueLogger(silentLogger), taskList: {} });
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(7468)");
    await letIn(client, ROLE_NAMES.runner);
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}

async function letIn(client: pg.Client, role: string): Promise<void> {
  const found = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1 AND rolname <> current_user", [
    role,
  ]);
  if (found.rowCount === 0) return;
  const name = client.escapeIdentifier(role);
  await client.query(`REVOKE ALL ON SCHEMA ${SCHEMA} FROM PUBLIC`);
  await client.query(`GRANT USAGE ON SCHEMA ${SCHEMA} TO ${name}`);
  await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${SCHEMA} TO ${name}`);
  await client.query(`GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA ${SCHEMA} TO ${name}`);
  const { rows } = await client.query<{ table: string; allowed: boolean }>(
    `SELECT relname AS table,
            EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid AND polname = 'tieout_runner') AS allowed
       FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'r' AND relrowsecurity ORDER BY relname`,
    [SCHEMA],
  );
  for (const { table } of rows.filter(({ allowed }) => !allowed))
    await client.query(
      `CREATE POLICY tieout_runner ON ${SCHEMA}.${client.escapeIdentifier(table)} TO ${name}
         USING (TRUE) WITH CHECK (TRUE)`,
    );
}
