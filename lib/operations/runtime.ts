import type { Logger } from "pino";
import type { AuditKeys } from "@/lib/audit/chain";
import { createStripeDesk, type StripeDesk } from "@/lib/billing/stripe-desk";
import { CATALOG } from "@/lib/connectors/catalog";
import { type AnyConnectorDefinition, isConnectedByForm } from "@/lib/connectors/contract/connector";
import { createRegistry } from "@/lib/connectors/registry";
import { createDatabase, type Database } from "@/lib/db/client";
import { type Env, getEnv } from "@/lib/env";
import { createGuardedRequest, type GuardedRequest } from "@/lib/http/guarded-request";
import { type Clock, systemClock } from "@/lib/kernel/clock";
import { type Ids, randomIds } from "@/lib/kernel/ids";
import { invariant } from "@/lib/kernel/invariant";
import type { MailSettings } from "@/lib/mail/send-mail";
import { createLogger } from "@/lib/telemetry/logger";
import { parseVaultKeys, type VaultKeys } from "@/lib/vault/cipher";

/** Everything that operations share in one process. Made once, from the environment. */
export interface Runtime {
  readonly env: Env;
  readonly database: Database;
  readonly registry: ReadonlyMap<string, AnyConnectorDefinition>;
  /**
   * Connectors whose calls go to the configured sandbox. Where an address is typed it may beside a sandbox be another one
   * too: what depends on it, such as the speed of limit windows, asks isSandboxConnection.
   */
  readonly sandboxConnectors: ReadonlySet<string>;
  readonly vaultKeys: VaultKeys;
  /** What seals the audit trail; null where none is set, then the chain has hashes alone. */
  readonly auditKeys: AuditKeys | null;
  /** What the webhooks of a whole app are signed with, by connector; those of single connections are in the vault. */
  readonly webhookKeys: ReadonlyMap<string, string>;
  /** Null where no Stripe account is set up: then nobody is asked for a plan. */
  readonly stripe: StripeDesk | null;
  /** Null where no mail server is set up: then nobody is invited or signs in by mail. */
  readonly mail: MailSettings | null;
  /** Calls an address that a person typed for alerts: public ones alone, and the sandbox beside them. */
  readonly callTyped: GuardedRequest;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly ids: Ids;
}

let shared: Runtime | null = null;

export async function getRuntime(): Promise<Runtime> {
  shared ??= createRuntime(getEnv());
  return shared;
}

/** Ends the shared runtime's connections; for scripts and tests that want to exit. */
export async function closeRuntime(): Promise<void> {
  await shared?.database.disconnect();
  shared = null;
}

/** Of a call's deadline: the rest is for what comes around the request itself. */
const REQUEST_SHARE = 0.75;

export function createRuntime(env: Env): Runtime {
  const requestTimeoutMs = Math.floor(env.CALL_DEADLINE_MS * REQUEST_SHARE);
  return {
    env,
    database: createDatabase({ appUrl: env.DATABASE_URL, systemUrl: env.DATABASE_SYSTEM_URL }),
    registry: createRegistry({
      xero: {
        clientId: env.XERO_CLIENT_ID,
        clientSecret: env.XERO_CLIENT_SECRET,
        authority: env.XERO_AUTHORITY,
        loginAuthority: env.XERO_LOGIN_AUTHORITY,
        apiBase: env.XERO_API_BASE,
        requestTimeoutMs,
      },
      zohoBooks: {
        clientId: env.ZOHO_CLIENT_ID,
        clientSecret: env.ZOHO_CLIENT_SECRET,
        accountsBase: regionAddress(env.ZOHO_ACCOUNTS_BASE),
        apiBase: regionAddress(env.ZOHO_API_BASE),
        requestTimeoutMs,
      },
      timesolv: {
        clientId: env.TIMESOLV_CLIENT_ID ?? "",
        clientSecret: env.TIMESOLV_CLIENT_SECRET ?? "",
        appBase: env.TIMESOLV_APP_BASE,
        apiBase: env.TIMESOLV_API_BASE,
        fallbackCurrency: env.TIMESOLV_CURRENCY,
        requestTimeoutMs,
      },
      byForm: { sandboxOrigin: env.SANDBOX_ORIGIN ?? null, requestTimeoutMs },
    }),
    sandboxConnectors: findSandboxConnectors(env),
    vaultKeys: parseVaultKeys(env.VAULT_KEYS),
    auditKeys: env.AUDIT_KEYS === undefined ? null : parseVaultKeys(env.AUDIT_KEYS, "AUDIT_KEYS"),
    webhookKeys: new Map(env.XERO_WEBHOOK_KEY === undefined ? [] : [["xero", env.XERO_WEBHOOK_KEY]]),
    stripe: openStripe(env),
    mail: env.SMTP_URL === undefined ? null : { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM },
    callTyped: createGuardedRequest({ sandboxOrigin: env.SANDBOX_ORIGIN ?? null }),
    logger: createLogger(env.LOG_LEVEL),
    clock: systemClock,
    ids: randomIds,
  };
}

function openStripe(env: Env): StripeDesk | null {
  const {
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_BASE: apiBase,
  } = env;
  if (secretKey === undefined || webhookSecret === undefined) return null;
  return createStripeDesk({ secretKey, webhookSecret, apiBase });
}

/** The connector of an id that our own tables or routes hold. */
export function definitionOf(runtime: Runtime, connectorId: string): AnyConnectorDefinition {
  const definition = runtime.registry.get(connectorId);
  invariant(definition, `no connector "${connectorId}"`);
  return definition;
}

/** An address with "{region}" in it, by region; undefined where the vendor's own addresses serve. */
function regionAddress(template: string | undefined): ((region: string) => string) | undefined {
  return template === undefined ? undefined : (region) => template.replace("{region}", region);
}

/** Whether the calls of a connection go to the configured sandbox: by the connector's addresses, or by the one that was typed. */
export function isSandboxConnection(
  runtime: Runtime,
  row: { readonly connectorId: string; readonly apiBase: string },
): boolean {
  const { SANDBOX_ORIGIN } = runtime.env;
  if (!isConnectedByForm(definitionOf(runtime, row.connectorId)))
    return runtime.sandboxConnectors.has(row.connectorId);
  return SANDBOX_ORIGIN !== undefined && row.apiBase.startsWith(`${SANDBOX_ORIGIN}/`);
}

/** By origin, so that a real address beside a sandbox is never taken for one; getEnv refuses a sandbox in production. */
function findSandboxConnectors(env: Env): ReadonlySet<string> {
  const isSandbox = (address: string | undefined): boolean =>
    env.SANDBOX_ORIGIN !== undefined && address?.startsWith(`${env.SANDBOX_ORIGIN}/`) === true;
  return new Set([
    ...(isSandbox(env.XERO_API_BASE) ? ["xero"] : []),
    ...(isSandbox(env.ZOHO_API_BASE) ? ["zoho-books"] : []),
    ...(isSandbox(env.TIMESOLV_API_BASE) ? ["timesolv"] : []),
    ...(env.SANDBOX_ORIGIN === undefined
      ? []
      : CATALOG.flatMap(({ id, connectionFields }) => (connectionFields ? [id] : []))),
  ]);
}
