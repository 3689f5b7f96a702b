import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { chown, link, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import {
  type PostgresBinaries,
  postgresBinaries,
  reachableDirectory,
  type ServerAccount,
  serverAccount,
} from "./postgres-binaries";

/*
 * The files of the embedded server: passwords made once, and a cluster that is either complete or not there. Knows
 * nothing of running it (embedded-postgres.ts).
 */

export const SUPERUSER = "postgres";

/** All that server and initdb are told: a stray PG* variable of this machine must not steer them. */
export const SERVER_ENVIRONMENT: NodeJS.ProcessEnv = {
  NODE_ENV: "production",
  LC_ALL: "C",
  TZ: "UTC",
  PATH: "/usr/bin:/bin",
};

const passwordsSchema = z.object({
  superuser: z.string(),
  owner: z.string(),
  app: z.string(),
  system: z.string(),
  runner: z.string(),
});
type Passwords = z.infer<typeof passwordsSchema>;

export interface Cluster {
  readonly dir: string;
  readonly path: string;
  readonly account: ServerAccount;
  readonly binaries: PostgresBinaries;
  readonly passwords: Passwords;
}

/** The cluster of that folder, made at the first call. */
export async function openCluster(dir: string, durable: boolean): Promise<Cluster> {
  await mkdir(dir, { recursive: true });
  const account = await serverAccount();
  const binaries = await postgresBinaries(account);
  const passwords = await readOrMakePasswords(dir);
  // Whoever deletes the folder starts anew, also where the cluster stands elsewhere: its name hangs on the passwords.
  const identity = createHash("sha256").update(passwords.superuser).digest("hex").slice(0, 16);
  const path = join(await reachableDirectory(dir, account, `cluster-${identity}`), "cluster");
  const cluster = { dir, path, account, binaries, passwords };
  const exists = await stat(join(path, "PG_VERSION")).then(
    () => true,
    () => false,
  );
  if (!exists) await initialise(cluster, durable);
  return cluster;
}

async function readOrMakePasswords(dir: string): Promise<Passwords> {
  const file = join(dir, "passwords.json");
  const secret = () => randomBytes(24).toString("hex");
  const fresh: Passwords = {
    superuser: secret(),
    owner: secret(),
    app: secret(),
    system: secret(),
    runner: secret(),
  };
  // A link appears whole or not at all, and never over the passwords that another program made meanwhile.
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, JSON.stringify(fresh), { mode: 0o600 });
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(draft);
  return passwordsSchema.parse(JSON.parse(await readFile(file, "utf8")));
}

/** Made beside its final place and renamed when complete: a start that was killed leaves no half a cluster. */
async function initialise(cluster: Cluster, durable: boolean): Promise<void> {
  const unfinished = await mkdtemp(`${cluster.path}.`);
  const passwordFile = `${unfinished}.password`;
  await writeFile(passwordFile, cluster.passwords.superuser, { mode: 0o600 });
  if (cluster.account.uid !== undefined && cluster.account.gid !== undefined)
    for (const path of [unfinished, passwordFile])
      await chown(path, cluster.account.uid, cluster.account.gid);
  const flags = [
    `--pgdata=${unfinished}`,
    `--pwfile=${passwordFile}`,
    `--username=${SUPERUSER}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    ...(durable ? [] : ["--no-sync"]),
  ];
  await promisify(execFile)(cluster.binaries.initdb, flags, {
    ...cluster.account,
    cwd: "/",
    env: SERVER_ENVIRONMENT,
  });
  await rm(passwordFile);
  await rename(unfinished, cluster.path).catch(async (error: NodeJS.ErrnoException) => {
    await rm(unfinished, { recursive: true, force: true });
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
  });
}
