import type { InngestFunction } from "inngest";
import { migrateRunner } from "@/inngest/runner/migrate-runner";
import { startRunner } from "@/inngest/runner/start-runner";
import { sandboxAddresses } from "@/sandbox/addresses";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { addressesSchema, freePort, mailSettings } from "@/scripts/stack";
import { startWorker } from "@/scripts/worker-process";
import { createTestDatabase } from "./database";

/**
 * The whole product but its pages, in one test process: real Postgres, the sandbox over HTTP, the real functions on the
 * embedded runner. The environment is set before the product is loaded, so a test file imports product code inside
 * its tests alone.
 */
export interface ProductWorld {
  readonly sandbox: RunningSandbox;
  readonly owner: typeof import("@/scripts/main-job/owner");
  readonly ownerUrl: string;
  /** Where the functions are served. */
  readonly worker: Worker;
  readonly appUrl: string;
  /** Sends an event straight to the step runner, as a second delivery would. */
  sendEvent(event: { id: string; name: string; data: object }): Promise<void>;
  /** Resolves once the step runner has nothing under way, whatever started it. */
  waitUntilIdle(): Promise<void>;
  stop(): Promise<void>;
}

export interface Worker {
  /** Ends a worker of its own process without warning; resolves once it is gone. */
  kill(): Promise<void>;
  /** Stops the process in its tracks, and lets it go on: its timers and sockets have aged meanwhile. */
  pause(): void;
  resume(): void;
  /** Starts another one in the place of the killed one. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  readonly seed?: { readonly kind: "demo-company" | "law-firm" };
  /** Left to settle before an unanswered write is looked for. */
  readonly settleMs?: number;
  /** `process`: the functions are served by a process of their own, which can be killed. */
  readonly worker?: "here" | "process";
  /** Opens the sandbox's control address, for what a person sets up there. */
  readonly control?: boolean;
  /** Further settings of the product. */
  readonly env?: Readonly<Record<string, string>>;
}

const SIGNING_KEY = `signkey-test-${"0f".repeat(32)}`;
const EVENT_KEY = "test-event-key";
const IDLE_TIMEOUT_MS = 60_000;

export async function startProductWorld(options: WorldOptions = {}): Promise<ProductWorld> {
  const database = await createTestDatabase();
  await migrateRunner(database.ownerUrl);
  const sandbox = await startSandbox({
    port: 0,
    limitSpeed: 3600,
    admin: options.control ?? false,
    smtp: { port: 0 },
  });
  await sandbox.seed(options.seed ?? { kind: "demo-company" });
  const runnerPort = await freePort();
  const runnerOrigin = `http://127.0.0.1:${runnerPort}`;
  Object.assign(process.env, {
    ...environmentOf(sandbox),
    DATABASE_URL: database.appUrl,
    DATABASE_SYSTEM_URL: database.systemUrl,
    INNGEST_BASE_URL: runnerOrigin,
    SETTLE_MS: String(options.settleMs ?? 50),
    ...options.env,
  });
  const [owner, { closeRuntime }] = await Promise.all([
    import("@/scripts/main-job/owner"),
    import("@/lib/operations/runtime"),
  ]);
  const { appUrl, worker } = options.worker === "process" ? await serveInProcess() : await serveHere();
  const runner = await startRunner({
    databaseUrl: database.runnerUrl,
    appUrl,
    port: runnerPort,
    signingKey: SIGNING_KEY,
    eventKey: EVENT_KEY,
    pollIntervalMs: 150,
    retryDelayMs: () => 20,
  });
  await runner.registered();
  return {
    sandbox,
    owner,
    ownerUrl: database.ownerUrl,
    worker,
    appUrl,
    async sendEvent(event) {
      const answer = await fetch(`${runnerOrigin}/e/${EVENT_KEY}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(event),
      });
      if (!answer.ok) throw new Error(`the step runner took no event: status ${answer.status}`);
    },
    async waitUntilIdle() {
      for (const functionId of await runner.registered())
        for (const { run_id } of await runner.listRunsOfFunction(functionId))
          await runner.waitForRun(run_id, IDLE_TIMEOUT_MS);
    },
    async stop() {
      await runner.stop();
      await worker.stop();
      await closeRuntime();
      await sandbox.stop();
      await database.drop();
    },
  };
}

function environmentOf(sandbox: RunningSandbox): Record<string, string> {
  const addresses = addressesSchema.parse(
    sandboxAddresses(sandbox.origin, { admin: false, smtp: sandbox.smtp }),
  );
  const { xero, zoho, timesolv, stripe, origin } = addresses;
  const byRegion = (address: string): string =>
    address.replace(`/zoho/${zoho.dataCentre}/`, "/zoho/{region}/");
  return {
    DEPLOYMENT: "test",
    APP_ORIGIN: "http://localhost:3999",
    NEXTAUTH_URL: "http://localhost:3999",
    NEXTAUTH_SECRET: "test-secret-of-more-than-thirty-two-characters",
    VAULT_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
    AUDIT_KEYS: `test:${Buffer.alloc(32, 9).toString("base64")}`,
    XERO_CLIENT_ID: xero.clientId,
    XERO_CLIENT_SECRET: xero.clientSecret,
    XERO_AUTHORITY: xero.authority,
    XERO_API_BASE: xero.api,
    XERO_WEBHOOK_KEY: xero.webhookKey,
    ZOHO_CLIENT_ID: zoho.clientId,
    ZOHO_CLIENT_SECRET: zoho.clientSecret,
    ZOHO_ACCOUNTS_BASE: byRegion(zoho.accounts),
    ZOHO_API_BASE: byRegion(zoho.api),
    TIMESOLV_CLIENT_ID: timesolv.clientId,
    TIMESOLV_CLIENT_SECRET: timesolv.clientSecret,
    TIMESOLV_APP_BASE: timesolv.app,
    TIMESOLV_API_BASE: timesolv.api,
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    STRIPE_API_BASE: stripe.api,
    ...mailSettings(addresses),
    SANDBOX_ORIGIN: origin,
    INNGEST_SIGNING_KEY: SIGNING_KEY,
    INNGEST_EVENT_KEY: EVENT_KEY,
    LOG_LEVEL: "silent",
  };
}

async function serveHere(): Promise<{ appUrl: string; worker: Worker }> {
  const [{ functions }, { inngest }, { serveFunctions }] = await Promise.all([
    import("@/inngest/index"),
    import("@/inngest/inngest"),
    import("@/inngest/serve-node"),
  ]);
  const list: readonly InngestFunction.Any[] = functions;
  const served = await serveFunctions({ client: inngest, functions: list, port: 0 });
  const never = (): never => {
    throw new Error("the functions are served by this process: ask for a worker of its own");
  };
  const worker = { kill: never, pause: never, resume: never, start: never, stop: () => served.stop() };
  return { appUrl: served.appUrl, worker };
}

/** The address stays the same from one worker to the next, as behind a supervisor that starts it again. */
async function serveInProcess(): Promise<{ appUrl: string; worker: Worker }> {
  const port = await freePort();
  let child = await startWorker({}, port);
  return {
    appUrl: child.appUrl,
    worker: {
      kill: () => child.kill(),
      pause: () => void process.kill(child.pid, "SIGSTOP"),
      resume: () => void process.kill(child.pid, "SIGCONT"),
      async start() {
        child = await startWorker({}, port);
      },
      stop: () => child.stop(),
    },
  };
}
