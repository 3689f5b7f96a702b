import type { Connector, ConnectorRules } from "@/lib/connectors/contract/connector";
import type { ConnectorManifest } from "@/lib/connectors/contract/manifest";
import type { Database } from "@/lib/db/client";
import type { PairSettings } from "@/lib/domain/pair-settings";
import type { Clock } from "@/lib/kernel/clock";
import type { Ids } from "@/lib/kernel/ids";

/** Everything the engine works with. It is handed connectors and names none. */
export interface SyncContext {
  readonly database: Database;
  readonly workspaceId: string;
  readonly runId: string;
  /** The run whose postings this one takes back; null for a run that posts. */
  readonly undoesRunId: string | null;
  readonly pairId: string;
  readonly settings: PairSettings;
  readonly source: EngineSide;
  readonly ledger: EngineSide;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Public address of this Tieout: part of every marker. */
  readonly origin: string;
  /** How long a write without an answer is left to settle before it is looked for. */
  readonly settleMs: number;
  /** How long a worker holds the writes that it claimed; longer than a call's deadline, so that no call outlives it. */
  readonly leaseMs: number;
  /** No call to the ledger may start later than this: a worker that wakes up after its lease ran out must not send. */
  readonly fence: { until: Date | null };
}

export interface EngineSide {
  readonly connectionId: string;
  readonly connector: Connector;
  readonly manifest: ConnectorManifest;
  readonly rules: ConnectorRules;
}
