import type { ConnectorManifest } from "./contract/manifest";
import { xeroManifest } from "./xero/manifest";
import { zohoBooksManifest } from "./zoho-books/manifest";

/** Every connector's data sheet: plain data, safe in the browser. One line a connector. */
export const CATALOG: readonly ConnectorManifest[] = [xeroManifest, zohoBooksManifest];

export function findManifest(connectorId: string): ConnectorManifest | null {
  return CATALOG.find((manifest) => manifest.id === connectorId) ?? null;
}
