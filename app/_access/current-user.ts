import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { sessionCookieName } from "@/lib/auth/session-token";
import { findSession } from "@/lib/auth/sessions";
import { getRuntime } from "@/lib/operations/runtime";

/** Who the request's session cookie belongs to. Read once a request. */
export interface CurrentUser {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  /** Of the cookie, to tell it from the person's other ones. */
  readonly sessionId: string;
}

/** Null where nobody is signed in or the session has run out. */
export const getCurrentUser = cache(async (): Promise<CurrentUser | null> => {
  const { database, env, clock } = await getRuntime();
  const sessionToken = (await cookies()).get(sessionCookieName(env.APP_ORIGIN))?.value;
  if (!sessionToken) return null;
  return findSession(database, sessionToken, clock.now());
});

/** The signed-in user; anyone else is sent to sign in and comes back to `returnPath`. */
export async function requireUser(returnPath = "/start"): Promise<CurrentUser> {
  const user = await getCurrentUser();
  if (user) return user;
  redirect(`/sign-in?${new URLSearchParams({ callbackUrl: returnPath })}`);
}
