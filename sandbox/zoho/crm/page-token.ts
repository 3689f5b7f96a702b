/**
 * The page_token of CRM lists: a place in an order of one module, for one day. Clients must not look into it; it
 * is signed by nothing, since nothing in it is secret.
 */
import { z } from "zod";
import type { CrmCall } from "./answers";
import type { ModuleName } from "./modules";

const TOKEN_LIFETIME_MS = 86_400_000;

const place = z.object({
  module: z.string(),
  sortBy: z.enum(["id", "Created_Time", "Modified_Time"]),
  sortOrder: z.enum(["asc", "desc"]),
  /** Records given so far. */
  given: z.number().int(),
  lastValue: z.string(),
  lastId: z.string(),
  expiresMs: z.number(),
});
type Place = Omit<z.infer<typeof place>, "module" | "expiresMs">;

export function writePageToken(call: CrmCall, module: ModuleName, at: Place): string {
  const expiresMs = call.context.clock.now().getTime() + TOKEN_LIFETIME_MS;
  return Buffer.from(JSON.stringify({ ...at, module, expiresMs })).toString("hex");
}

/** The place of a token; null for a foreign or expired one. */
export function readPageToken(call: CrmCall, module: ModuleName, token: string): Place | null {
  try {
    const parsed = place.safeParse(JSON.parse(Buffer.from(token, "hex").toString("utf8")));
    if (!parsed.success || parsed.data.module !== module) return null;
    return parsed.data.expiresMs > call.context.clock.now().getTime() ? parsed.data : null;
  } catch {
    return null;
  }
}
