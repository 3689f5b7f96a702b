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
