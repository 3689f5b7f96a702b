import { z } from "zod";

/**
 * Every setting of the product, read once and checked. A missing or malformed one stops the process at start
 * with the name of the variable; nothing else in the product reads process.env.
 */
const addressSchema = z.url().transform((text) => text.replace(/\/$/, ""));

/** Digits alone: coercion would take an empty text for 0, and a settling time of 0 posts twice. */
const wholeNumberSchema = z
  .string()
  .regex(/^\d{1,9}$/, "must be a whole number")
  .transform(Number);

const connectionsSchema = z.record(z.string(), z.record(z.string(), z.string()));

const envSchema = z.object({
  /** production | demo (sandbox companies) | test. */
  DEPLOYMENT: z.enum(["production", "demo", "test"]),
  /** Public address of the web app. Xero takes http://localhost but not http://127.0.0.1. */
  APP_ORIGIN: addressSchema,
  /** Read by next-auth itself, which has no option for it; the same as APP_ORIGIN. */
  NEXTAUTH_URL: addressSchema,
  NEXTAUTH_SECRET: z.string().min(32),
  DATABASE_URL: z.string().min(1),
  DATABASE_SYSTEM_URL: z.string().min(1),
  /** Current key first: "id:base64 of 32 bytes", comma separated. */
  VAULT_KEYS: z.string().min(1),
  /** What the audit trail's links are made with, spelt like VAULT_KEYS and kept for good; production needs one. */
  AUDIT_KEYS: z.string().min(1).optional(),
  /** off: nothing is written into any ledger or source, in no workspace; reading goes on. */
  TIEOUT_POSTING: z.enum(["on", "off"]).default("on"),
  XERO_CLIENT_ID: z.string().min(1),
  XERO_CLIENT_SECRET: z.string().min(1),
  XERO_AUTHORITY: addressSchema.default("https://identity.xero.com"),
  XERO_LOGIN_AUTHORITY: addressSchema.optional(),
  XERO_API_BASE: addressSchema.default("https://api.xero.com"),
  /** Signing key of the app's webhooks at Xero; without it they are refused. */
  XERO_WEBHOOK_KEY: z.string().min(1).optional(),
  ZOHO_CLIENT_ID: z.string().min(1),
  ZOHO_CLIENT_SECRET: z.string().min(1),
  /** Set for a sandbox only: "{region}" stands for the data centre. */
  ZOHO_ACCOUNTS_BASE: z.string().min(1).optional(),
  ZOHO_API_BASE: z.string().min(1).optional(),
  /** ClientAPPKey and SecretKey of the app at TimeSolv; without them it cannot be connected. */
  TIMESOLV_CLIENT_ID: z.string().min(1).optional(),
  TIMESOLV_CLIENT_SECRET: z.string().min(1).optional(),
  /** Set for a sandbox only. */
  TIMESOLV_APP_BASE: addressSchema.optional(),
  TIMESOLV_API_BASE: addressSchema.optional(),
  /** Of firms whose own currency TimeSolv does not tell. */
  TIMESOLV_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default("USD"),
  /** Without a key nobody is asked for a plan; production needs both. */
  STRIPE_SECRET_KEY: z.string().min(1).optional(),
  /** What Stripe signs its events with. */
  STRIPE_WEBHOOK_SECRET: z.string().min(1).optional(),
  /** Set for a sandbox only. */
  STRIPE_API_BASE: addressSchema.optional(),
  /** Where mails go out: smtp://user:password@host:port. Without it nobody is invited or signs in by mail. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Who mails come from, as a mail's own line says it. */
  MAIL_FROM: z.string().min(3).default("Tieout <no-reply@localhost>"),
  /** Only for this origin are announced limit speeds obeyed; never in production. */
  SANDBOX_ORIGIN: addressSchema.optional(),
  /** What the forms of systems without a consent page begin with in a demo: JSON, values by field by connector. */
  SANDBOX_CONNECTIONS: z
    .string()
    .optional()
    .transform((text, context) => {
      try {
        return connectionsSchema.parse(JSON.parse(text ?? "{}"));
      } catch {
        context.addIssue({ code: "custom", message: "must be JSON: values by field by connector" });
        return z.NEVER;
      }
    }),
  INNGEST_BASE_URL: addressSchema,
  INNGEST_SIGNING_KEY: z.string().min(1),
  INNGEST_EVENT_KEY: z.string().min(1),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
  /** How long a write without an answer is left to settle before it is looked for by its marker. */
  SETTLE_MS: wholeNumberSchema.default(45_000),
  /** After this long without an answer a call to a vendor is over; the connectors' own time-outs are shorter. */
  CALL_DEADLINE_MS: wholeNumberSchema.pipe(z.number().min(1_000)).default(60_000),
  /** How long a worker holds the writes that it claimed. Below a call's deadline no write could ever start. */
  LEASE_MS: wholeNumberSchema.default(120_000),
  /** How often the ids of the operations system are listed, to see what was deleted there without a notice. */
  DELETIONS_LOOK_MS: wholeNumberSchema.default(86_400_000),
  /** A run of which nothing was heard for this long is ordered anew; longer than any pause between two attempts. */
  STALLED_MS: wholeNumberSchema.pipe(z.number().min(1_000)).default(300_000),
});

export type Env = z.output<typeof envSchema>;

let parsed: Env | null = null;

/** The checked settings. Throws with every faulty variable's name; values are never in the message. */
export function getEnv(): Env {
  if (parsed) return parsed;
  const result = envSchema.safeParse(process.env);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The environment is not complete:\n${lines.join("\n")}\nSee .env.example.`);
  }
  if (result.data.DEPLOYMENT === "production" && result.data.SANDBOX_ORIGIN) {
    throw new Error("The environment is not complete:\n  SANDBOX_ORIGIN: must not be set in production");
  }
  if (result.data.DEPLOYMENT === "production" && Object.keys(result.data.SANDBOX_CONNECTIONS).length > 0) {
    throw new Error("The environment is not complete:\n  SANDBOX_CONNECTIONS: must not be set in production");
  }
  for (const name of ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"] as const)
    if (result.data.DEPLOYMENT === "production" && result.data[name] === undefined)
      throw new Error(
        `The environment is not complete:\n  ${name}: production cannot be paid for without it`,
      );
  if (result.data.DEPLOYMENT === "production" && result.data.AUDIT_KEYS === undefined)
    throw new Error(
      "The environment is not complete:\n  AUDIT_KEYS: production seals its audit trail with one",
    );
  if (result.data.DEPLOYMENT === "production" && result.data.STRIPE_API_BASE)
    throw new Error("The environment is not complete:\n  STRIPE_API_BASE: must not be set in production");
  if (
    result.data.DEPLOYMENT === "production" &&
    result.data.SMTP_URL &&
    /@localhost>?$/.test(result.data.MAIL_FROM)
  )
    throw new Error(
      "The environment is not complete:\n  MAIL_FROM: production sends mails from an address of its own",
    );
  if (result.data.LEASE_MS <= result.data.CALL_DEADLINE_MS) {
    throw new Error("The environment is not complete:\n  LEASE_MS: must be longer than CALL_DEADLINE_MS");
  }
  if (result.data.NEXTAUTH_URL !== result.data.APP_ORIGIN) {
    throw new Error("The environment is not complete:\n  NEXTAUTH_URL: must be the same as APP_ORIGIN");
  }
  parsed = result.data;
  return parsed;
}

/** Names of all variables, for the check of .env.example. */
export const ENV_NAMES: readonly string[] = Object.keys(envSchema.shape);
