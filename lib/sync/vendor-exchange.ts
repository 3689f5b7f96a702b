import { z } from "zod";
import type { VendorExchange } from "@/lib/connectors/contract/connector";
import { encode, type Json } from "@/lib/kernel/json";

/**
 * What the ledger was sent for a record and what it answered, as an exception keeps it: secrets cut, however deep they
 * stand, and bounded, since a document can have a thousand lines and an error page any length. What is cut says so.
 */
export const storedExchangeSchema = z.object({
  method: z.string(),
  path: z.string(),
  sent: z.unknown(),
  status: z.number().nullable(),
  answered: z.unknown(),
  vendorRequestId: z.string().nullable(),
});
export type StoredExchange = z.output<typeof storedExchangeSchema>;

/** Of each body as JSON text. */
const BODY_CHARACTERS_MAX = 8_000;
const TEXT_CHARACTERS_MAX = 1_000;
const LIST_ELEMENTS_MAX = 20;
const DEPTH_MAX = 8;

export type Redact = (value: unknown) => unknown;

export function storableExchange(exchange: VendorExchange, redact: Redact): StoredExchange {
  return {
    method: exchange.method,
    path: textOf(redact(exchange.path)),
    sent: bounded(redact(exchange.sent)),
    status: exchange.status,
    answered: bounded(redact(exchange.answered)),
    vendorRequestId: exchange.vendorRequestId,
  };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function bounded(value: unknown): Json {
  const json = encode(cut(value, 0));
  const text = JSON.stringify(json);
  return text.length <= BODY_CHARACTERS_MAX ? json : `${text.slice(0, BODY_CHARACTERS_MAX)}… (cut)`;
}

function cut(value: unknown, depth: number): unknown {
  if (typeof value === "string") {
    return value.length <= TEXT_CHARACTERS_MAX ? value : `${value.slice(0, TEXT_CHARACTERS_MAX)}… (cut)`;
  }
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value !== "object" || value === null) {
    return typeof value === "boolean" || value === null || value === undefined ? value : String(value);
  }
  if (depth >= DEPTH_MAX) return "… (cut)";
  if (Array.isArray(value)) {
    const shown = value.slice(0, LIST_ELEMENTS_MAX).map((part) => cut(part, depth + 1));
    const left = value.length - shown.length;
    return left > 0 ? [...shown, `… (${left} more)`] : shown;
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, cut(part, depth + 1)]));
}
