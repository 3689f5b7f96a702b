/** One connection as the connections page shows it. */
export interface ConnectionView {
  readonly connectionId: string;
  readonly connectorId: string;
  readonly connectorLabel: string;
  readonly role: "source" | "ledger";
  readonly tenantName: string;
  readonly region: string;
  readonly status: "active" | "reconnectNeeded" | "disconnected";
  readonly statusReason: string | null;
  readonly connectedByName: string;
  /** ISO instant. */
  readonly connectedAt: string;
  readonly scopes: readonly { readonly name: string; readonly why: string }[];
}

/** Another app that posts into the same organisation. */
export interface OtherAppView {
  readonly name: string;
  readonly documents: number;
  /** ISO dates of its first and its last document. */
  readonly since: string | null;
  readonly last: string | null;
}

/** A connection that has ended at the vendor: everything of its pair waits for it. */
export interface HeldConnectionView {
  /** The vendor, as people call it. */
  readonly label: string;
  readonly tenantName: string;
  readonly reason: string;
}
