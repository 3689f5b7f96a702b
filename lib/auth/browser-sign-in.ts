"use client";

import { signIn, signOut } from "next-auth/react";

/** Leaves for Xero's sign-in page by a full redirect; comes back to `callbackUrl`, a path of ours. */
export async function leaveForXeroSignIn(callbackUrl: string): Promise<void> {
  await signIn("xero", { callbackUrl });
}

/** Ends the session here and in the database, then shows the public page. */
export async function endSession(): Promise<void> {
  await signOut({ callbackUrl: "/" });
}
