import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { backoffMs } from "@/lib/kernel/backoff";
import { type Clock, systemClock } from "@/lib/kernel/clock";
import { errorText } from "@/lib/kernel/errors";
import { type Ids, randomIds } from "@/lib/kernel/ids";
import { createAppClient } from "./app-client";
import { type RunnerContext, type RunnerLogger, silentLogger } from "./context";
import { openDatabase } from "./database";
import { definitionReader, listFunctionIds } from "./definitions";
import { RegistrationRefused } from "./function-definition";
import { serveHttpApi } from "./http-api";
import { type Instance, openInstance } from "./instances";
import { openQueue } from "./queue";
import { findRun, listRunsOfEvent, listRunsOfFunction, type RunView, waitForRun } from "./read-runs";
import { readSigningKey } from "./signature";
import { startUpkeep } from "./upkeep";

/*
 * The embedded runner: an Inngest server for one app, on one machine or several, that keeps everything in Postgres. It
 * guarantees that an accepted event's runs go on after any crash and that a stored step is never asked for again; a
 * step that was under way is asked for again, so steps must be safe to repeat. It knows nothing of what functions do.
 */

const REQUEST_TIMEOUT_MS = 10 * 60_000;
const STOP_GRACE_MS = 5_000;
const WAIT_TIMEOUT_MS = 30_000;
const LIMITS = {
  stepOutputBytesMax: 4 * 1024 * 1024,
  runStateBytesMax: 32 * 1024 * 1024,
  stepsMax: 200,
};
const RETRY_DELAY_MIN_MS = 10_000;
const RETRY_DELAY_MAX_MS = 3_600_000;
/** Inngest's table, roughly: 10 s, 20 s, 40 s and so on up to an hour, with jitter as it has it. */
const defaultRetryDelayMs = (attempt: number) =>
  backoffMs(attempt, { baseMs: RETRY_DELAY_MIN_MS, maxMs: RETRY_DELAY_MAX_MS });
const REGISTER_RETRY_MIN_MS = 100;
const REGISTER_RETRY_MAX_MS = 5_000;

export interface RunnerOptions {
  /** Of the role that has the schemas `runner` and `graphile_worker` (migrateRunner was run before). */
  readonly databaseUrl: string;
  /** Where the functions are served, for example http://localhost:3000/api/inngest. */
  readonly appUrl: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly signingKey: string;
  readonly eventKey: string;
  /** Decides what is due; signatures keep real time. */
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly logger?: RunnerLogger;
  /** How often the queue and the sweep look for what is due. */
  readonly pollIntervalMs?: number;
  readonly requestTimeoutMs?: number;
  /** Runs that this process drives at once. */
  readonly concurrentRuns?: number;
  /** Delay before attempt n (1 = the first retry) where the error names none. */
  readonly retryDelayMs?: (attempt: number) => number;
  readonly retentionDays?: number;
  /** After this long without a sign another runner process is taken for hung, and its runs are driven elsewhere. */
  readonly silentAfterMs?: number;
  /** How long stop() waits for requests that are under way. */
  readonly stopGraceMs?: number;
}

export interface EmbeddedRunner {
  /** The INNGEST_BASE_URL of the app. */
  readonly origin: string;
  /** The ids of all functions after the first registration; rejects where one is refused, naming what is not supported. */
  registered(): Promise<readonly string[]>;
  /** Asks the app to register again, for example after its code changed. */
  requestRegistration(): Promise<void>;
  findRun(runId: string): Promise<RunView | undefined>;
  listRunsOfEvent(eventId: string): Promise<RunView[]>;
  listRunsOfFunction(functionId: string, count?: number): Promise<RunView[]>;
  /** Waits until the run has ended; rejects after the time-out. */
  waitForRun(runId: string, timeoutMs?: number): Promise<RunView>;
  /** Stops at the next step's end; requests that take longer are cut off and done again after the next start. */
  stop(): Promise<void>;
}

/** Starts a runner and asks the app, until it answers, to register its functions. */
export async function startRunner(options: RunnerOptions): Promise<EmbeddedRunner> {
  const logger = options.logger ?? silentLogger;
  const key = readSigningKey(options.signingKey);
  const requestTimeoutMs = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const database = openDatabase(options.databaseUrl, (error) =>
    logger.warn("an idle database connection of the runner broke", { error: error.message }),
  );
  let instance: Instance | undefined;
  const runner: RunnerContext = {
    database,
    clock: options.clock ?? systemClock,
    ids: options.ids ?? randomIds,
    logger,
    app: createAppClient({ appUrl: options.appUrl, key, requestTimeoutMs }),
    settings: { ...LIMITS, retryDelayMs: options.retryDelayMs ?? defaultRetryDelayMs },
    instanceId: () => instance?.id() ?? 0,
    active: new Map(),
    stopping: { requested: false, aborted: false },
    definitions: definitionReader(database),
  };
  const registration = awaitRegistration();
  const queue = await openQueue(runner, options, async (workerPool) => {
    if (instance) return instance.lockJobsAs(workerPool);
    const { databaseUrl: connectionString, silentAfterMs } = options;
    instance = await openInstance({ connectionString, database, workerPool, logger, silentAfterMs });
  });
  const api = await serveHttpApi(runner, {
    port: options.port,
    key,
    eventKey: options.eventKey,
    onRegistered: registration.settle,
  });
  const upkeep = startUpkeep(runner, options, () => instance);
  void askUntilRegistered(runner, registration);
  let stopped: Promise<void> | undefined;
  return {
    origin: api.origin,
    registered: () => registration.promise,
    requestRegistration: () => askOnce(runner),
    findRun: (runId) => findRun(database, runId),
    listRunsOfEvent: (eventId) => listRunsOfEvent(database, eventId),
    listRunsOfFunction: (functionId, count = 20) => listRunsOfFunction(database, functionId, count),
    waitForRun: (runId, timeoutMs = WAIT_TIMEOUT_MS) => waitForRun(database, runId, timeoutMs),
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };

  async function stop(): Promise<void> {
    runner.stopping.requested = true;
    for (const active of runner.active.values()) active.poke();
    const grace = setTimeout(() => {
      runner.stopping.aborted = true;
      runner.app.close();
    }, options.stopGraceMs ?? STOP_GRACE_MS);
    await upkeep.stop();
    await queue.stop();
    clearTimeout(grace);
    runner.app.close();
    await api.close();
    await instance?.close();
    await database.close();
  }
}

function awaitRegistration() {
  let settled = false;
  let resolveIt: (functionIds: readonly string[]) => void = () => {};
  let rejectIt: (reason: Error) => void = () => {};
  const promise = new Promise<readonly string[]>((resolve, reject) => {
    resolveIt = resolve;
    rejectIt = reject;
  });
  // Whoever wants to know asks; a refusal is in the log in any case.
  promise.catch(() => {});
  return {
    promise,
    isSettled: () => settled,
    settle(result: readonly string[] | RegistrationRefused) {
      settled = true;
      if (result instanceof RegistrationRefused) rejectIt(result);
      else resolveIt(result);
    },
  };
}

/**
 * Asks the app again and again, since either of the two may start first. The app registers with the runner that it
 * knows, which need not be this one: its answer to us counts too.
 */
async function askUntilRegistered(
  runner: RunnerContext,
  registration: ReturnType<typeof awaitRegistration>,
): Promise<void> {
  let delayMs = REGISTER_RETRY_MIN_MS;
  while (!runner.stopping.requested && !registration.isSettled()) {
    try {
      await askOnce(runner);
      registration.settle(await listFunctionIds(runner.database));
    } catch (thrown) {
      if (thrown instanceof RegistrationRefused) registration.settle(thrown);
      else runner.logger.warn("the app did not register its functions yet", { error: errorText(thrown) });
    }
    if (registration.isSettled()) return;
    await delay(delayMs, undefined, { ref: false });
    delayMs = Math.min(delayMs * 2, REGISTER_RETRY_MAX_MS);
  }
}

const refusalSchema = z.object({ message: z.string() });

async function askOnce(runner: RunnerContext): Promise<void> {
  const { status, text } = await runner.app.askToRegister();
  if (status === 200) return;
  if (status === 400) throw new RegistrationRefused(refusalSchema.parse(JSON.parse(text)).message);
  throw new Error(`the app answered ${status} to the request to register: ${text.slice(0, 500)}`);
}
