import { hashSessionToken } from "@/lib/auth/session-token";
import { type OpenedSession, openSession } from "@/lib/auth/sessions";
import type { Transaction } from "@/lib/db/client";
import { err, ok, type Result } from "@/lib/kernel/result";
import { getRuntime, type Runtime } from "../runtime";
import {
  type AppSetUp,
  describeSetUp,
  loadFactor,
  replaceRecoveryCodes,
  secretOf,
  takeCode,
  takeTimeCode,
} from "./second-factor";
import { forgetCodes, limitCodes, limitPlace, type SignInRefusal } from "./sign-in-limits";

/** What somebody owes before they are signed in. */
export type SecondStep =
  | { readonly kind: "code"; readonly email: string }
  | {
      readonly kind: "enrol";
      readonly email: string;
      readonly needsName: boolean;
      readonly app: AppSetUp;
    };

const OVER: SignInRefusal = {
  message: "This took longer than 15 minutes, or it was finished already. Ask for a new link.",
  waitSeconds: 0,
};
const WRONG: SignInRefusal = {
  message: "This code is not right, or it was used already. Wait for the next one in your app.",
  waitSeconds: 0,
};

/** Null where nobody owes a second step under this token. Makes the app's secret at the first look. */
export async function getSecondStep(token: string): Promise<SecondStep | null> {
  const runtime = await getRuntime();
  return runtime.database.withoutWorkspace(async (tx) => {
    const pending = await findPending(tx, runtime, token);
    if (pending === null) return null;
    const { email, name } = pending.user;
    const factor = await loadFactor(tx, runtime, pending.userId);
    if (factor.confirmedAt !== null) return { kind: "code", email };
    return {
      kind: "enrol",
      email,
      needsName: name === null,
      app: describeSetUp(secretOf(factor, runtime), email),
    };
  });
}

export interface PassedSecondStep extends OpenedSession {
  /** Ten codes to keep, told this once; null where the app was set up before. */
  readonly recoveryCodes: readonly string[] | null;
}

/** Ends the second step with a right code and begins the session, under a token that nobody had before. */
export async function passSecondStep(request: {
  readonly token: string;
  readonly code: string;
  /** Asked of somebody without one. */
  readonly name: string | null;
  readonly device: string;
  readonly place: string;
}): Promise<Result<PassedSecondStep, SignInRefusal>> {
  const runtime = await getRuntime();
  const { database, clock } = runtime;
  const pending = await database.withoutWorkspace((tx) => findPending(tx, runtime, request.token));
  if (pending === null) return err(OVER);
  const { userId, user } = pending;
  const refused = (await limitPlace(runtime, request.place)) ?? (await limitCodes(runtime, userId));
  if (refused) return err(refused);
  const passed = await database.withoutWorkspace(async (tx) => {
    const factor = await loadFactor(tx, runtime, userId);
    const isNew = factor.confirmedAt === null;
    const isRight = isNew
      ? await takeTimeCode(tx, runtime, factor, request.code.replace(/\s/g, ""))
      : await takeCode(tx, runtime, factor, request.code);
    if (!isRight) return err(WRONG);
    const { count } = await tx.pendingSignIn.deleteMany({ where: { id: pending.id } });
    if (count === 0) return err(OVER);
    const now = clock.now();
    if (isNew) await tx.secondFactor.update({ where: { userId }, data: { confirmedAt: now } });
    const name = request.name?.trim();
    if (user.name === null && name) await tx.user.update({ where: { id: userId }, data: { name } });
    const opened = await openSession(tx, { userId, device: request.device, way: "mail", now });
    return ok({ ...opened, recoveryCodes: isNew ? await replaceRecoveryCodes(tx, userId) : null });
  });
  if (passed.ok) await forgetCodes(runtime, userId);
  return passed;
}

async function findPending(tx: Transaction, { clock }: Runtime, token: string) {
  const row = await tx.pendingSignIn.findUnique({
    where: { tokenHash: hashSessionToken(token) },
    include: { user: true },
  });
  return row === null || row.expires <= clock.now() ? null : row;
}
