import { type ChildProcess, spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { startBareProduct } from "@/tests/setup/bare-product";

/** Rotation of the vault by the command itself, in a process of its own that can be killed. */
const OLD = `2025:${Buffer.alloc(32, 1).toString("base64")}`;
const NEW = `2026:${Buffer.alloc(32, 2).toString("base64")}`;
const SECRETS = 160;

let product: Awaited<ReturnType<typeof startBareProduct>>;
let access: WorkspaceAccess;
let connectionId: string;

beforeAll(async () => {
  product = await startBareProduct({ VAULT_KEYS: OLD });
  const { signUp } = await import("@/scripts/main-job/owner");
  access = await signUp("olivia@firm.test");
  const { database } = await runtimeOf();
  const row = await database.withWorkspace(access.workspaceId, (tx) =>
    tx.connection.create({
      data: {
        workspaceId: access.workspaceId,
        connectorId: "zoho-books",
        tenantId: "t",
        tenantName: "T",
        baseCurrency: "GBP",
        status: "active",
        connectedByUserId: access.userId,
        connectedByName: access.userName,
      },
    }),
  );
  connectionId = row.id;
});

afterAll(() => product.stop());

async function runtimeOf() {
  const { getRuntime } = await import("@/lib/operations/runtime");
  return getRuntime();
}

const secretOf = (index: number): string => `refresh-token-${index}`;

beforeEach(async () => {
  const { database, vaultKeys } = await runtimeOf();
  const { seal } = await import("@/lib/vault/cipher");
  await database.withWorkspace(access.workspaceId, async (tx) => {
    await tx.credential.deleteMany();
    await tx.credential.createMany({
      data: Array.from({ length: SECRETS }, (_, index) => {
        const place = { workspaceId: access.workspaceId, connectionId, purpose: `p${index}` };
        return { ...place, ...seal(secretOf(index), place, vaultKeys), expiresAt: new Date() };
      }),
    });
  });
});

function start(keys: string): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "scripts/vault-rotate.ts"], {
    env: { ...process.env, VAULT_KEYS: keys },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function rotate(keys: string) {
  const child = start(keys);
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const printed = child.stdout ? await text(child.stdout) : "";
  return { exitCode: await ended, report: JSON.parse(printed.trim().split("\n").at(-1) ?? "") };
}

/** How many secrets are under which key; every one of them opens to what it was. */
async function look(): Promise<Record<string, number>> {
  const { database } = await runtimeOf();
  const { parseVaultKeys, unseal } = await import("@/lib/vault/cipher");
  const keys = parseVaultKeys(`${NEW},${OLD}`);
  const rows = await database.withWorkspace(access.workspaceId, (tx) => tx.credential.findMany());
  const under: Record<string, number> = {};
  for (const row of rows) {
    const place = { workspaceId: access.workspaceId, connectionId, purpose: row.purpose };
    expect(unseal(row, place, keys)).toBe(secretOf(Number(row.purpose.slice(1))));
    under[row.keyId] = (under[row.keyId] ?? 0) + 1;
  }
  expect(rows).toHaveLength(SECRETS);
  return under;
}

describe("rotating the vault", () => {
  it("loses nothing when it is killed in the middle, goes on where it was, and does nothing a third time", async () => {
    const child = start(`${NEW},${OLD}`);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    const { database } = await runtimeOf();
    const countNew = () =>
      database.withWorkspace(access.workspaceId, (tx) => tx.credential.count({ where: { keyId: "2026" } }));
    while ((await countNew()) < 3);
    child.kill("SIGKILL");
    await ended;
    const half = await look();
    expect(half[2026]).toBeGreaterThanOrEqual(3);
    expect(half[2025]).toBeGreaterThan(0);
    const rest = await rotate(`${NEW},${OLD}`);
    expect(rest).toEqual({
      exitCode: 0,
      report: { key: "2026", secrets: SECRETS, rotated: half[2025], already: half[2026], failed: [] },
    });
    expect(await look()).toEqual({ 2026: SECRETS });
    const again = await rotate(NEW);
    expect(again.report).toMatchObject({ rotated: 0, already: SECRETS, failed: [] });
    const events = await database.withWorkspace(access.workspaceId, (tx) =>
      tx.auditEvent.findMany({ where: { action: "connection.secretsResealed" } }),
    );
    expect(events).toHaveLength(SECRETS / 20);
    expect(events[0]?.after).toEqual({ key: "2026", secrets: 20 });
  });

  it("leaves what it cannot open as it is, names it, and ends with 1", async () => {
    const { exitCode, report } = await rotate(NEW);
    expect(exitCode).toBe(1);
    expect(report).toMatchObject({ rotated: 0, already: 0 });
    expect(report.failed).toHaveLength(SECRETS);
    expect(report.failed[0]).toEqual({
      workspaceId: access.workspaceId,
      connectionId,
      why: 'the vault has no key "2025"',
    });
    expect(await look()).toEqual({ 2025: SECRETS });
  });

  it("takes the second factors of people along", async () => {
    const runtime = await runtimeOf();
    const { loadFactor, secretOf: timeSecretOf } = await import("@/lib/operations/sign-in/second-factor");
    const { parseVaultKeys } = await import("@/lib/vault/cipher");
    const { rotateVault } = await import("./rotate-vault");
    const load = () => runtime.database.withoutWorkspace((tx) => loadFactor(tx, runtime, access.userId));
    const before = timeSecretOf(await load(), runtime);
    const keys = runtime.vaultKeys;
    Object.assign(runtime, { vaultKeys: parseVaultKeys(`${NEW},${OLD}`) });
    expect(await rotateVault()).toMatchObject({ secrets: SECRETS + 1, rotated: SECRETS + 1, failed: [] });
    expect((await load()).keyId).toBe("2026");
    expect(timeSecretOf(await load(), runtime)).toBe(before);
    await runtime.database.withoutWorkspace((tx) => tx.secondFactor.deleteMany());
    Object.assign(runtime, { vaultKeys: keys });
  });

  it("takes the addresses and signing secrets of alerts along", async () => {
    const runtime = await runtimeOf();
    const { openChannel, placeOfChannel, sealChannel } = await import(
      "@/lib/operations/alerts/channel-secret"
    );
    const { parseVaultKeys } = await import("@/lib/vault/cipher");
    const { rotateVault } = await import("./rotate-vault");
    const { workspaceId } = access;
    const keys = runtime.vaultKeys;
    const id = runtime.ids.next();
    const secret = { address: "https://hooks.example.com/in", signingSecret: "whsec_c2VjcmV0" };
    await runtime.database.withWorkspace(workspaceId, (tx) =>
      tx.alertChannel.create({
        data: {
          ...{ id, workspaceId, kind: "webhook", place: "hooks.example.com", severity: "needsYou" },
          ...{ timeZone: "UTC", createdAt: new Date() },
          ...sealChannel(secret, placeOfChannel(workspaceId, id), keys),
        },
      }),
    );
    Object.assign(runtime, { vaultKeys: parseVaultKeys(`${NEW},${OLD}`) });
    expect(await rotateVault()).toMatchObject({ secrets: SECRETS + 1, rotated: SECRETS + 1, failed: [] });
    const row = await runtime.database.withWorkspace(workspaceId, (tx) =>
      tx.alertChannel.findUniqueOrThrow({ where: { id } }),
    );
    expect(row.keyId).toBe("2026");
    expect(openChannel(row, parseVaultKeys(NEW))).toEqual(secret);
    await runtime.database.withWorkspace(workspaceId, (tx) => tx.alertChannel.deleteMany());
    Object.assign(runtime, { vaultKeys: keys });
  });

  it("leaves no secret undone that was replaced while it ran", async () => {
    const { database, vaultKeys } = await runtimeOf();
    const { seal } = await import("@/lib/vault/cipher");
    const running = rotate(`${NEW},${OLD}`);
    // What a web process does that still has the old key in front.
    for (let index = 0; index < SECRETS; index += 40) {
      const place = { workspaceId: access.workspaceId, connectionId, purpose: `p${index}` };
      await database.withWorkspace(access.workspaceId, (tx) =>
        tx.credential.updateMany({
          where: { connectionId, purpose: place.purpose },
          data: seal(secretOf(index), place, vaultKeys),
        }),
      );
    }
    await running;
    await look();
    await rotate(`${NEW},${OLD}`);
    expect(await look()).toEqual({ 2026: SECRETS });
  });
});
