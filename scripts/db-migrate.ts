import { fileURLToPath } from "node:url";
import { z } from "zod";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { migrateDatabase } from "@/lib/db/migrate";
import { passwordsOf } from "@/lib/db/urls";

/*
 * npm run db:migrate: applies pending migrations and sets the passwords of the roles. With DATABASE_OWNER_URL (a role
 * with CREATEROLE, and CREATEDB where the database is still missing) it works on that server, and takes the roles'
 * passwords from DATABASE_URL, DATABASE_SYSTEM_URL and DATABASE_RUNNER_URL; without it, on the embedded one.
 */

const EMBEDDED_DIR = fileURLToPath(new URL("../.tieout/postgres", import.meta.url));
const EMBEDDED_DATABASE = "tieout";

const ownSchema = z.object({
  DATABASE_OWNER_URL: z.url(),
  DATABASE_URL: z.url(),
  DATABASE_SYSTEM_URL: z.url(),
  DATABASE_RUNNER_URL: z.url(),
});

const applied = process.env.DATABASE_OWNER_URL ? await migrateOwnServer() : await migrateEmbedded();
for (const name of applied) console.log(`applied ${name}`);
if (applied.length === 0) console.log("Nothing to apply: the database is up to date.");

async function migrateOwnServer(): Promise<string[]> {
  const env = ownSchema.parse(process.env);
  const rolePasswords = passwordsOf({
    appUrl: env.DATABASE_URL,
    systemUrl: env.DATABASE_SYSTEM_URL,
    runnerUrl: env.DATABASE_RUNNER_URL,
  });
  return migrateDatabase(env.DATABASE_OWNER_URL, { rolePasswords });
}

async function migrateEmbedded(): Promise<string[]> {
  const server = await startEmbeddedPostgres({ dir: EMBEDDED_DIR });
  try {
    return await migrateDatabase(server.ownerUrl(EMBEDDED_DATABASE), { rolePasswords: server.rolePasswords });
  } finally {
    await server.stop();
  }
}
