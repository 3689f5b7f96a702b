import { hashSessionToken, newToken, SECOND_STEP_SECONDS } from "@/lib/auth/session-token";
import { err, ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { signsInAtXero } from "./request-link";
import { limitPlace, type SignInRefusal } from "./sign-in-limits";

const USED: SignInRefusal = {
  message: "This link was used already, or it is older than 15 minutes. Ask for a new one.",
  waitSeconds: 0,
};

/** Somebody who pressed a link and owes the second step. */
export interface BegunSignIn {
  /** For the cookie alone; it opens nothing but the second step. */
  readonly token: string;
  readonly expires: Date;
}

/** Uses up the link of a mail. The first time an address comes, its person begins to exist. */
export async function takeSignInLink(request: {
  readonly token: string;
  readonly place: string;
}): Promise<Result<BegunSignIn, SignInRefusal>> {
  const runtime = await getRuntime();
  const { database, clock } = runtime;
  const refused = await limitPlace(runtime, request.place);
  if (refused) return err(refused);
  const now = clock.now();
  return database.withoutWorkspace(async (tx) => {
    const tokenHash = hashSessionToken(request.token);
    const link = await tx.verificationToken.findUnique({ where: { tokenHash } });
    if (link === null || link.expires <= now) return err(USED);
    const { count } = await tx.verificationToken.deleteMany({ where: { tokenHash } });
    if (count === 0) return err(USED);
    const { id: userId } = await tx.user.upsert({
      where: { email: link.identifier },
      create: { email: link.identifier, emailVerified: now },
      update: { emailVerified: now },
    });
    if (await signsInAtXero(tx, userId))
      return err({ message: "You sign in with Xero. Use that button.", waitSeconds: 0 });
    const begun = { token: newToken(), expires: new Date(now.getTime() + SECOND_STEP_SECONDS * 1000) };
    await tx.pendingSignIn.create({
      data: { tokenHash: hashSessionToken(begun.token), userId, expires: begun.expires },
    });
    return ok(begun);
  });
}
