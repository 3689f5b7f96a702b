import type { ConnectorDefinition } from "./contract/connector";
import { createXeroConnector } from "./xero";
import { createZohoBooksConnector } from "./zoho-books";

/** What each connector needs from the environment: the app's own credentials, and other addresses for a sandbox. */
export interface ConnectorConfig {
  readonly xero: Parameters<typeof createXeroConnector>[0];
  readonly zohoBooks: Parameters<typeof createZohoBooksConnector>[0];
}

/** Every connector, ready to be opened. One line a connector. */
export function createRegistry(config: ConnectorConfig): ReadonlyMap<string, ConnectorDefinition> {
  const definitions = [createXeroConnector(config.xero), createZohoBooksConnector(config.zohoBooks)];
  return new Map(definitions.map((definition) => [definition.manifest.id, definition]));
}
