import { encode } from "@/lib/kernel/json";
import type { Prisma } from "./generated/client";

/** A canonical value for a JSON column that is never null. */
export function toInputJson(value: unknown): Prisma.InputJsonValue {
  return encode(value) ?? {};
}
