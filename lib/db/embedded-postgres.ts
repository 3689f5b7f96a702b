import { execFile, spawn } from "node:child_process";
import { chmod, mkdtemp, open, readFile, rm } from "node:fs/promises";
import { createServer, Socket } from "node:net";
import { platform, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { errorText } from "@/lib/kernel/errors";
import { invariant } from "@/lib/kernel/invariant";
import { type Cluster, openCluster, SERVER_ENVIRONMENT, SUPERUSER } from "./embedded-cluster";
import { type DatabaseUrls, databaseUrls, type RolePasswords } from "./urls";

/*
 * A real PostgreSQL on this machine alone, kept in one folder: made at first start, used again afterwards, recovered
 * after a crash. The server never outlives the program that started it (a small shell holds a pipe to us and stops
 * the server when the pipe closes), and a second program on the same folder shares the running server. It listens on
 * 127.0.0.1 only. The role that migrates is no superuser, just as on a managed server.
 */

const HOST = "127.0.0.1";
const OWNER = "tieout_owner";
const START_ATTEMPTS_MAX = 6;
const READY_TIMEOUT_MS = 120_000;
const POLL_INTERVAL_MS = 40;
const INVALID_PASSWORD = "28P01";

export interface EmbeddedPostgresOptions {
  /** Folder for passwords, log and (where the server's account can reach it) the cluster. */
  readonly dir: string;
  /** 0 or absent takes a free port. */
  readonly port?: number;
  /** False only where losing everything in a power cut does not matter: tests. */
  readonly durable?: boolean;
}

export interface EmbeddedPostgres {
  readonly host: string;
  readonly port: number;
  readonly rolePasswords: RolePasswords;
  ownerUrl(database: string): string;
  /** Addresses of every role in that database. The roles exist once it was migrated with `rolePasswords`. */
  urls(database: string): DatabaseUrls;
  /** Stops the server, or only lets go of it where another program started it. */
  stop(): Promise<void>;
}

/** Starts the server of that folder and waits until it answers. Throws with the end of its log where it cannot. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const durable = options.durable ?? true;
  const cluster = await openCluster(resolve(options.dir), durable);
  for (let attempt = 1; ; attempt += 1) {
    const shared = await findRunning(cluster);
    if (shared !== undefined) return connectable(cluster, shared, async () => {});
    const port = options.port || (await freePort());
    const server = await launch(cluster, port, durable);
    const ready = await untilReady(cluster, port, server);
    if (ready) return connectable(cluster, port, server.stop);
    if (attempt === START_ATTEMPTS_MAX)
      throw new Error(`the embedded PostgreSQL did not start:\n${await endOfLog(cluster.dir)}`);
    await delay(attempt * 200);
  }
}

/** A server in a folder of its own that is deleted when it stops: for tests and for comparing schemas. */
export async function startTemporaryPostgres(): Promise<EmbeddedPostgres> {
  const dir = await mkdtemp(join(tmpdir(), "tieout-postgres-"));
  // The server's account must be able to pass through; the secrets inside have modes of their own.
  await chmod(dir, 0o755);
  const remove = () => rm(dir, { recursive: true, force: true });
  const server = await startEmbeddedPostgres({ dir, durable: false }).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return {
    ...server,
    async stop() {
      await server.stop();
      await remove();
    },
  };
}

function connectable(cluster: Cluster, port: number, stop: () => Promise<void>): EmbeddedPostgres {
  const { owner, superuser: _, ...rolePasswords } = cluster.passwords;
  const ownerUrl = (database: string) =>
    `postgresql://${OWNER}:${owner}@${HOST}:${port}/${encodeURIComponent(database)}`;
  return {
    host: HOST,
    port,
    rolePasswords,
    ownerUrl,
    urls: (database) => databaseUrls(ownerUrl(database), rolePasswords),
    stop,
  };
}

interface Launched {
  readonly hasExited: () => boolean;
  readonly stop: () => Promise<void>;
}

/** The shell's standard input is a pipe to us: when it closes, also because we were killed, the server is stopped. */
const WATCHED_START = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ cat <&3 >/dev/null; kill -INT "$server" 2>/dev/null; } &
exec 3<&-
wait "$server"
`;

async function launch(cluster: Cluster, port: number, durable: boolean): Promise<Launched> {
  const log = await open(join(cluster.dir, "postgres.log"), "a");
  const settings = Object.entries(serverSettings(port, durable)).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const child = spawn(
    "/bin/sh",
    ["-c", WATCHED_START, "sh", cluster.binaries.postgres, "-D", cluster.path, ...settings],
    {
      ...cluster.account,
      cwd: "/",
      env: SERVER_ENVIRONMENT,
      // Its own session: Ctrl-C in the terminal must not stop the database before the program let go of it.
      detached: true,
      stdio: ["pipe", log.fd, log.fd],
    },
  );
  await log.close();
  const exited = new Promise<void>((done) => {
    child.once("exit", () => done());
    child.once("error", () => done());
  });
  let gone = false;
  void exited.then(() => {
    gone = true;
  });
  // Neither keeps this program alive: a script that forgets to stop the server still ends, and so the server does.
  invariant(child.stdin instanceof Socket, "the watching shell has a pipe");
  child.stdin.unref();
  child.unref();
  return {
    hasExited: () => gone,
    async stop() {
      child.ref();
      child.stdin?.destroy();
      await exited;
    },
  };
}

function serverSettings(port: number, durable: boolean): Record<string, string> {
  const lossy: Record<string, string> = durable
    ? {}
    : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
  return {
    port: String(port),
    listen_addresses: HOST,
    unix_socket_directories: "",
    max_connections: "100",
    shared_buffers: "128MB",
    max_wal_size: "1GB",
    wal_level: "minimal",
    max_wal_senders: "0",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    // The log tells that something failed, not with which values: neither statements nor rows belong in a file.
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    ...lossy,
  };
}

async function untilReady(cluster: Cluster, port: number, server: Launched): Promise<boolean> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!server.hasExited() && Date.now() < deadline) {
    const answer = await ask(cluster, port);
    if (answer === "ready") {
      await ensureOwner(cluster, port);
      return true;
    }
    // Another server took the port, or the passwords are of another cluster: waiting does not help.
    if (answer === "stranger") break;
    await delay(POLL_INTERVAL_MS);
  }
  await server.stop();
  return false;
}

/** Whether the server of exactly this cluster answers on that port, another one does, or none yet. */
async function ask(cluster: Cluster, port: number): Promise<"ready" | "stranger" | "silent"> {
  return withSuperuser(cluster, port, async (client) => {
    const shown = await client.query<{ data_directory: string }>("SHOW data_directory");
    return shown.rows[0]?.data_directory === cluster.path ? "ready" : "stranger";
  }).catch((error: unknown) =>
    error instanceof pg.DatabaseError && error.code === INVALID_PASSWORD ? "stranger" : "silent",
  );
}

async function ensureOwner(cluster: Cluster, port: number): Promise<void> {
  await withSuperuser(cluster, port, async (client) => {
    const found = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [OWNER]);
    if (found.rowCount === 0)
      await client.query(
        `CREATE ROLE ${OWNER} LOGIN CREATEDB CREATEROLE PASSWORD '${cluster.passwords.owner}'`,
      );
  });
}

async function withSuperuser<T>(
  cluster: Cluster,
  port: number,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    host: HOST,
    port,
    user: SUPERUSER,
    password: cluster.passwords.superuser,
    database: "postgres",
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * The port of a server that already runs on this cluster. A lock file left by a crash is removed when its process
 * id now belongs to something else, which PostgreSQL itself cannot tell in a container that starts its ids anew.
 */
async function findRunning(cluster: Cluster): Promise<number | undefined> {
  const lockFile = join(cluster.path, "postmaster.pid");
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const lines = await readFile(lockFile, "utf8").then(
      (text) => text.split("\n"),
      () => undefined,
    );
    if (!lines) return undefined;
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    if (!(await isServerProcess(pid, cluster.path))) {
      await rm(lockFile, { force: true });
      return undefined;
    }
    if ((await ask(cluster, port)) === "ready") return port;
    await delay(POLL_INTERVAL_MS);
  }
  throw new Error(`a PostgreSQL runs on ${cluster.path} but does not answer`);
}

async function isServerProcess(pid: number, path: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  const command =
    platform() === "linux"
      ? readFile(`/proc/${pid}/cmdline`, "utf8").then((text) => text.replaceAll("\0", " "))
      : promisify(execFile)("ps", ["-p", String(pid), "-o", "command="]).then(({ stdout }) => stdout);
  return command.then(
    (text) => text.includes(path),
    () => false,
  );
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done, fail) => {
    probe.once("error", fail);
    probe.listen(0, HOST, done);
  });
  const address = probe.address();
  invariant(address !== null && typeof address === "object", "a listening socket has a port");
  await new Promise<void>((done) => probe.close(() => done()));
  return address.port;
}

async function endOfLog(dir: string): Promise<string> {
  const text = await readFile(join(dir, "postgres.log"), "utf8").catch((error) => errorText(error));
  return text.split("\n").slice(-15).join("\n");
}
