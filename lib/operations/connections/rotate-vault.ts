import { recordEvent } from "@/lib/audit/record-event";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type SealedSecret, type SecretPlace, seal, unseal, type VaultKeys } from "@/lib/vault/cipher";
import { placeOfChannel } from "../alerts/channel-secret";
import { getRuntime, type Runtime } from "../runtime";

export interface VaultRotation {
  /** Id of the key that everything is under now. */
  readonly key: string;
  readonly secrets: number;
  readonly rotated: number;
  /** Under the newest key before. */
  readonly already: number;
  /** What could not be opened stays as it is: its key is not among VAULT_KEYS, or its row was changed. */
  readonly failed: readonly FailedSecret[];
}

export interface FailedSecret {
  /** Empty for a person's second factor; the next field is the person then. */
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly why: string;
}

const SECRETS_AT_ONCE = 20;

/**
 * Seals everything in the vault anew under the first of VAULT_KEYS, a small lot a transaction: killed half-way, what was done is
 * done and the rest opens as before; called again, it goes on. A secret that a running product replaces meanwhile is the
 * newer one and stays.
 */
export async function rotateVault(): Promise<VaultRotation> {
  const runtime = await getRuntime();
  const total = { secrets: 0, rotated: 0, already: 0 };
  const failed: FailedSecret[] = [];
  for (const workspaceId of await runtime.database.system.allWorkspaces()) {
    const found = await rotateWorkspace(runtime, workspaceId);
    total.secrets += found.secrets;
    total.rotated += found.rotated;
    total.already += found.secrets - found.rotated - found.failed.length;
    failed.push(...found.failed);
    const channels = await rotateChannels(runtime, workspaceId);
    total.secrets += channels.secrets;
    total.rotated += channels.rotated;
    total.already += channels.secrets - channels.rotated - channels.failed.length;
    failed.push(...channels.failed);
  }
  const people = await rotateSecondFactors(runtime);
  total.secrets += people.secrets;
  total.rotated += people.rotated;
  total.already += people.secrets - people.rotated - people.failed.length;
  failed.push(...people.failed);
  return { key: runtime.vaultKeys.currentId, ...total, failed };
}

/** The addresses and signing secrets of alerts. */
async function rotateChannels({ database, vaultKeys }: Runtime, workspaceId: string) {
  return database.withWorkspace(workspaceId, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM alert_channels WHERE key_id IS NOT NULL ORDER BY id FOR UPDATE`;
    const rows = await tx.alertChannel.findMany({ where: { keyId: { not: null } } });
    let rotated = 0;
    const failed: FailedSecret[] = [];
    for (const { id, keyId, nonce, ciphertext } of rows) {
      if (keyId === null || nonce === null || ciphertext === null || keyId === vaultKeys.currentId) continue;
      const place = placeOfChannel(workspaceId, id);
      const secret = tryUnseal({ keyId, nonce, ciphertext }, place, vaultKeys);
      if (!secret.ok) failed.push({ workspaceId, connectionId: id, why: secret.error });
      else {
        await tx.alertChannel.update({ where: { id }, data: seal(secret.value, place, vaultKeys) });
        rotated += 1;
      }
    }
    return { secrets: rows.length, rotated, failed };
  });
}

/** The secrets of people's authenticator apps: they belong to no workspace, and each is sealed for its person. */
async function rotateSecondFactors({ database, vaultKeys }: Runtime) {
  const ids = await database.withoutWorkspace(async (tx) =>
    (await tx.secondFactor.findMany({ select: { userId: true } })).map(({ userId }) => userId),
  );
  let rotated = 0;
  const failed: FailedSecret[] = [];
  for (const userId of ids)
    await database.withoutWorkspace(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM second_factors WHERE user_id = ${userId}::uuid FOR UPDATE`;
      const row = await tx.secondFactor.findUnique({ where: { userId } });
      if (!row || row.keyId === vaultKeys.currentId) return;
      const place = { workspaceId: "person", connectionId: userId, purpose: "secondFactor" };
      const secret = tryUnseal(row, place, vaultKeys);
      if (!secret.ok) failed.push({ workspaceId: "", connectionId: userId, why: secret.error });
      else {
        await tx.secondFactor.update({ where: { userId }, data: seal(secret.value, place, vaultKeys) });
        rotated += 1;
      }
    });
  return { secrets: ids.length, rotated, failed };
}

async function rotateWorkspace(runtime: Runtime, workspaceId: string) {
  const ids = await runtime.database.withWorkspace(workspaceId, async (tx) =>
    (await tx.credential.findMany({ select: { id: true }, orderBy: { id: "asc" } })).map(({ id }) => id),
  );
  let rotated = 0;
  const failed: FailedSecret[] = [];
  for (let at = 0; at < ids.length; at += SECRETS_AT_ONCE) {
    const done = await rotateLot(runtime, workspaceId, ids.slice(at, at + SECRETS_AT_ONCE));
    rotated += done.rotated;
    failed.push(...done.failed);
  }
  return { secrets: ids.length, rotated, failed };
}

/** Seals a lot anew in one transaction with the line of the trail that tells of it. */
async function rotateLot(runtime: Runtime, workspaceId: string, ids: readonly string[]) {
  const { database, clock, vaultKeys } = runtime;
  return database.withWorkspace(workspaceId, async (tx) => {
    // Held to the end, so that a refresh of the same moment comes before or after and is not undone.
    await tx.$queryRaw`SELECT 1 FROM credentials WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE`;
    const rows = await tx.credential.findMany({
      where: { id: { in: [...ids] }, keyId: { not: vaultKeys.currentId } },
    });
    const failed: FailedSecret[] = [];
    for (const { id, connectionId, purpose, ...sealed } of rows) {
      const place = { workspaceId, connectionId, purpose };
      const secret = tryUnseal(sealed, place, vaultKeys);
      if (!secret.ok) failed.push({ workspaceId, connectionId, why: secret.error });
      else await tx.credential.update({ where: { id }, data: seal(secret.value, place, vaultKeys) });
    }
    const rotated = rows.length - failed.length;
    if (rotated > 0)
      await recordEvent(tx, {
        ...{ workspaceId, actorUserId: null, action: "connection.secretsResealed", subject: workspaceId },
        after: { key: vaultKeys.currentId, secrets: rotated },
        at: clock.now(),
      });
    return { rotated, failed };
  });
}

function tryUnseal(sealed: SealedSecret, place: SecretPlace, keys: VaultKeys): Result<string, string> {
  try {
    return ok(unseal(sealed, place, keys));
  } catch (thrown) {
    return err(thrown instanceof Error ? thrown.message : String(thrown));
  }
}
