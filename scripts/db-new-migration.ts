import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PROJECT_MIGRATIONS_DIR } from "@/lib/db/migrate";
import { schemaDrift } from "@/lib/db/schema-drift";

/*
 * npm run db:new-migration -- <name>: writes prisma/migrations/<time>_<name>/migration.sql with what
 * prisma/schema.prisma has and the migrations so far do not. Works on a throw-away server; no database is touched.
 * Read the file before you commit it, and add by hand what a Prisma schema cannot say.
 */

/** Every table that the new migration made gets its policy and its grants, see access.secure_tables(). */
const CLOSING_STATEMENT = `
-- Row-level security and grants for whatever this migration made.
SELECT access.secure_tables();
`;

const name = process.argv[2];
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("Usage: npm run db:new-migration -- <name_in_snake_case>");
  process.exit(2);
}

const difference = await schemaDrift();
if (difference === "") {
  console.log("The migrations already make prisma/schema.prisma: nothing to write.");
} else {
  const timestamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const directory = join(PROJECT_MIGRATIONS_DIR, `${timestamp}_${name}`);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "migration.sql"), difference + CLOSING_STATEMENT);
  console.log(`Wrote ${join(directory, "migration.sql")}`);
}
