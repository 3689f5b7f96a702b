import type { ConnectorFace } from "@/components/connections/connection-slot";
import type { ConnectionView } from "@/lib/domain/views/connection-view";

/** Constructed: a ledger and a source with their states. */
export const LEDGER: ConnectorFace = {
  id: "xero",
  label: "Xero",
  role: "ledger",
  regions: [{ id: "global", label: "Worldwide" }],
  scopes: [
    { name: "accounting.invoices", why: "To post your invoices and credit notes and to read them back." },
    { name: "accounting.payments", why: "To post payments against invoices." },
    { name: "accounting.contacts", why: "To find or create the customers on your invoices." },
    { name: "accounting.settings", why: "To read accounts, tax rates and currencies, and to create items." },
    { name: "offline_access", why: "To keep working while you are away from the screen." },
  ],
};

export const SOURCE: ConnectorFace = {
  id: "zoho-books",
  label: "Zoho Books",
  role: "source",
  regions: [
    { id: "eu", label: "Europe (zoho.eu)" },
    { id: "us", label: "United States (zoho.com)" },
    { id: "in", label: "India (zoho.in)" },
    { id: "au", label: "Australia (zoho.com.au)" },
  ],
  scopes: [
    { name: "ZohoBooks.invoices.READ", why: "To read your invoices." },
    { name: "ZohoBooks.contacts.READ", why: "To read your customers." },
  ],
};

const LEDGER_CONNECTED: ConnectionView = {
  connectionId: "c1",
  connectorId: "xero",
  connectorLabel: "Xero",
  role: "ledger",
  tenantName: "Harbour Gifts Ltd",
  region: "global",
  status: "active",
  statusReason: null,
  connectedByName: "Ada Marsh",
  connectedAt: "2026-11-20T15:02:00.000Z",
  scopes: LEDGER.scopes,
};

export const CONNECTION_STATES: readonly {
  readonly connector: ConnectorFace;
  readonly connection: ConnectionView | null;
}[] = [
  { connector: LEDGER, connection: LEDGER_CONNECTED },
  { connector: SOURCE, connection: null },
  {
    connector: LEDGER,
    connection: {
      ...LEDGER_CONNECTED,
      status: "reconnectNeeded",
      statusReason: "Someone disconnected Tieout in Xero on 20 November.",
    },
  },
];
