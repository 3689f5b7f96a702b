import { createTestDatabase, type TestDatabase } from "./database";

/**
 * The product's operations on a database of their own, with nobody at the other end: for what neither calls a vendor nor
 * needs the step runner. Set before the product is loaded, so a test imports product code inside its tests alone.
 */
export async function startBareProduct(env: Readonly<Record<string, string>> = {}): Promise<{
  readonly urls: TestDatabase;
  stop(): Promise<void>;
}> {
  const urls = await createTestDatabase();
  const nobody = "http://localhost:9";
  Object.assign(process.env, {
    DEPLOYMENT: "test",
    APP_ORIGIN: "http://localhost:3999",
    NEXTAUTH_URL: "http://localhost:3999",
    NEXTAUTH_SECRET: "test-secret-of-more-than-thirty-two-characters",
    DATABASE_URL: urls.appUrl,
    DATABASE_SYSTEM_URL: urls.systemUrl,
    VAULT_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
    AUDIT_KEYS: `test:${Buffer.alloc(32, 9).toString("base64")}`,
    XERO_CLIENT_ID: "id",
    XERO_CLIENT_SECRET: "secret",
    XERO_API_BASE: nobody,
    ZOHO_CLIENT_ID: "id",
    ZOHO_CLIENT_SECRET: "secret",
    INNGEST_BASE_URL: nobody,
    INNGEST_SIGNING_KEY: "signkey-test-00",
    INNGEST_EVENT_KEY: "key",
    LOG_LEVEL: "silent",
    ...env,
  });
  const { closeRuntime } = await import("@/lib/operations/runtime");
  return {
    urls,
    async stop() {
      await closeRuntime();
      await urls.drop();
    },
  };
}
