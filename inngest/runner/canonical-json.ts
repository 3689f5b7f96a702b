/*
 * JSON text with sorted keys and no spaces (RFC 8785). The SDK signs and verifies this form of a body, whatever was
 * sent, so the runner sends exactly this form and builds it from parts that are already in it.
 * Checked against inngest 4.24.0, helpers/net.js, and the package `canonicalize`, November 2026.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Parses JSON text from outside, for a schema to read; throws a SyntaxError on anything else. */
export function parseJson(text: string): unknown {
  return JSON.parse(text);
}

/** The canonical text of a JSON value; absent members are left out, an absent value is null. */
export function canonicalJson(value: unknown): string {
  if (value === undefined) return "null";
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}
