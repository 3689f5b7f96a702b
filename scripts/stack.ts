import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { migrateRunner } from "@/inngest/runner/migrate-runner";
import { startRunner } from "@/inngest/runner/start-runner";
import { startEmbeddedPostgres, startTemporaryPostgres } from "@/lib/db/embedded-postgres";
import { migrateDatabase } from "@/lib/db/migrate";

/**
 * The one-machine default: embedded PostgreSQL, the sandbox companies as a process of their own, and the embedded step
 * runner, with every setting of the product made and kept in one folder. The demo, the browser tests and the
 * benchmarks start it; who serves the functions (the web app or a plain worker) is theirs to add.
 */
export const addressesSchema = z.object({
  origin: z.string(),
  xero: z.object({
    authority: z.string(),
    api: z.string(),
    clientId: z.string(),
    clientSecret: z.string(),
    webhookKey: z.string(),
  }),
  zoho: z.object({
    accounts: z.string(),
    api: z.string(),
    dataCentre: z.string(),
    clientId: z.string(),
    clientSecret: z.string(),
  }),
  stripe: z.object({ api: z.string(), secretKey: z.string(), webhookSecret: z.string() }),
  smtp: z.object({ host: z.string(), port: z.number() }).nullable(),
  tims: z.object({ address: z.string(), clientId: z.string(), clientSecret: z.string() }),
  timesolv: z.object({
    app: z.string(),
    api: z.string(),
    clientId: z.string(),
    clientSecret: z.string(),
  }),
});
export type SandboxAddresses = z.output<typeof addressesSchema>;

export interface StackOptions {
  /** Keeps data between starts. */
  readonly dir: string;
  /** Port of the web app; by default a free one. */
  readonly appPort?: number;
  readonly limitSpeed: number;
  /** False: the sandbox forgets when it stops and PostgreSQL does not wait for the disk. */
  readonly durable: boolean;
  readonly settleMs: number;
  readonly say: (line: string) => void;
}

export interface Stack {
  readonly env: Readonly<Record<string, string>>;
  readonly sandbox: SandboxAddresses;
  readonly sandboxPid: number;
  readonly ownerUrl: string;
  /** Begins to drive functions served at `${APP_ORIGIN}/api/inngest` (or another address given). */
  startRunner(appUrl?: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * V8 lets a heap grow to half the machine before it cleans up in earnest. What the product really holds is far below this,
 * so a process stays below 700 MB with its buffers and code.
 */
export const HEAP_LIMIT = "--max-old-space-size=448";

const root = fileURLToPath(new URL("..", import.meta.url));

export async function startStack(options: StackOptions): Promise<Stack> {
  await mkdir(options.dir, { recursive: true });
  options.say("Starting PostgreSQL (embedded)");
  const postgres = options.durable
    ? await startEmbeddedPostgres({ dir: join(options.dir, "postgres") })
    : await startTemporaryPostgres();
  const ownerUrl = postgres.ownerUrl("tieout");
  options.say("Bringing the database up to date");
  await migrateDatabase(ownerUrl, { rolePasswords: postgres.rolePasswords });
  await migrateRunner(ownerUrl);
  options.say("Opening the sandbox companies (Xero and Zoho Books)");
  const sandbox = await startSandboxProcess(options);
  const secrets = await loadSecrets(join(options.dir, "secrets.json"));
  const urls = postgres.urls("tieout");
  const runnerPort = await freePort();
  const appPort = options.appPort ?? (await freePort());
  const env = {
    DEPLOYMENT: "demo",
    APP_ORIGIN: `http://localhost:${appPort}`,
    NEXTAUTH_URL: `http://localhost:${appPort}`,
    NEXTAUTH_SECRET: secrets.nextAuthSecret,
    DATABASE_URL: urls.appUrl,
    DATABASE_SYSTEM_URL: urls.systemUrl,
    VAULT_KEYS: `v1:${secrets.vaultKey}`,
    AUDIT_KEYS: `v1:${createHash("sha256").update(`audit ${secrets.vaultKey}`).digest("base64")}`,
    XERO_CLIENT_ID: sandbox.addresses.xero.clientId,
    XERO_CLIENT_SECRET: sandbox.addresses.xero.clientSecret,
    XERO_AUTHORITY: sandbox.addresses.xero.authority,
    XERO_API_BASE: sandbox.addresses.xero.api,
    XERO_WEBHOOK_KEY: sandbox.addresses.xero.webhookKey,
    ZOHO_CLIENT_ID: sandbox.addresses.zoho.clientId,
    ZOHO_CLIENT_SECRET: sandbox.addresses.zoho.clientSecret,
    ZOHO_ACCOUNTS_BASE: regionTemplate(sandbox.addresses.zoho.accounts, sandbox.addresses.zoho.dataCentre),
    ZOHO_API_BASE: regionTemplate(sandbox.addresses.zoho.api, sandbox.addresses.zoho.dataCentre),
    TIMESOLV_CLIENT_ID: sandbox.addresses.timesolv.clientId,
    TIMESOLV_CLIENT_SECRET: sandbox.addresses.timesolv.clientSecret,
    TIMESOLV_APP_BASE: sandbox.addresses.timesolv.app,
    TIMESOLV_API_BASE: sandbox.addresses.timesolv.api,
    STRIPE_SECRET_KEY: sandbox.addresses.stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: sandbox.addresses.stripe.webhookSecret,
    STRIPE_API_BASE: sandbox.addresses.stripe.api,
    ...mailSettings(sandbox.addresses),
    SANDBOX_ORIGIN: sandbox.addresses.origin,
    SANDBOX_CONNECTIONS: JSON.stringify({ tims: sandbox.addresses.tims }),
    INNGEST_BASE_URL: `http://127.0.0.1:${runnerPort}`,
    INNGEST_SIGNING_KEY: secrets.signingKey,
    INNGEST_EVENT_KEY: secrets.eventKey,
    SETTLE_MS: String(options.settleMs),
    LOG_LEVEL: "warn",
  };
  let runner: Awaited<ReturnType<typeof startRunner>> | null = null;
  return {
    env,
    sandbox: sandbox.addresses,
    sandboxPid: sandbox.child.pid ?? 0,
    ownerUrl,
    async startRunner(appUrl) {
      runner = await startRunner({
        databaseUrl: urls.runnerUrl,
        appUrl: appUrl ?? `${env.APP_ORIGIN}/api/inngest`,
        port: runnerPort,
        signingKey: secrets.signingKey,
        eventKey: secrets.eventKey,
      });
    },
    async stop() {
      await runner?.stop();
      await endProcess(sandbox.child);
      await postgres.stop();
    },
  };
}

/** "http://…/zoho/eu/accounts" as "http://…/zoho/{region}/accounts". */
const regionTemplate = (address: string, region: string): string =>
  address.replace(`/zoho/${region}/`, "/zoho/{region}/");

/** Mails of a demo end in the sandbox's own sink. */
export const mailSettings = ({ smtp }: SandboxAddresses): Record<string, string> =>
  smtp === null
    ? {}
    : { SMTP_URL: `smtp://${smtp.host}:${smtp.port}`, MAIL_FROM: "Tieout <no-reply@tieout.test>" };

async function startSandboxProcess(
  options: StackOptions,
): Promise<{ child: ChildProcess; addresses: SandboxAddresses }> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "sandbox/server.ts", "--admin", "--seed", "none"],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        SANDBOX_PORT: "0",
        SANDBOX_LIMIT_SPEED: String(options.limitSpeed),
        ...(options.durable ? { SANDBOX_DIR: join(options.dir, "sandbox") } : {}),
      },
    },
  );
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) return { child, addresses: addressesSchema.parse(JSON.parse(line)) };
  throw new Error("the sandbox ended before it printed its addresses");
}

const secretsSchema = z.object({
  nextAuthSecret: z.string(),
  vaultKey: z.string(),
  signingKey: z.string(),
  eventKey: z.string(),
});

/** Made at the first start and kept, so that a restart still opens what the last one sealed. */
async function loadSecrets(file: string): Promise<z.output<typeof secretsSchema>> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text !== null) return secretsSchema.parse(JSON.parse(text));
  const secrets = {
    nextAuthSecret: randomBytes(32).toString("base64url"),
    vaultKey: randomBytes(32).toString("base64"),
    signingKey: `signkey-local-${randomBytes(32).toString("hex")}`,
    eventKey: randomBytes(16).toString("hex"),
  };
  await writeFile(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

export async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Asks a process to end and waits until it did; one that is still there after `graceMs` is killed. */
export async function endProcess(
  child: ChildProcess,
  signal: "SIGTERM" | "SIGKILL" = "SIGTERM",
  graceMs?: number,
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  const grace = graceMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), graceMs);
  await ended;
  clearTimeout(grace);
}
