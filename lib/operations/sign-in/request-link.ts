import { normaliseEmail } from "@/lib/auth/adapter";
import { forgetOldAttempts } from "@/lib/auth/attempt-limit";
import { hashSessionToken, linkToken } from "@/lib/auth/session-token";
import type { Transaction } from "@/lib/db/client";
import { err, ok, type Result } from "@/lib/kernel/result";
import { NO_MAIL_SERVER, NO_WORKSPACE, requestMail } from "../mail/request-mail";
import { sealPath } from "../mail/return-path-seal";
import { wakeOutbox } from "../outbox/send-outbox";
import { getRuntime } from "../runtime";
import { limitLinks, limitPlace, type SignInRefusal } from "./sign-in-limits";

const LINK_MS = 15 * 60_000;

/**
 * Sends a link to sign in, good once and for 15 minutes. The answer is the same whether the address is known or not; a
 * person whose way in is Xero is told so by mail instead, since a mailbox must not go around Xero's second step.
 */
export async function requestSignInLink(request: {
  readonly email: string;
  /** A path of ours. */
  readonly returnPath: string;
  /** The network address that asks. */
  readonly place: string;
}): Promise<Result<null, SignInRefusal>> {
  const runtime = await getRuntime();
  const { database, clock, ids, env } = runtime;
  if (runtime.mail === null) return err({ message: NO_MAIL_SERVER, waitSeconds: 0 });
  const email = normaliseEmail(request.email);
  const refused = (await limitPlace(runtime, request.place)) ?? (await limitLinks(runtime, email));
  if (refused) return err(refused);
  const [mailId, at] = [ids.next(), clock.now()];
  const returnPath = await sealPath(request.returnPath, env);
  await database.withWorkspace(NO_WORKSPACE, async (tx) => {
    await tx.verificationToken.deleteMany({ where: { expires: { lt: at } } });
    await tx.pendingSignIn.deleteMany({ where: { expires: { lt: at } } });
    const user = await tx.user.findUnique({ where: { email } });
    const kind = user !== null && (await signsInAtXero(tx, user.id)) ? "signInAtXero" : "signInLink";
    if (kind === "signInLink")
      await tx.verificationToken.create({
        data: {
          identifier: email,
          tokenHash: hashSessionToken(linkToken(env.NEXTAUTH_SECRET, "signIn", mailId)),
          expires: new Date(at.getTime() + LINK_MS),
        },
      });
    await requestMail(tx, { mailId, workspaceId: NO_WORKSPACE, kind, address: email, returnPath, at });
  });
  wakeOutbox(runtime);
  await forgetOldAttempts({ database, secret: env.NEXTAUTH_SECRET, now: at });
  return ok(null);
}

/** True for somebody with a Xero login and no authenticator app here. */
export async function signsInAtXero(tx: Transaction, userId: string): Promise<boolean> {
  if ((await tx.account.count({ where: { userId } })) === 0) return false;
  return (await tx.secondFactor.count({ where: { userId, confirmedAt: { not: null } } })) === 0;
}
