/** How a connection tells of changes by itself. */
export interface WebhookView {
  readonly connectionId: string;
  readonly connectorId: string;
  /** `app`: the vendor tells Tieout of every organisation. `connection`: its owner enters an address and a secret. */
  readonly scope: "app" | "connection";
  readonly isReady: boolean;
  /** The connection's own address; null where there is none. */
  readonly url: string | null;
  readonly lastNoticeAt: string | null;
}

/** Shown once: the secret cannot be read again. */
export interface NewWebhookView {
  readonly url: string;
  readonly secret: string;
}
