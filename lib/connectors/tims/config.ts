import type { Resolve } from "@/lib/http/guarded-request";
import type { Clock } from "@/lib/kernel/clock";

/** What an installation of Tieout tells the connector; the rest is typed for each connection. */
export interface TimsConfig {
  /** The one origin beside public ones that may be called; null in production. */
  readonly sandboxOrigin: string | null;
  readonly requestTimeoutMs?: number;
  /** Of token expiry alone. */
  readonly clock?: Clock;
  /** Asks for the addresses of a name; the system's own unless a test brings another. */
  readonly resolve?: Resolve;
}
