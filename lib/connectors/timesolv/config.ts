import type { Clock } from "@/lib/kernel/clock";

/** What an installation tells the connector: our registration with TimeSolv, and other addresses for a sandbox. */
export interface TimesolvConfig {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Folder of the Authorize page. */
  readonly appBase?: string | undefined;
  /** Where Token and the searches are. */
  readonly apiBase?: string | undefined;
  /** Currency of a firm whose own cannot be read. */
  readonly fallbackCurrency?: string | undefined;
  readonly requestTimeoutMs?: number;
  /** Of token expiry alone. */
  readonly clock?: Clock;
}

export const APP_BASE = "https://apps.timesolv.com/App";
export const API_BASE = "https://apps.timesolv.com/Services/rest/oAuth2V1";
/** TimeSolv is an American product, and most firms bill in its currency. */
export const FALLBACK_CURRENCY = "USD";

export const withoutSlash = (url: string): string => url.replace(/\/+$/, "");
