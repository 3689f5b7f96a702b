import type { ConnectorManifest } from "./contract/manifest";
import { timesolvManifest } from "./timesolv/manifest";
import { timsManifest } from "./tims/manifest";
import { xeroManifest } from "./xero/manifest";
import { zohoBooksManifest } from "./zoho-books/manifest";

/** Every connector's data sheet: plain data, safe in the browser. One line a connector. */
export const CATALOG: readonly ConnectorManifest[] = [
  xeroManifest,
  zohoBooksManifest,
  timesolvManifest,
  timsManifest,
];

export function findManifest(connectorId: string): ConnectorManifest | null {
  return CATALOG.find((manifest) => manifest.id === connectorId) ?? null;
}
