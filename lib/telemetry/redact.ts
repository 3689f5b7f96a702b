/**
 * Takes secrets out of whatever is about to be logged: by the name of the member that holds them, however deep it
 * stands, and by their look inside any text, since vendors put tokens into error messages and addresses. A token
 * without either (an opaque text in a sentence) cannot be known; whoever holds one must not put it into a text.
 */
export const REDACTED = "[redacted]";

const SECRET_NAME =
  /(token|secret|password|passphrase|authorization|cookie|apikey|signingkey|eventkey|vaultkeys|codeverifier|clientassertion)$/;
/** "23505" and "OAUTH_CALLBACK_ERROR" are errors' codes; a code of consent is never that short or that loud. */
const ERROR_CODE = /^[A-Z0-9_]{1,40}$/;

function isSecret(name: string, value: unknown): boolean {
  const plain = name.replace(/[-_. ]/g, "").toLowerCase();
  if (SECRET_NAME.test(plain)) return true;
  return plain === "code" && typeof value === "string" && !ERROR_CODE.test(value);
}

const TOKEN_LOOKS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:Bearer|Zoho-oauthtoken)\s+[\w.~+/=-]+/gi, REDACTED],
  [/\bBasic\s+[A-Za-z0-9+/=]{16,}/g, REDACTED],
  // JSON Web Tokens, and Zoho's own form.
  [/eyJ[\w-]{10,}\.[\w-]+\.[\w-]*/g, REDACTED],
  [/\b1000\.[0-9a-f]{16,}\.[0-9a-f]{16,}\b/gi, REDACTED],
  // A name and its value, in an address, a form, JSON, or JSON inside JSON.
  [
    /((?:access|refresh|id|session)_?token|client_?secret|client_?assertion|code_?verifier|password|authorization)(\\*["']?\s*[:=]\s*\\*["']?)(?!\[redacted)[^\s&"'\\,;}]+/gi,
    `$1$2${REDACTED}`,
  ],
  [/([?&]code=)[^\s&"'\\]+/gi, `$1${REDACTED}`],
  // The password in postgresql://user:password@host.
  [/(:\/\/[^\s:@/"'\\]+:)[^\s@/"'\\]+@/g, `$1${REDACTED}@`],
];

/** The text without anything that looks like a token. */
export function redactText(text: string): string {
  return TOKEN_LOOKS.reduce((safe, [look, instead]) => safe.replace(look, instead), text);
}

const DEPTH_MAX = 8;

/** A copy that is safe to write: plain members only, secrets cut, errors told with their causes. */
export function redact(value: unknown, ancestors: readonly object[] = []): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return value;
  if (ancestors.includes(value)) return "[circular]";
  if (ancestors.length >= DEPTH_MAX) return "[deeper]";
  const within = [...ancestors, value];
  if (value instanceof Error) return describeError(value, within);
  if (ArrayBuffer.isView(value)) return "[bytes]";
  if (Array.isArray(value)) return value.map((part) => redact(part, within));
  if (value instanceof Date || value instanceof URL) return redactText(value.toJSON());
  if (value instanceof Map || value instanceof Set) return redact([...value], within);
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      isSecret(name, part) ? REDACTED : redact(part, within),
    ]),
  );
}

/** Name, message, stack and cause. Other members are left out: SDKs hang whole requests, headers included, on errors. */
function describeError(error: Error, within: readonly object[]): unknown {
  return {
    type: error.name,
    message: redactText(error.message),
    stack: redactText(error.stack ?? ""),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, within) }),
    ...(error instanceof AggregateError ? { errors: redact(error.errors, within) } : {}),
  };
}
