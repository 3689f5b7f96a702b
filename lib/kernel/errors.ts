/** The text of anything that was thrown. Vendor SDKs reject with strings, so the value is not trusted. */
export function errorText(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  return typeof thrown === "string" ? thrown : JSON.stringify(thrown);
}
