/** The sandbox's settings from the environment; the only place of the sandbox that reads it. */
import { z } from "zod";

const settings = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(4010),
  SANDBOX_HOST: z.string().default("127.0.0.1"),
  /** A folder that keeps the records over restarts; without one they end with the process. */
  SANDBOX_DIR: z.string().min(1).optional(),
  SANDBOX_LIMIT_SPEED: z.coerce.number().min(1).default(1),
  /** As --seed. */
  SANDBOX_SEED: z.string().min(1).default("empty"),
  /** Port of the SMTP sink, 0 = any free one. */
  SANDBOX_SMTP_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** "1" answers the admin API at /control. */
  SANDBOX_ADMIN: z.enum(["0", "1"]).default("0"),
});

export interface SandboxEnv {
  readonly port: number;
  readonly host: string;
  readonly dir: string | null;
  readonly limitSpeed: number;
  readonly seedName: string;
  readonly admin: boolean;
  readonly smtp: { readonly port: number };
}

/** Throws with one line a wrong setting. */
export function readSandboxEnv(): SandboxEnv {
  const parsed = settings.safeParse(process.env);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const { SANDBOX_PORT, SANDBOX_HOST, SANDBOX_DIR, SANDBOX_LIMIT_SPEED, SANDBOX_SEED, SANDBOX_ADMIN } =
    parsed.data;
  return {
    port: SANDBOX_PORT,
    host: SANDBOX_HOST,
    dir: SANDBOX_DIR ?? null,
    limitSpeed: SANDBOX_LIMIT_SPEED,
    seedName: SANDBOX_SEED,
    admin: SANDBOX_ADMIN === "1",
    smtp: { port: parsed.data.SANDBOX_SMTP_PORT },
  };
}
