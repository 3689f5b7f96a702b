import type { Clock } from "@/lib/kernel/clock";

/** What an installation tells the connector: our registration with Zoho and where each data centre is. */
export interface ZohoBooksConfig {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where Zoho's console shows another secret for some data centre: that one, else undefined. */
  clientSecretOf?(region: string): string | undefined;
  /** Address of Zoho Accounts of a region where it is not Zoho's own: a sandbox's. */
  accountsBase?(region: string): string;
  /** Address of the API of a region, without /books/v3, where it is not Zoho's own. */
  apiBase?(region: string): string;
  readonly requestTimeoutMs?: number;
  /** Of token expiry alone. */
  readonly clock?: Clock;
}
