import { createHash, randomBytes } from "node:crypto";
import qrcode from "qrcode-generator";
import { findStep, newTimeSecret, timeCodeUri, toBase32 } from "@/lib/auth/time-code";
import type { Transaction } from "@/lib/db/client";
import { seal, unseal } from "@/lib/vault/cipher";
import type { Runtime } from "../runtime";

/**
 * The second step of people who sign in by mail: a code of their authenticator app, or one of ten recovery codes. The
 * app's secret is sealed by the vault's keys; each code counts once.
 */
type FactorRow = NonNullable<Awaited<ReturnType<Transaction["secondFactor"]["findUnique"]>>>;

const RECOVERY_CODES = 10;
/** 80 bits: too many to try, so a plain hash is enough. */
const RECOVERY_BYTES = 10;

/** A person stands in no workspace and has no connection of their own: the word stands where those would. */
const placeOf = (userId: string) => ({
  workspaceId: "person",
  connectionId: userId,
  purpose: "secondFactor",
});

export const secretOf = (row: FactorRow, { vaultKeys }: Runtime): string =>
  unseal(
    { keyId: row.keyId, nonce: Uint8Array.from(row.nonce), ciphertext: Uint8Array.from(row.ciphertext) },
    placeOf(row.userId),
    vaultKeys,
  );

/** The person's factor; a new one that waits for its first code where there is none. */
export async function loadFactor(tx: Transaction, runtime: Runtime, userId: string): Promise<FactorRow> {
  const present = await tx.secondFactor.findUnique({ where: { userId } });
  if (present) return present;
  const sealed = seal(newTimeSecret(), placeOf(userId), runtime.vaultKeys);
  await tx.secondFactor.createMany({ data: [{ userId, ...sealed }], skipDuplicates: true });
  return tx.secondFactor.findUniqueOrThrow({ where: { userId } });
}

/** True where the code is the app's and later than any taken before. Two requests with one code take it once. */
export async function takeTimeCode(
  tx: Transaction,
  runtime: Runtime,
  row: FactorRow,
  code: string,
): Promise<boolean> {
  const step = findStep(secretOf(row, runtime), code, runtime.clock.now(), row.lastStep);
  if (step === null) return false;
  const { count } = await tx.secondFactor.updateMany({
    where: { userId: row.userId, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}

/** True where it is an unused recovery code, which it then no longer is. */
export async function takeRecoveryCode(
  tx: Transaction,
  runtime: Runtime,
  userId: string,
  code: string,
): Promise<boolean> {
  const { count } = await tx.recoveryCode.updateMany({
    where: { userId, codeHash: hashRecoveryCode(code), usedAt: null },
    data: { usedAt: runtime.clock.now() },
  });
  return count === 1;
}

/** What was typed as a code: six digits of an app, or else a recovery code. */
export async function takeCode(
  tx: Transaction,
  runtime: Runtime,
  row: FactorRow,
  typed: string,
): Promise<boolean> {
  const code = typed.replace(/[\s-]/g, "").toUpperCase();
  return /^\d{6}$/.test(code)
    ? takeTimeCode(tx, runtime, row, code)
    : takeRecoveryCode(tx, runtime, row.userId, code);
}

/** Ten new codes in the place of whatever there was, told once. */
export async function replaceRecoveryCodes(tx: Transaction, userId: string): Promise<readonly string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => toBase32(randomBytes(RECOVERY_BYTES)));
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ userId, codeHash: hashRecoveryCode(code) })),
  });
  return codes.map((code) => code.match(/.{4}/g)?.join("-") ?? code);
}

const hashRecoveryCode = (code: string): string => createHash("sha256").update(code).digest("hex");

/** What an app needs: the secret in groups to type, and the same as a square to photograph. */
export interface AppSetUp {
  readonly secret: string;
  readonly uri: string;
  /** The dark modules as an SVG path, in a square of `size` units. */
  readonly squarePath: string;
  readonly size: number;
}

export function describeSetUp(secret: string, email: string): AppSetUp {
  const uri = timeCodeUri(secret, email);
  const square = qrcode(0, "M");
  square.addData(uri);
  square.make();
  const size = square.getModuleCount();
  const places = Array.from(
    { length: size * size },
    (_, index) => [Math.floor(index / size), index % size] as const,
  );
  const squarePath = places
    .filter(([row, column]) => square.isDark(row, column))
    .map(([row, column]) => `M${column} ${row}h1v1h-1z`)
    .join("");
  return { secret: secret.match(/.{1,4}/g)?.join(" ") ?? secret, uri, squarePath, size };
}
