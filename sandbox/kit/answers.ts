/**
 * The few shapes of answer that every simulated vendor gives, and the reading of JSON and form bodies.
 * Each vendor's own envelope (errors, paging) stays with that vendor.
 */
import type { SandboxRequest, SandboxResponse } from "./types";

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** A JSON answer; members that are undefined are left out. */
export function jsonAnswer(
  status: number,
  value: Json | object,
  headers: Readonly<Record<string, string>> = {},
): SandboxResponse {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(value),
  };
}

/** An HTML page that no browser may put in a frame or run scripts on. */
export function htmlAnswer(status: number, html: string): SandboxResponse {
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    },
    body: html,
  };
}

/** 302 to an address, as after a consent. */
export function redirectAnswer(location: string): SandboxResponse {
  return { status: 302, headers: { location, "cache-control": "no-store" } };
}

/** The body as JSON, or undefined when it is no JSON. */
export function readJson(request: SandboxRequest): unknown {
  try {
    return JSON.parse(request.body.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** The body as an HTML form. */
export function readForm(request: SandboxRequest): URLSearchParams {
  return new URLSearchParams(request.body.toString("utf8"));
}

/** User and password of an Authorization: Basic header, decoded; null when there is none. */
export function readBasicAuth(request: SandboxRequest): { user: string; password: string } | null {
  const match = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? "");
  if (match?.[1] === undefined) return null;
  const [user = "", ...rest] = Buffer.from(match[1], "base64").toString("utf8").split(":");
  const decode = (part: string): string => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  };
  return { user: decode(user), password: decode(rest.join(":")) };
}

/** Text made safe for HTML, also inside attributes. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
