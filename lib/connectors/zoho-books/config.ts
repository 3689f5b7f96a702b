import type { Clock } from "@/lib/kernel/clock";

/** What an installation tells the connector: our registration with Zoho and where each data centre is. */
export interface ZohoBooksConfig {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where Zoho's console shows another secret for some data centre: that one, else undefined. */
  clientSecretOf?(region: string): string | undefined;
  /** Set for a sandbox: its stand-in for https://accounts.zoho.eu and the like. Absent, Zoho's own are used. */
  readonly accountsBase?: (region: string) => string;
  /** Set for a sandbox: its stand-in for https://www.zohoapis.eu, without /books/v3; overrides what Zoho answers. */
  readonly apiBase?: (region: string) => string;
  readonly requestTimeoutMs?: number;
  /** Of token expiry alone. */
  readonly clock?: Clock;
}
