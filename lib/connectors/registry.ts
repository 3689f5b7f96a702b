import type { AnyConnectorDefinition } from "./contract/connector";
import { createTimesolvConnector } from "./timesolv";
import { createTimsConnector } from "./tims";
import { createXeroConnector } from "./xero";
import { createZohoBooksConnector } from "./zoho-books";

/** What each connector needs from the environment: the app's own credentials, and other addresses for a sandbox. */
export interface ConnectorConfig {
  readonly xero: Parameters<typeof createXeroConnector>[0];
  readonly zohoBooks: Parameters<typeof createZohoBooksConnector>[0];
  readonly timesolv: Parameters<typeof createTimesolvConnector>[0];
  /** Of every connector that is connected by a form: what it needs beside is typed for each connection. */
  readonly byForm: FormConnectorConfig;
}

export interface FormConnectorConfig {
  /** The one origin beside public ones that a typed address may have; null in production. */
  readonly sandboxOrigin: string | null;
  readonly requestTimeoutMs: number;
}

/** Every connector, ready to be opened. One line a connector. */
export function createRegistry(config: ConnectorConfig): ReadonlyMap<string, AnyConnectorDefinition> {
  const definitions: readonly AnyConnectorDefinition[] = [
    createXeroConnector(config.xero),
    createZohoBooksConnector(config.zohoBooks),
    createTimesolvConnector(config.timesolv),
    createTimsConnector(config.byForm),
  ];
  return new Map(definitions.map((definition) => [definition.manifest.id, definition]));
}
