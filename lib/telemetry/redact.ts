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
  // Stripe's keys and webhook secrets, and what lets anybody post to a Slack channel.
  [/\b(?:sk|rk)_(?:live|test)_\w{8,}/g, REDACTED],
  [/\bwhsec_[\w+/=-]{8,}/g, REDACTED],
  [/(hooks\.slack\.com\/services\/)[\w/-]+/gi, `$1${REDACTED}`],
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

/** A copy that is safe to write: plain members only, secrets cut, errors told with their causes, each text cleaned. */
export function redact(value: unknown, clean: (text: string) => string = redactText): unknown {
  return copyOf(value, clean, []);
}

function copyOf(value: unknown, clean: (text: string) => string, ancestors: readonly object[]): unknown {
  if (typeof value === "string") return clean(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return value;
  if (ancestors.includes(value)) return "[circular]";
  if (ancestors.length >= DEPTH_MAX) return "[deeper]";
  const within = [...ancestors, value];
  const copy = (part: unknown): unknown => copyOf(part, clean, within);
  if (value instanceof Error) return describeError(value, clean, copy);
  if (ArrayBuffer.isView(value)) return "[bytes]";
  if (Array.isArray(value)) return value.map(copy);
  if (value instanceof Date || value instanceof URL) return clean(value.toJSON());
  if (value instanceof Map || value instanceof Set) return copy([...value]);
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, isSecret(name, part) ? REDACTED : copy(part)]),
  );
}

/** Name, message, stack and cause. Other members are left out: SDKs hang whole requests, headers included, on errors. */
function describeError(
  error: Error,
  clean: (text: string) => string,
  copy: (part: unknown) => unknown,
): unknown {
  return {
    type: error.name,
    message: clean(error.message),
    stack: clean(error.stack ?? ""),
    ...(error.cause === undefined ? {} : { cause: copy(error.cause) }),
    ...(error instanceof AggregateError ? { errors: copy(error.errors) } : {}),
  };
}
