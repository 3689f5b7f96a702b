import type { Connector, ConnectorRules } from "@/lib/connectors/contract/connector";
import type { ConnectorManifest } from "@/lib/connectors/contract/manifest";
import type { Database, Transaction } from "@/lib/db/client";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { PairSettings } from "@/lib/domain/pair-settings";
import type { RecordType } from "@/lib/domain/record-type";
import type { Direction } from "@/lib/domain/two-sided";
import type { Clock } from "@/lib/kernel/clock";
import type { Ids } from "@/lib/kernel/ids";

/** Everything the engine works with. It is handed connectors and names none. */
export interface SyncContext {
  readonly database: Database;
  readonly workspaceId: string;
  readonly runId: string;
  /** The run whose postings this one takes back; null for a run that posts. */
  readonly undoesRunId: string | null;
  /** An undo that also takes back what lies in closed periods, by documents on the first open day. */
  readonly takesLocked?: boolean;
  readonly pairId: string;
  readonly settings: PairSettings;
  /** What this run keeps in step, in the order in which references need it. */
  readonly recordTypes: readonly RecordType[];
  /** Which side the run writes to. */
  readonly direction: Direction;
  /** Where records come from, and what they are written to: for a run toSource, `exchangeSides` swaps the two. */
  readonly source: EngineSide;
  readonly ledger: EngineSide;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Public address of this Tieout: part of every marker. */
  readonly origin: string;
  /** The operator's switch for the whole installation: nothing is written anywhere, and reading goes on. */
  readonly isPostingOff: boolean;
  /** How long a write without an answer is left to settle before it is looked for. */
  readonly settleMs: number;
  /** How long a worker holds the writes that it claimed; longer than a call's deadline, so that no call outlives it. */
  readonly leaseMs: number;
  /** No call to the ledger may start later than this: a worker that wakes up after its lease ran out must not send. */
  readonly fence: { until: Date | null };
  /** Takes secrets out of what a vendor said before it is kept for people to read. */
  readonly redact: (value: unknown) => unknown;
  /**
   * Told of every page that is read, before the transaction that stores the page; what it answers runs inside that
   * transaction. The tie-out keeps what the ledger said.
   */
  readonly onPageRead?: (
    connectionId: string,
    records: readonly CanonicalRecord[],
  ) => Promise<((tx: Transaction) => Promise<void>) | null>;
}

/**
 * The same run seen from the other side: what the ledger has is to be written to the source, by the very same pipeline.
 * Only links keep their orientation: `sourceExternalId` names the operations system, whichever way a write went.
 */
export const exchangeSides = (context: SyncContext): SyncContext => ({
  ...context,
  source: context.ledger,
  ledger: context.source,
});

/** The run as its writes see it: `ledger` is the side that is written to. */
export const writingSide = (context: SyncContext): SyncContext =>
  context.direction === "toSource" ? exchangeSides(context) : context;

export interface EngineSide {
  readonly connectionId: string;
  readonly connector: Connector;
  readonly manifest: ConnectorManifest;
  readonly rules: ConnectorRules;
}
