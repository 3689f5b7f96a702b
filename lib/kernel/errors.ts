/** The text of anything that was thrown. Vendor SDKs reject with strings, so the value is not trusted. */
export function errorText(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  return typeof thrown === "string" ? thrown : jsonText(thrown);
}

/** What JSON cannot say (undefined, a circle, a bigint) is named by its kind: describing an error must not throw one. */
function jsonText(thrown: unknown): string {
  try {
    return JSON.stringify(thrown) ?? String(thrown);
  } catch {
    return Object.prototype.toString.call(thrown);
  }
}
