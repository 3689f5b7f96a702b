import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { watchExchanges } from "@/sandbox/kit/exchanges";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openCompany } from "./company";

/**
 * After a main job with a refresh of every token, a consent that was withdrawn and a run that failed: no token that a
 * sandbox vendor has given out, and no secret of the product's own, stands in clear in any table of any schema (the step
 * runner's events, runs and step outputs among them), in the log, or in what was thrown or shown.
 */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const TOKEN_FIELD = /"(?:access_token|refresh_token|id_token)"\s*:\s*"([^"]+)"/g;
const CODE_FIELD = /(?:^|&)(?:code|refresh_token|code_verifier)=([^&]+)/g;
const SECRET_SETTINGS = [
  ...["NEXTAUTH_SECRET", "XERO_CLIENT_SECRET", "ZOHO_CLIENT_SECRET", "XERO_WEBHOOK_KEY", "STRIPE_SECRET_KEY"],
  ...["STRIPE_WEBHOOK_SECRET", "TIMESOLV_CLIENT_SECRET", "INNGEST_SIGNING_KEY", "VAULT_KEYS", "AUDIT_KEYS"],
];

let world: ProductWorld;
let owner: pg.Client | undefined;
let access: WorkspaceAccess;
let stopWatching: () => void;
const secrets = new Set<string>();
const log: string[] = [];
const shown: string[] = [];

beforeAll(async () => {
  stopWatching = watchExchanges(({ request, response }) => {
    for (const [, token = ""] of String(response.body ?? "").matchAll(TOKEN_FIELD)) secrets.add(token);
    for (const [, code = ""] of request.body.toString("utf8").matchAll(CODE_FIELD))
      secrets.add(decodeURIComponent(code));
  });
  world = await startProductWorld();
  for (const name of SECRET_SETTINGS) secrets.add((process.env[name] ?? "").replace(/^test:/, ""));
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { createLogger } = await import("@/lib/telemetry/logger");
  const runtime = await getRuntime();
  Object.assign(runtime, { logger: createLogger("trace", { write: (line: string) => void log.push(line) }) });
  access = await openCompany(world);
  const { createWebhook } = await import("@/lib/operations/notices/create-webhook");
  const connections = await runtime.database.withWorkspace(access.workspaceId, (tx) =>
    tx.connection.findMany(),
  );
  const webhook = await createWebhook(
    access,
    connections.find((row) => row.connectorId === "zoho-books")?.id ?? "",
  );
  if (webhook.ok) secrets.add(webhook.value.secret);
  world.sandbox.ageTokens("xero", 31);
  await world.owner.syncOnce(access);
  await world.waitUntilIdle();
  await failOnce();
});

afterAll(async () => {
  stopWatching();
  await owner?.end();
  await world.stop();
});

/** A run after the consent was withdrawn at the vendor, and a log line that carries the whole of what was thrown. */
async function failOnce(): Promise<void> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { loadTokens } = await import("@/lib/operations/connections/token-store");
  const runtime = await getRuntime();
  const rows = await runtime.database.withWorkspace(access.workspaceId, (tx) => tx.connection.findMany());
  for (const { id: connectionId, workspaceId } of rows) {
    const tokens = await loadTokens(runtime, { workspaceId, connectionId });
    for (const token of [tokens?.accessToken, tokens?.refreshToken, tokens?.previousRefreshToken])
      if (token) secrets.add(token);
    // What an error of a vendor's own library looks like.
    const thrown = Object.assign(new Error(`refused: Bearer ${tokens?.accessToken}`), {
      config: {
        headers: { authorization: `Bearer ${tokens?.accessToken}` },
        data: `refresh_token=${tokens?.refreshToken}`,
      },
    });
    runtime.logger.error({ err: thrown, tokens }, `refused with Bearer ${tokens?.accessToken}`);
  }
  world.sandbox.disconnect("xero", rows.find((row) => row.connectorId === "xero")?.tenantId ?? "");
  shown.push(await world.owner.syncOnce(access).then((run) => JSON.stringify(run), describeThrown));
  await world.waitUntilIdle();
  const { listRuns } = await import("@/lib/operations/runs/list-runs");
  const { listAudit } = await import("@/lib/operations/audit/list-audit");
  shown.push(JSON.stringify(await listRuns(access)));
  shown.push(JSON.stringify(await listAudit(access, { area: null, from: null, to: null })));
}

const describeThrown = (thrown: unknown): string =>
  thrown instanceof Error
    ? `${thrown.stack} ${JSON.stringify(thrown)} ${describeThrown(thrown.cause)}`
    : String(thrown);

/** Every table of every schema but the server's own, each row as text. */
async function dump(): Promise<Map<string, string>> {
  owner = new pg.Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ name: string; forced: boolean }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relforcerowsecurity AS forced
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const tables = new Map<string, string>();
  for (const { name, forced } of rows) {
    if (forced) await owner.query(`ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY`);
    const content = await owner.query<{ text: string | null }>(
      `SELECT string_agg(t::text, E'\\n') AS text FROM ${name} t`,
    );
    if (forced) await owner.query(`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`);
    tables.set(name, content.rows[0]?.text ?? "");
  }
  return tables;
}

/** A token, its signature or longest part alone, and the form that bytes have in a dump. */
function formsOf(secret: string): string[] {
  const parts = secret.split(".").filter((part) => part.length >= 24);
  return [secret, ...parts].flatMap((text) => [
    text,
    Buffer.from(text, "utf8").toString("hex"),
    Buffer.from(text, "utf8").toString("base64").replace(/=+$/, "").slice(0, -1),
  ]);
}

/** What stands in a text and should not, by the beginning of it. */
function findSecrets(text: string): string[] {
  return [...secrets]
    .filter((secret) => formsOf(secret).some((form) => text.includes(form)))
    .map((secret) => secret.slice(0, 12));
}

describe("a secret", () => {
  it("is known to this test: tokens of both vendors, codes and the product's own settings", () => {
    expect([...secrets].filter((secret) => secret.startsWith("eyJ")).length).toBeGreaterThanOrEqual(2);
    expect([...secrets].filter((secret) => secret.startsWith("1000.")).length).toBeGreaterThanOrEqual(3);
    expect(secrets.size).toBeGreaterThan(SECRET_SETTINGS.length + 5);
    for (const secret of secrets) expect(secret.length).toBeGreaterThanOrEqual(12);
  });

  it("is found where one is planted, as text and as bytes", () => {
    const [token = ""] = [...secrets].filter((secret) => secret.startsWith("eyJ"));
    const begin = token.slice(0, 12);
    expect(findSecrets(`(1,"{""after"": ""${token}""}")`)).toContain(begin);
    expect(findSecrets(`(1,"\\\\x${Buffer.from(token).toString("hex")}")`)).toContain(begin);
    expect(findSecrets(`... ${token.split(".")[2]}`)).toContain(begin);
    expect(findSecrets("nothing of it")).toEqual([]);
  });

  it("stands in clear in no table of any schema", async () => {
    const tables = await dump();
    expect(tables.get("public.credentials")).not.toBe("");
    expect(tables.get("public.audit_events")).not.toBe("");
    expect([...tables.keys()].filter((name) => name.startsWith("runner."))).not.toEqual([]);
    const found = [...tables].flatMap(([name, text]) =>
      findSecrets(text).map((secret) => `${name}: ${secret}`),
    );
    expect(found).toEqual([]);
  });

  it("stands in no line of the log, whatever was thrown", () => {
    expect(log.length).toBeGreaterThan(1);
    expect(findSecrets(log.join("\n"))).toEqual([]);
  });

  it("stands in nothing that was shown or thrown", () => {
    expect(shown).toHaveLength(3);
    expect(findSecrets(shown.join("\n"))).toEqual([]);
  });
});
