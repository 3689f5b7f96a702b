import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { createAuthAdapter } from "@/lib/auth/adapter";
import { sessionCookieName } from "@/lib/auth/session-token";
import { getRuntime } from "@/lib/operations/runtime";

/** Who the request's session cookie belongs to. Read once a request. */
export interface CurrentUser {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
}

/** Null where nobody is signed in or the session has run out. */
export const getCurrentUser = cache(async (): Promise<CurrentUser | null> => {
  const { database, env, clock } = await getRuntime();
  const sessionToken = (await cookies()).get(sessionCookieName(env.APP_ORIGIN))?.value;
  if (!sessionToken) return null;
  const found = await createAuthAdapter(database).getSessionAndUser?.(sessionToken);
  if (!found || found.session.expires <= clock.now()) return null;
  const { id, name, email } = found.user;
  return { userId: id, name: name ?? email, email };
});

/** The signed-in user; anyone else is sent to sign in and comes back to `returnPath`. */
export async function requireUser(returnPath = "/start"): Promise<CurrentUser> {
  const user = await getCurrentUser();
  if (user) return user;
  redirect(`/sign-in?${new URLSearchParams({ callbackUrl: returnPath })}`);
}
