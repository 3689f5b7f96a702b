import { migrateRunner } from "@/inngest/runner/migrate-runner";
import { startRunner } from "@/inngest/runner/start-runner";
import { type RunningSandbox, sandboxAddresses, startSandbox } from "@/sandbox/server";
import { addressesSchema } from "@/scripts/stack";
import { createTestDatabase } from "./database";

/**
 * The whole product but its pages, in one test process: real Postgres, the sandbox over HTTP, the real functions on the
 * embedded runner. The environment is set before the product is loaded, so a test file imports product code through
 * `load` alone.
 */
export interface ProductWorld {
  readonly sandbox: RunningSandbox;
  readonly owner: typeof import("@/scripts/main-job/owner");
  readonly ownerUrl: string;
  stop(): Promise<void>;
}

export interface WorldOptions {
  readonly seed?: { readonly kind: "demo-company" };
  /** Left to settle before an unanswered write is looked for. */
  readonly settleMs?: number;
}

const SIGNING_KEY = `signkey-test-${"0f".repeat(32)}`;
const EVENT_KEY = "test-event-key";

export async function startProductWorld(options: WorldOptions = {}): Promise<ProductWorld> {
  const database = await createTestDatabase();
  await migrateRunner(database.ownerUrl);
  const sandbox = await startSandbox({ port: 0, limitSpeed: 3600 });
  await sandbox.seed(options.seed ?? { kind: "demo-company" });
  const { xero, zoho, origin } = addressesSchema.parse(sandboxAddresses(sandbox.origin));
  const { freePort } = await import("@/scripts/stack");
  const runnerPort = await freePort();
  Object.assign(process.env, {
    DEPLOYMENT: "test",
    APP_ORIGIN: "http://localhost:3999",
    NEXTAUTH_SECRET: "test-secret-of-more-than-thirty-two-characters",
    DATABASE_URL: database.appUrl,
    DATABASE_SYSTEM_URL: database.systemUrl,
    VAULT_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
    XERO_CLIENT_ID: xero.clientId,
    XERO_CLIENT_SECRET: xero.clientSecret,
    XERO_AUTHORITY: xero.authority,
    XERO_API_BASE: xero.api,
    ZOHO_CLIENT_ID: zoho.clientId,
    ZOHO_CLIENT_SECRET: zoho.clientSecret,
    ZOHO_ACCOUNTS_BASE: zoho.accounts.replace(`/zoho/${zoho.dataCentre}/`, "/zoho/{region}/"),
    ZOHO_API_BASE: zoho.api.replace(`/zoho/${zoho.dataCentre}/`, "/zoho/{region}/"),
    SANDBOX_ORIGIN: origin,
    INNGEST_BASE_URL: `http://127.0.0.1:${runnerPort}`,
    INNGEST_SIGNING_KEY: SIGNING_KEY,
    INNGEST_EVENT_KEY: EVENT_KEY,
    SETTLE_MS: String(options.settleMs ?? 50),
    LOG_LEVEL: "silent",
  });
  const [{ functions }, { inngest }, { serveFunctions }, owner, { closeRuntime }] = await Promise.all([
    import("@/inngest/index"),
    import("@/inngest/inngest"),
    import("@/inngest/serve-node"),
    import("@/scripts/main-job/owner"),
    import("@/lib/operations/runtime"),
  ]);
  const served = await serveFunctions({ client: inngest, functions, port: 0 });
  const runner = await startRunner({
    databaseUrl: database.runnerUrl,
    appUrl: served.appUrl,
    port: runnerPort,
    signingKey: SIGNING_KEY,
    eventKey: EVENT_KEY,
    pollIntervalMs: 50,
    retryDelayMs: () => 20,
  });
  return {
    sandbox,
    owner,
    ownerUrl: database.ownerUrl,
    async stop() {
      await runner.stop();
      await served.stop();
      await closeRuntime();
      await sandbox.stop();
      await database.drop();
    },
  };
}
