import type { Clock } from "@/lib/kernel/clock";
import type { Ids } from "@/lib/kernel/ids";
import type { Operation } from "./app-answers";
import type { AppClient } from "./app-client";
import type { Database, Query } from "./database";
import type { FunctionDefinition } from "./function-definition";

/*
 * What every part of one running runner shares. One object, made at the start: there is no global state, so several
 * runners live in one process (the tests do that).
 */

export interface RunnerLogger {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

export const silentLogger: RunnerLogger = { info() {}, warn() {}, error() {} };

export interface RunnerSettings {
  /** Delay before attempt `attempt` (1 = the first retry) where the answer names none. */
  readonly retryDelayMs: (attempt: number) => number;
  readonly stepOutputBytesMax: number;
  readonly runStateBytesMax: number;
  readonly stepsMax: number;
}

/** A run that this process drives now. */
export interface ActiveDrive {
  readonly lease: string;
  /** Tells the driver that its run changed in the database. */
  poke(): void;
  /** Takes over steps that the app reported while its request still runs. */
  addCheckpointed(steps: readonly CheckpointedStep[]): void;
  /** Settles when this driver has let go of the run. */
  readonly finished: Promise<void>;
}

export interface CheckpointedStep {
  readonly operation: Operation;
  readonly memo: string;
  readonly completion: string;
}

export interface RunnerContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: RunnerLogger;
  readonly app: AppClient;
  readonly settings: RunnerSettings;
  /** The number under which this process is known to be alive. */
  instanceId(): number;
  readonly active: Map<string, ActiveDrive>;
  /** `requested`: begin nothing more; `aborted`: what still arrives is dropped, and done again after the next start. */
  readonly stopping: { requested: boolean; aborted: boolean };
  /** Every active function by its id, as last registered by any process. */
  definitions(): Promise<ReadonlyMap<string, FunctionDefinition>>;
}

export interface RunnerEvent {
  /** The runner's own id, which senders get back. */
  readonly internalId: string;
  readonly name: string;
  /** Canonical JSON, as functions receive it. */
  readonly text: string;
  readonly json: unknown;
}

/** One transaction that changes runs (work.ts). */
export interface Work {
  readonly query: Query;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly definitions: ReadonlyMap<string, FunctionDefinition>;
  /** Runs whose driver must look again after the commit. */
  readonly touched: Set<string>;
  readonly emitted: RunnerEvent[];
}
