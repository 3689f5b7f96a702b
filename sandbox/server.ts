/**
 * Starts the sandbox: the simulated Xero and Zoho on one HTTP server, with /control beside them. Tests start
 * it in their own process; `npm run sandbox` runs it alone and prints one JSON line with its addresses first.
 * It imports nothing of the product but the kernel: a simulator that shared code with the connectors would
 * share their mistakes.
 */
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { invariant } from "@/lib/kernel/invariant";
import { sandboxAddresses } from "./addresses";
import { ArgumentError, readSandboxCommand, USAGE } from "./arguments";
import { readSandboxEnv } from "./env";
import { createFace } from "./faces/face";
import type { CallLog } from "./kit/call-log";
import { createClock } from "./kit/clock";
import { createControl, type SeedOrder } from "./kit/control";
import type { Deliveries } from "./kit/deliveries";
import type { Faults } from "./kit/faults";
import { type ListeningServer, listen } from "./kit/http";
import { createStore, type ResettableStore } from "./kit/store";
import type { SandboxClock, SandboxContext, SandboxResponse } from "./kit/types";
import { createRuntime, type Runtime } from "./runtime";
import { type SmtpSink, startSmtpSink } from "./smtp/sink";

export interface SandboxOptions {
  /** 0 = any free port. */
  readonly port: number;
  readonly host?: string;
  /** A folder that keeps the records over restarts; without one they end with the process. */
  readonly dir?: string | null;
  readonly limitSpeed?: number;
  readonly clock?: SandboxClock;
  /** True answers the admin API with /control and the pages at /xero and /zoho; otherwise all of them are a 404. */
  readonly admin?: boolean;
  /** Catches mails at a port of this machine (0 = any free one) and shows them at /smtp; absent: no mail is taken. */
  readonly smtp?: { readonly port: number };
  /** What to do with a fault of the sandbox itself; printed to stderr unless given. */
  readonly onError?: (error: unknown, request: { method: string; path: string }) => void;
}

export interface RunningSandbox {
  /** http://localhost:PORT */
  readonly origin: string;
  /** The present context; a reset makes a new one. */
  readonly context: SandboxContext;
  readonly callLog: CallLog;
  readonly faults: Faults;
  readonly clock: SandboxClock;
  setLimitSpeed(speed: number): void;
  /** Whether a company is there already, from this start or an earlier one. */
  isSeeded(): boolean;
  seed(order: SeedOrder): Promise<object>;
  reset(): Promise<void>;
  /** Makes the tokens of a service older; see /control/tokens. */
  ageTokens(service: string, minutes: number): void;
  /** Ends an organisation's connections as a person does it inside the vendor; see /control/disconnect. */
  disconnect(service: string, tenantId: string): number;
  /** Where mails are caught; null when nothing was said of it at the start. */
  readonly smtp: SmtpSink | null;
  /** What the sandbox sends by itself: webhooks and notifications. */
  deliveries(): Deliveries;
  /** Closes connections, then writes what is left. */
  stop(): Promise<void>;
  /** Closes connections and nothing else, as a killed process would. */
  kill(): Promise<void>;
}

/** Starts a sandbox and resolves once it answers. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const clock = options.clock ?? createClock();
  const store = await createStore({ dir: options.dir ?? null, clock });
  const smtp = options.smtp === undefined ? null : await startSmtpSink({ ...options.smtp, clock });
  const { server, runtime } = await serve({ ...options, clock }, store, smtp).catch(
    async (error: unknown) => {
      await smtp?.close();
      throw error;
    },
  );
  return {
    smtp,
    origin: server.origin,
    get context() {
      return runtime.context();
    },
    callLog: runtime.callLog,
    faults: runtime.faults,
    clock: runtime.clock,
    setLimitSpeed: runtime.setLimitSpeed,
    isSeeded: runtime.isSeeded,
    seed: runtime.seed,
    reset: runtime.reset,
    ageTokens: runtime.ageTokens,
    disconnect: runtime.disconnect,
    deliveries: () => runtime.deliveries(),
    async stop() {
      await Promise.all([server.close(), smtp?.close()]);
      await runtime.deliveries().stop();
      await store.close();
    },
    async kill() {
      await runtime.deliveries().stop();
      await Promise.all([server.close(), smtp?.close()]);
    },
  };
}

async function serve(
  options: SandboxOptions & { readonly clock: SandboxClock },
  store: ResettableStore,
  smtp: SmtpSink | null,
): Promise<{ server: ListeningServer; runtime: Runtime }> {
  let runtime: Runtime | null = null;
  const server = await listen(
    async (origin) => {
      const made = createRuntime({
        origin,
        store,
        clock: options.clock,
        limitSpeed: options.limitSpeed ?? 1,
        mails: smtp?.mails ?? null,
      });
      runtime = made;
      return {
        ...made,
        control:
          options.admin === true ? createControl({ ...made, services: made.prefixes() }) : refuseControl,
        ...(options.admin === true ? { face: createFace(made) } : {}),
        flush: () => store.flush(),
        onError: options.onError ?? printError,
      };
    },
    { port: options.port, host: options.host ?? "127.0.0.1" },
  );
  invariant(runtime !== null, "a listening sandbox has its runtime");
  return { server, runtime };
}

/** The admin API that is off says nothing of itself, as at any address that does not exist. */
async function refuseControl(): Promise<SandboxResponse> {
  return { status: 404, headers: { "content-type": "text/plain" }, body: "Not found" };
}

function printError(error: unknown, request: { method: string; path: string }): void {
  console.error(`sandbox: ${request.method} ${request.path} failed`, error);
}

/**
 * The sandbox runs beside the product on small machines and holds a quarter of a million lines of two
 * vendors: a slowly growing heap halves its peak for a few per cent more time in the garbage collector.
 */
const HEAP_GROWING_FLAG = "--heap-growing-percent=30";

async function main(): Promise<void> {
  setFlagsFromString(HEAP_GROWING_FLAG);
  const command = readCommand();
  if (command === null) return;
  const sandbox = await startSandbox(command).catch((error: unknown) => {
    if (!isPortTaken(error)) throw error;
    const isSmtp = command.smtp.port !== 0 && "port" in error && error.port === command.smtp.port;
    const taken = isSmtp ? `--smtp-port ${command.smtp.port}` : `--port ${command.port}`;
    process.stderr.write(`sandbox: ${taken} is taken; give another one, or 0 for any free one\n`);
    return null;
  });
  if (sandbox === null) {
    process.exitCode = 1;
    return;
  }
  const end = (): void => {
    sandbox.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error("sandbox: could not stop cleanly", error);
        process.exit(1);
      },
    );
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  if (command.seed !== null && !sandbox.isSeeded()) await sandbox.seed(command.seed);
  process.stdout.write(
    `${JSON.stringify(sandboxAddresses(sandbox.origin, { admin: command.admin, smtp: sandbox.smtp }))}\n`,
  );
}

/** The command line, or null after it was refused. */
function readCommand() {
  try {
    return readSandboxCommand(process.argv.slice(2), readSandboxEnv());
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    process.stderr.write(`sandbox: ${error.message}\n\n${USAGE}\n`);
    process.exitCode = 2;
    return null;
  }
}

function isPortTaken(error: unknown): error is Error {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1]) await main();
