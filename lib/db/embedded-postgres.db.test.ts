import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres";

const HOLDER = fileURLToPath(new URL("../../tests/setup/hold-embedded-postgres.ts", import.meta.url));

let dir: string;

beforeAll(async () => {
  dir = await aFolder();
});

afterAll(async () => {
  await rm(dir, { recursive: true });
});

/** As root, a folder that nobody else may pass would send the cluster to /var/lib. */
async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tieout-embedded-"));
  await chmod(folder, 0o755);
  return folder;
}

async function query(server: EmbeddedPostgres, sql: string, database = "kept"): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.ownerUrl(database) });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function serverPid(): Promise<number> {
  return Number((await readFile(join(dir, "cluster", "postmaster.pid"), "utf8")).split("\n")[0]);
}

test("a stopped server is started again with what was stored", async () => {
  const first = await startEmbeddedPostgres({ dir });
  await query(first, "CREATE DATABASE kept", "postgres");
  await query(first, "CREATE TABLE one AS SELECT 1 AS n");
  await first.stop();
  const second = await startEmbeddedPostgres({ dir });
  expect(await query(second, "SELECT n FROM one")).toEqual([{ n: 1 }]);
  await second.stop();
});

test("after kill -9 of the server the next start recovers what was committed", async () => {
  const killed = await startEmbeddedPostgres({ dir });
  await query(killed, "CREATE TABLE two AS SELECT 2 AS n");
  process.kill(await serverPid(), "SIGKILL");
  await killed.stop();
  const recovered = await startEmbeddedPostgres({ dir });
  expect(await query(recovered, "SELECT n FROM two")).toEqual([{ n: 2 }]);
  await recovered.stop();
});

test("a lock file whose process id now belongs to another program does not prevent the start", async () => {
  const lockFile = join(dir, "cluster", "postmaster.pid");
  await writeFile(lockFile, `${process.pid}\n${join(dir, "cluster")}\n0\n5432\n\n127.0.0.1\n0\nready\n`);
  const server = await startEmbeddedPostgres({ dir });
  expect(await query(server, "SELECT n FROM one")).toEqual([{ n: 1 }]);
  await server.stop();
});

test("a second start on the same folder shares the server, and letting go of it does not stop it", async () => {
  const first = await startEmbeddedPostgres({ dir });
  const second = await startEmbeddedPostgres({ dir });
  expect(second.port).toBe(first.port);
  await second.stop();
  expect(await query(first, "SELECT n FROM one")).toEqual([{ n: 1 }]);
  await first.stop();
});

test("two programs that make the folder's first cluster at once end up with one server", async () => {
  const fresh = await aFolder();
  const both = await Promise.all([1, 2].map(() => startEmbeddedPostgres({ dir: fresh, durable: false })));
  expect(new Set(both.map((server) => server.port)).size).toBe(1);
  for (const server of both) await server.stop();
  await rm(fresh, { recursive: true });
});

test("when the program that started the server is killed, the server stops by itself", async () => {
  const starter = spawn(process.execPath, ["--import", "tsx", HOLDER, dir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [firstLine] = await once(starter.stdout.setEncoding("utf8"), "data");
  const pid = await serverPid();
  expect(firstLine).toBe("started\n");
  starter.kill("SIGKILL");
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(/ESRCH/), { timeout: 20_000 });
  const next = await startEmbeddedPostgres({ dir });
  expect(await query(next, "SELECT n FROM one")).toEqual([{ n: 1 }]);
  await next.stop();
});

test("passwords that belong to another cluster are refused with the server's own words", async () => {
  const passwordFile = join(dir, "passwords.json");
  const right = await readFile(passwordFile, "utf8");
  await writeFile(passwordFile, right.replace(/"superuser":"../, '"superuser":"zz'));
  await expect(startEmbeddedPostgres({ dir })).rejects.toThrow(/password authentication failed/);
  await writeFile(passwordFile, right);
});

test("the server's log keeps neither statements nor values of rows", async () => {
  const server = await startEmbeddedPostgres({ dir });
  await query(server, "CREATE TABLE secrets (word text PRIMARY KEY)");
  await query(server, "INSERT INTO secrets VALUES ('xyzzy')");
  await expect(query(server, "INSERT INTO secrets VALUES ('xyzzy')")).rejects.toThrow(/duplicate key/);
  await server.stop();
  const log = await readFile(join(dir, "postgres.log"), "utf8");
  expect(log).toContain("duplicate key");
  expect(log).not.toContain("xyzzy");
});

test("the server listens on this machine alone and asks for a password", async () => {
  const server = await startEmbeddedPostgres({ dir });
  expect(await query(server, "SHOW listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
  const stranger = new pg.Client({
    host: server.host,
    port: server.port,
    user: "postgres",
    password: "wrong",
  });
  await expect(stranger.connect()).rejects.toThrow(/password authentication failed/);
  await server.stop();
  await vi.waitFor(() => expect(query(server, "SELECT 1")).rejects.toThrow(/ECONNREFUSED/));
});
