import type { ConnectionView } from "@/lib/domain/views/connection-view";
import type { TieOutView } from "@/lib/domain/views/tie-out-view";

/**
 * What the two sides are called in columns: by their program, since the organisation often has the same name in both.
 */
export interface SystemNames {
  readonly source: string;
  readonly ledger: string;
}

/** The programs of the connections; the organisations' names where a connection is gone. */
export function systemNames(view: TieOutView, connections: readonly ConnectionView[]): SystemNames {
  const labelOf = (role: ConnectionView["role"]): string | undefined =>
    connections.find((connection) => connection.role === role)?.connectorLabel;
  return { source: labelOf("source") ?? view.sourceName, ledger: labelOf("ledger") ?? view.ledgerName };
}

/** Our own words about "the source" and "the ledger", with the programs' names, as their owner calls them. */
export const inNames = (words: string, { source, ledger }: SystemNames): string =>
  words.replace(/\bthe source\b/g, () => source).replace(/\bthe ledger\b/g, () => ledger);
