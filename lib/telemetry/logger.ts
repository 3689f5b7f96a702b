import { type DestinationStream, type Logger, pino } from "pino";

/**
 * Structured logs to standard error. Secrets are cut by key wherever they stand, and anything that looks like a
 * bearer token or JWT is cut from texts, since vendors put tokens into error messages.
 */
const SECRET_PATHS = [
  "accessToken",
  "refreshToken",
  "access_token",
  "refresh_token",
  "authorization",
  "Authorization",
  "clientSecret",
  "client_secret",
  "code",
  "id_token",
  "password",
  "secret",
];
const TOKEN_TEXT = /(Bearer|Zoho-oauthtoken)\s+[\w.~+/=-]+|eyJ[\w-]{10,}\.[\w-]+\.[\w-]*/g;

/** The text without anything that looks like a token. */
export function redactText(text: string): string {
  return text.replace(TOKEN_TEXT, "[redacted]");
}

export function createLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: SECRET_PATHS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: "[redacted]",
      },
      serializers: {
        err: (thrown: unknown) =>
          thrown instanceof Error
            ? {
                type: thrown.name,
                message: redactText(thrown.message),
                stack: redactText(thrown.stack ?? ""),
              }
            : { type: typeof thrown, message: redactText(String(thrown)) },
      },
      hooks: {
        logMethod(parts, method) {
          method.apply(
            this,
            parts.map((part) => (typeof part === "string" ? redactText(part) : part)) as typeof parts,
          );
        },
      },
    },
    destination,
  );
}
