import { endEverySession, endSession, listSessions, type SessionRow } from "@/lib/auth/sessions";
import { err, ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { loadFactor, replaceRecoveryCodes, takeCode } from "./second-factor";
import { forgetCodes, limitCodes } from "./sign-in-limits";

export interface AccountView {
  readonly signsInWithXero: boolean;
  /** Null without an authenticator app. */
  readonly recoveryCodesLeft: number | null;
  readonly sessions: readonly SessionRow[];
}

/** Somebody's own sign-in: how, on which devices, and what is left of the recovery codes. */
export async function getAccount(reader: {
  readonly userId: string;
  readonly sessionId: string;
}): Promise<AccountView> {
  const { database, clock } = await getRuntime();
  const { userId } = reader;
  const [sessions, found] = await Promise.all([
    listSessions(database, { ...reader, now: clock.now() }),
    database.withoutWorkspace(async (tx) => ({
      accounts: await tx.account.count({ where: { userId } }),
      factors: await tx.secondFactor.count({ where: { userId, confirmedAt: { not: null } } }),
      codes: await tx.recoveryCode.count({ where: { userId, usedAt: null } }),
    })),
  ]);
  return {
    sessions,
    signsInWithXero: found.accounts > 0,
    recoveryCodesLeft: found.factors > 0 ? found.codes : null,
  };
}

export async function signOutDevice(
  reader: { readonly userId: string },
  { sessionId }: { readonly sessionId: string },
): Promise<Result<null, { message: string }>> {
  const { database } = await getRuntime();
  await endSession(database, reader.userId, sessionId);
  return ok(null);
}

/** Ends every session of the reader, the one that asks included. */
export async function signOutEverywhere(reader: {
  readonly userId: string;
}): Promise<Result<null, { message: string }>> {
  const { database } = await getRuntime();
  await database.withoutWorkspace((tx) => endEverySession(tx, reader.userId));
  return ok(null);
}

/** Ten new recovery codes for a right code of the app, or for one of the old ones. */
export async function renewRecoveryCodes(
  reader: { readonly userId: string },
  { code }: { readonly code: string },
): Promise<Result<readonly string[], { message: string }>> {
  const runtime = await getRuntime();
  const { userId } = reader;
  const refused = await limitCodes(runtime, userId);
  if (refused) return err(refused);
  const codes = await runtime.database.withoutWorkspace(async (tx) => {
    const factor = await loadFactor(tx, runtime, userId);
    if (factor.confirmedAt === null || !(await takeCode(tx, runtime, factor, code))) return null;
    return replaceRecoveryCodes(tx, userId);
  });
  if (codes === null) return err({ message: "This code is not right, or it was used already." });
  await forgetCodes(runtime, userId);
  return ok(codes);
}

/**
 * Forgets the authenticator app, for a right code, and signs out everywhere: the next sign-in sets another one up. For a
 * new phone, or one that was lost.
 */
export async function replaceApp(
  reader: { readonly userId: string },
  { code }: { readonly code: string },
): Promise<Result<null, { message: string }>> {
  const runtime = await getRuntime();
  const { userId } = reader;
  const refused = await limitCodes(runtime, userId);
  if (refused) return err(refused);
  const isDone = await runtime.database.withoutWorkspace(async (tx) => {
    const factor = await loadFactor(tx, runtime, userId);
    if (factor.confirmedAt === null || !(await takeCode(tx, runtime, factor, code))) return false;
    await tx.secondFactor.delete({ where: { userId } });
    await tx.recoveryCode.deleteMany({ where: { userId } });
    await endEverySession(tx, userId);
    return true;
  });
  if (!isDone) return err({ message: "This code is not right, or it was used already." });
  await forgetCodes(runtime, userId);
  return ok(null);
}
