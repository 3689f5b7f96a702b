/** The envelopes of the simulated TIMS: a list with its page, one record, or an error with a code. All assumed. */
import { jsonAnswer } from "@/sandbox/kit/answers";
import type { SandboxResponse } from "@/sandbox/kit/types";

export const refuse = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): SandboxResponse => jsonAnswer(status, { error: { code, message } }, headers);

const MONEY = /(amount|total|balance|price|cost|debit|credit|rate|quantity|quantityOnHand|subtotal)$/i;

/** Amounts are JSON numbers, or text where the installation is set so. */
export function withAmounts(value: unknown, as: string): unknown {
  if (as === "number" || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((part) => withAmounts(part, as));
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      typeof part === "number" && MONEY.test(key) ? String(part) : withAmounts(part, as),
    ]),
  );
}
