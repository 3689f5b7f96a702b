import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Env } from "./env";

const COMPLETE: Readonly<Record<string, string>> = {
  DEPLOYMENT: "demo",
  APP_ORIGIN: "http://localhost:3000/",
  NEXTAUTH_URL: "http://localhost:3000",
  NEXTAUTH_SECRET: "n".repeat(32),
  DATABASE_URL: "postgresql://app@localhost/tieout",
  DATABASE_SYSTEM_URL: "postgresql://system@localhost/tieout",
  VAULT_KEYS: "1:k",
  XERO_CLIENT_ID: "id",
  XERO_CLIENT_SECRET: "s",
  ZOHO_CLIENT_ID: "id",
  ZOHO_CLIENT_SECRET: "s",
  INNGEST_BASE_URL: "http://localhost:8288",
  INNGEST_SIGNING_KEY: "signkey",
  INNGEST_EVENT_KEY: "event",
};

let names: readonly string[] = [];

beforeEach(async () => {
  names = (await import("./env")).ENV_NAMES;
  for (const name of names) vi.stubEnv(name, COMPLETE[name]);
});
afterEach(() => vi.unstubAllEnvs());

/** A process that starts with these settings. */
async function readEnv(changes: Readonly<Record<string, string | undefined>> = {}): Promise<Env> {
  for (const [name, value] of Object.entries(changes)) vi.stubEnv(name, value);
  vi.resetModules();
  return (await import("./env")).getEnv();
}

test("a complete environment is read, with defaults for what it leaves out", async () => {
  expect(await readEnv()).toMatchObject({
    APP_ORIGIN: "http://localhost:3000",
    XERO_API_BASE: "https://api.xero.com",
    LOG_LEVEL: "info",
    SETTLE_MS: 45_000,
    CALL_DEADLINE_MS: 60_000,
    LEASE_MS: 120_000,
    STALLED_MS: 300_000,
  });
});

test("every missing setting is named at once", async () => {
  const missing = Object.fromEntries(Object.keys(COMPLETE).map((name) => [name, undefined]));
  const message = await readEnv(missing).then(
    () => "",
    (thrown: Error) => thrown.message,
  );
  for (const name of Object.keys(COMPLETE)) expect(message).toContain(`  ${name}: `);
});

test.each([
  ["DEPLOYMENT", "staging-k3Jq8s"],
  ["APP_ORIGIN", "k3Jq8s"],
  ["NEXTAUTH_SECRET", "k3Jq8s"],
  ["VAULT_KEYS", ""],
  ["ZOHO_API_BASE", ""],
  ["SETTLE_MS", ""],
  ["SETTLE_MS", " "],
  ["SETTLE_MS", "-1"],
  ["SETTLE_MS", "1.5"],
  ["CALL_DEADLINE_MS", "999"],
  ["CALL_DEADLINE_MS", "1e9"],
  ["LEASE_MS", "0x10k3Jq8s"],
])("%s=%j stops the start with the name and without the value", async (name, value) => {
  await expect(readEnv({ [name]: value })).rejects.toThrow(`  ${name}: `);
  await expect(readEnv({ [name]: value })).rejects.not.toThrow("k3Jq8s");
});

test("a sandbox is never spoken to in production", async () => {
  const sandbox = { SANDBOX_ORIGIN: "http://localhost:4010" };
  expect((await readEnv(sandbox)).SANDBOX_ORIGIN).toBe("http://localhost:4010");
  await expect(readEnv({ ...sandbox, DEPLOYMENT: "production" })).rejects.toThrow("SANDBOX_ORIGIN");
});

test("values for the forms of a sandbox are read as JSON, and never in production", async () => {
  expect((await readEnv({})).SANDBOX_CONNECTIONS).toEqual({});
  const sandbox = { SANDBOX_CONNECTIONS: '{"acme":{"address":"http://localhost:4010/acme"}}' };
  expect((await readEnv(sandbox)).SANDBOX_CONNECTIONS).toEqual({
    acme: { address: "http://localhost:4010/acme" },
  });
  await expect(readEnv({ ...sandbox, DEPLOYMENT: "production" })).rejects.toThrow("SANDBOX_CONNECTIONS");
  await expect(readEnv({ SANDBOX_CONNECTIONS: "acme" })).rejects.toThrow("SANDBOX_CONNECTIONS");
});

test("production needs Stripe's key and secret, and never speaks to a simulated one", async () => {
  const production = {
    ...{ DEPLOYMENT: "production", AUDIT_KEYS: "1:k" },
    ...{ STRIPE_SECRET_KEY: "sk", STRIPE_WEBHOOK_SECRET: "whsec" },
  };
  expect(await readEnv(production)).toMatchObject({ STRIPE_SECRET_KEY: "sk" });
  for (const name of ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"])
    await expect(readEnv({ ...production, [name]: undefined })).rejects.toThrow(name);
  const simulated = { ...production, STRIPE_API_BASE: "http://localhost:4010" };
  await expect(readEnv(simulated)).rejects.toThrow("STRIPE_API_BASE");
});

test("production seals its audit trail with a key", async () => {
  const production = { DEPLOYMENT: "production", STRIPE_SECRET_KEY: "sk", STRIPE_WEBHOOK_SECRET: "whsec" };
  await expect(readEnv(production)).rejects.toThrow("AUDIT_KEYS");
  expect((await readEnv({ ...production, AUDIT_KEYS: "1:k" })).AUDIT_KEYS).toBe("1:k");
});

test("posting is on unless it is switched off by exactly that word", async () => {
  expect((await readEnv({})).TIEOUT_POSTING).toBe("on");
  expect((await readEnv({ TIEOUT_POSTING: "off" })).TIEOUT_POSTING).toBe("off");
  await expect(readEnv({ TIEOUT_POSTING: "false" })).rejects.toThrow("TIEOUT_POSTING");
});

test("a lease that ends before a call can is refused", async () => {
  await expect(readEnv({ LEASE_MS: "60000" })).rejects.toThrow("LEASE_MS: must be longer");
  expect((await readEnv({ LEASE_MS: "60001" })).LEASE_MS).toBe(60_001);
});

test("a sign-in address that is not the app's own is refused", async () => {
  await expect(readEnv({ NEXTAUTH_URL: "http://localhost:3001" })).rejects.toThrow("NEXTAUTH_URL");
});
