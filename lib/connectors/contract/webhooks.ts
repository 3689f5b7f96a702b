import type { RecordType } from "@/lib/domain/record-type";

/**
 * What a vendor tells by itself. A connector checks that a message is the vendor's and reads which records it is
 * about; it knows neither where the secret is kept nor what follows. No value of a message is ever used: what changed
 * is read again.
 */
export interface ConnectorWebhooks {
  /** `app`: one address and key for all tenants. `connection`: each connection has its own, set up by its owner. */
  readonly scope: "app" | "connection";
  /** True where two equal bodies are one event; else an equal body may come again for a later change. */
  readonly isBodyUnique: boolean;
  /** Whether the message was signed with the secret. Takes the same time however wrong it is; never throws. */
  isGenuine(message: WebhookMessage, secret: string): boolean;
  /** What a genuine message is about; one that cannot be read is about something of the connection. Never throws. */
  readNotices(message: WebhookMessage): readonly NoticedRecord[];
}

export interface WebhookMessage {
  /** As it came, before anything was read of it. */
  readonly body: Uint8Array;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
}

export interface NoticedRecord {
  /** Null where the address says whose it is. */
  readonly tenantId: string | null;
  readonly recordType: RecordType | null;
  readonly externalId: string | null;
}
