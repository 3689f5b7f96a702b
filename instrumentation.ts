import { getEnv } from "@/lib/env";

/**
 * Runs once when a web process starts. A faulty environment ends it here, with the variable's name. next-auth 4 takes
 * its own address from NEXTAUTH_URL alone; it is always ours, so it is not one more thing to configure.
 */
export function register(): void {
  process.env.NEXTAUTH_URL = getEnv().APP_ORIGIN;
}
