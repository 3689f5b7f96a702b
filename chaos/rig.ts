import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { migrateRunner } from "@/inngest/runner/migrate-runner";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { migrateDatabase } from "@/lib/db/migrate";
import type { DatabaseUrls } from "@/lib/db/urls";
import { invariant } from "@/lib/kernel/invariant";
import { sandboxAddresses } from "@/sandbox/addresses";
import { addressesSchema, freePort, HEAP_LIMIT } from "@/scripts/stack";
import { type Bundle, bundlePrograms } from "./bundle";
import { installHolds } from "./holds";
import { createMember, type Member } from "./member";
import { measurePace } from "./pace";
import { type Relay, startRelay } from "./relay";
import type { RunnerProcessOptions } from "./runner-process";
import { insist } from "./until";

/**
 * The real processes of the product on this machine: PostgreSQL, the sandbox with a store folder,
 * two workers and two step runners, each pair behind one address. Started once for all trials; a victim alone is started
 * again. It knows nothing of what a trial does.
 */
export interface Rig {
  readonly origin: string;
  readonly ownerUrl: string;
  /** How slow this machine was at the start; see pace.ts. */
  readonly pace: number;
  /** How long a call may take. */
  readonly callDeadlineMs: number;
  /** The programs as JavaScript. */
  readonly bundle: Bundle;
  readonly env: Readonly<Record<string, string>>;
  readonly sandbox: Member;
  readonly workers: Pool;
  readonly runners: Pool;
  readonly postgres: Postgres;
  /** Size of the sandbox's log: it grows when a write is on its disk. */
  readonly sandboxLog: string;
  /** Everything that was killed or stopped runs again. */
  mend(): Promise<void>;
  /** All processes anew with an empty database, at the same addresses: after a trial that hangs. */
  renew(): Promise<void>;
  stop(): Promise<void>;
}

export interface Pool {
  readonly members: readonly Member[];
  readonly relay: Relay;
  /** The one that gets the work at present. */
  active(): Member;
  /** Turns new work to the other one. */
  turnAway(): void;
}

export interface Postgres {
  /** SIGKILL for the whole server, or for one of its sessions, which makes it restart by itself. */
  kill(what: "server" | "session"): Promise<void>;
  start(): Promise<void>;
}

/** One hour of the vendors' limits is a twenty-fourth of a second, so that no trial waits for a day's end. */
const LIMIT_SPEED = 86_400;
/** Longer than any call is held, much shorter than in earnest: a trial waits for these, longer at a slower pace. */
const CALL_DEADLINE_MS = 1_000;
const LEASE_MS = 1_500;
/** Longer than a stopped sandbox or a stale read lasts. */
const SETTLE_MS = 400;
/** Longer than any step takes on the slowest machine. */
const REQUEST_TIMEOUT_MS = 30_000;
const POLL_INTERVAL_MS = 100;
const RETRY_DELAY_MS = 150;
const SIGNING_KEY = `signkey-test-${"c4".repeat(32)}`;
const EVENT_KEY = "chaos-event-key";
const DATABASE = "tieout_chaos";

export async function startRig(dir: string, say: (line: string) => void): Promise<Rig> {
  const pace = measurePace();
  say(`Starting PostgreSQL, the sandbox, two workers and two runners; this machine's pace is 1/${pace}`);
  const bundle = await bundlePrograms();
  const postgresDir = join(dir, "postgres");
  let server = await startEmbeddedPostgres({ dir: postgresDir });
  const urls = server.urls(DATABASE);
  const ownerUrl = server.ownerUrl(DATABASE);
  const prepareDatabase = async (): Promise<void> => {
    await migrateDatabase(ownerUrl, { rolePasswords: server.rolePasswords });
    await migrateRunner(ownerUrl);
    await installHolds(ownerUrl);
  };
  await prepareDatabase();
  await leaveDiskToSystem(ownerUrl);

  const [sandboxPort, ...ports] = await freePorts(5);
  const [workerPorts, runnerPorts] = [ports.slice(0, 2), ports.slice(2, 4)];
  const origin = `http://localhost:${sandboxPort}`;
  const workerRelay = await startRelay(workerPorts);
  const runnerRelay = await startRelay(runnerPorts);
  const env = environmentOf(origin, urls, `http://127.0.0.1:${runnerRelay.port}`, pace);
  const logFile = (name: string): string => join(dir, `${name}.log`);
  const sandbox = createMember({
    name: "sandbox",
    args: [
      ...[bundle.pathOf("sandbox/server.ts"), "--admin", "--seed", "none", "--port", String(sandboxPort)],
      ...["--limit-speed", String(LIMIT_SPEED), "--state", join(dir, "sandbox")],
    ],
    env: {},
    logFile: logFile("sandbox"),
  });
  const workers = poolOf(workerRelay, workerPorts, (port, name) =>
    createMember({
      name: `worker ${name}`,
      args: [HEAP_LIMIT, bundle.pathOf("scripts/worker.ts"), String(port)],
      env,
      logFile: logFile(`worker-${name}`),
    }),
  );
  const runners = poolOf(runnerRelay, runnerPorts, (port, name) => {
    const options: RunnerProcessOptions = {
      databaseUrl: urls.runnerUrl,
      appUrl: `http://127.0.0.1:${workerRelay.port}/api/inngest`,
      port,
      signingKey: SIGNING_KEY,
      eventKey: EVENT_KEY,
      pollIntervalMs: POLL_INTERVAL_MS * pace,
      retryDelayMs: RETRY_DELAY_MS,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
    };
    return createMember({
      name: `runner ${name}`,
      args: [bundle.pathOf("chaos/runner-process.ts"), JSON.stringify(options)],
      env: {},
      logFile: logFile(`runner-${name}`),
    });
  });
  const members = [sandbox, ...workers.members, ...runners.members];
  const postgres: Postgres = {
    async kill(what) {
      process.kill(await (what === "server" ? postmasterPid : sessionPid)(ownerUrl), "SIGKILL");
      // Lets go of the shell that watched the dead server.
      if (what === "server") await server.stop();
    },
    async start() {
      server = await startEmbeddedPostgres({ dir: postgresDir, port: server.port });
    },
  };
  await Promise.all(members.map((member) => member.start()));
  return {
    origin,
    ownerUrl,
    pace,
    callDeadlineMs: CALL_DEADLINE_MS * pace,
    bundle,
    env,
    sandbox,
    workers,
    runners,
    postgres,
    sandboxLog: join(dir, "sandbox", "log.jsonl"),
    async mend() {
      for (const member of members) if (!member.isUp()) member.resume();
      await Promise.all(members.map((member) => insist(() => member.start())));
    },
    async renew() {
      await Promise.all(members.map((member) => member.kill()));
      const maintenance = new pg.Client({ connectionString: server.ownerUrl("postgres") });
      await maintenance.connect();
      await maintenance.query(`DROP DATABASE ${DATABASE} WITH (FORCE)`);
      await maintenance.end();
      await prepareDatabase();
      await Promise.all(members.map((member) => member.start()));
    },
    async stop() {
      await Promise.all([...workers.members, ...runners.members].map((member) => member.stop()));
      await sandbox.stop();
      await Promise.all([workerRelay.stop(), runnerRelay.stop()]);
      await server.stop();
    },
  };
}

async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}

function poolOf(relay: Relay, ports: readonly number[], make: (port: number, name: string) => Member): Pool {
  const seats = ports.map((port, index) => ({ port, member: make(port, String(index + 1)) }));
  const active = () => seats.find(({ port }) => port === relay.preferred()) ?? seats[0];
  return {
    members: seats.map(({ member }) => member),
    relay,
    active() {
      const seat = active();
      if (!seat) throw new Error("the pool is empty");
      return seat.member;
    },
    turnAway() {
      const other = seats.find((seat) => seat !== active());
      if (other) relay.prefer(other.port);
    },
  };
}

/** The server's process: the parent of any of its sessions. */
async function postmasterPid(ownerUrl: string): Promise<number> {
  const session = await sessionPid(ownerUrl);
  const status = await readFile(`/proc/${session}/status`, "utf8");
  const parent = Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1]);
  invariant(parent > 1, "a session of PostgreSQL has its server for a parent");
  return parent;
}

/**
 * Commits wait for the system and no more for the disk under it: what is killed here is a process, and the system keeps what
 * it was given. A power cut is not struck. The setting is the cluster's, so it outlives each restart.
 */
async function leaveDiskToSystem(ownerUrl: string): Promise<void> {
  const pid = await postmasterPid(ownerUrl);
  const args = (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0");
  const cluster = args[args.indexOf("-D") + 1];
  invariant(cluster !== undefined, "PostgreSQL is started with its folder");
  await appendFile(join(cluster, "postgresql.auto.conf"), "fsync = off\n");
  process.kill(pid, "SIGHUP");
}

/** A session of our own: its process is PostgreSQL's, and nothing of the product hangs on it. */
async function sessionPid(ownerUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on("error", () => {});
  await client.connect();
  // Left open: it is to be alive when it is killed, or when its parent is looked up. The server's end closes it.
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  return rows[0]?.pid ?? 0;
}

function environmentOf(
  sandboxOrigin: string,
  urls: DatabaseUrls,
  runnerOrigin: string,
  pace: number,
): Record<string, string> {
  const { xero, zoho, origin } = addressesSchema.parse(sandboxAddresses(sandboxOrigin));
  const byRegion = (address: string): string =>
    address.replace(`/zoho/${zoho.dataCentre}/`, "/zoho/{region}/");
  return {
    DEPLOYMENT: "test",
    APP_ORIGIN: "http://localhost:3999",
    NEXTAUTH_URL: "http://localhost:3999",
    NEXTAUTH_SECRET: "test-secret-of-more-than-thirty-two-characters",
    VAULT_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
    DATABASE_URL: urls.appUrl,
    DATABASE_SYSTEM_URL: urls.systemUrl,
    XERO_CLIENT_ID: xero.clientId,
    XERO_CLIENT_SECRET: xero.clientSecret,
    XERO_AUTHORITY: xero.authority,
    XERO_API_BASE: xero.api,
    ZOHO_CLIENT_ID: zoho.clientId,
    ZOHO_CLIENT_SECRET: zoho.clientSecret,
    ZOHO_ACCOUNTS_BASE: byRegion(zoho.accounts),
    ZOHO_API_BASE: byRegion(zoho.api),
    SANDBOX_ORIGIN: origin,
    INNGEST_BASE_URL: runnerOrigin,
    INNGEST_SIGNING_KEY: SIGNING_KEY,
    INNGEST_EVENT_KEY: EVENT_KEY,
    LOG_LEVEL: "error",
    CALL_DEADLINE_MS: String(CALL_DEADLINE_MS * pace),
    LEASE_MS: String(LEASE_MS * pace),
    SETTLE_MS: String(SETTLE_MS * pace),
  };
}
