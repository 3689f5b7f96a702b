import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

/*
 * Makes lib/db/generated from prisma/schema.prisma whenever the schema or Prisma's version differs from what it was
 * made of. Prisma asks for its schema engine before it generates and never uses it then; naming any executable in
 * PRISMA_SCHEMA_ENGINE_BINARY spares the download. Made elsewhere and moved into place, so that a program that starts
 * meanwhile never sees half a client.
 */

const root = fileURLToPath(new URL("..", import.meta.url));
const schemaPath = join(root, "prisma", "schema.prisma");
const generatedDir = join(root, "lib", "db", "generated");
const OUTPUT_LINE = /^(\s*output\s*=\s*)".*"$/m;

/** True where it generated, false where the client was up to date. */
export async function generatePrismaClient(): Promise<boolean> {
  const prismaPackage = createRequire(import.meta.url).resolve("prisma/package.json");
  const schema = await readFile(schemaPath, "utf8");
  const stamp = createHash("sha256")
    .update(await readFile(prismaPackage))
    .update(schema)
    .digest("hex");
  if ((await readFile(join(generatedDir, "stamp"), "utf8").catch(() => "")) === stamp) return false;

  // Not the system's temporary folder: a rename does not cross file systems.
  const fresh = join(root, ".tieout", `generated-${process.pid}`);
  const workDir = join(tmpdir(), `tieout-prisma-${process.pid}`);
  await mkdir(workDir, { recursive: true });
  const schemaCopy = join(workDir, "schema.prisma");
  await writeFile(schemaCopy, schema.replace(OUTPUT_LINE, `$1${JSON.stringify(fresh)}`));
  const command = join(dirname(prismaPackage), "build", "index.js");
  await promisify(execFile)(process.execPath, [command, "generate", "--no-hints", "--schema", schemaCopy], {
    cwd: workDir,
    env: {
      NODE_ENV: "production",
      PATH: dirname(process.execPath),
      HOME: workDir,
      CHECKPOINT_DISABLE: "1",
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    },
  });
  await writeFile(join(fresh, "stamp"), stamp);
  await replaceDirectory(fresh, generatedDir);
  await rm(workDir, { recursive: true });
  return true;
}

async function replaceDirectory(fresh: string, target: string): Promise<void> {
  const old = `${fresh}-old`;
  await rename(target, old).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rename(fresh, target).catch(async (error: NodeJS.ErrnoException) => {
    // Another program generated at the same moment from the same schema: its client is as good as ours.
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    await rm(fresh, { recursive: true });
  });
  await rm(old, { recursive: true, force: true });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log((await generatePrismaClient()) ? "Prisma client generated." : "Prisma client is up to date.");
