import type { Runtime } from "../runtime";

/** Where a demo's mails are to be seen: its sandbox catches them. Null anywhere else. */
export function mailPageOf({ env }: Pick<Runtime, "env">): string | null {
  return env.DEPLOYMENT === "demo" && env.SANDBOX_ORIGIN !== undefined ? `${env.SANDBOX_ORIGIN}/smtp` : null;
}
