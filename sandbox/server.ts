/**
 * Starts the sandbox: the simulated Xero and Zoho on one HTTP server, with /control beside them. Tests start
 * it in their own process; `npm run sandbox` runs it alone and prints one JSON line with its addresses first.
 * It imports nothing of the product but the kernel: a simulator that shared code with the connectors would
 * share their mistakes.
 */
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { invariant } from "@/lib/kernel/invariant";
import { XERO_CLIENT_ID, XERO_CLIENT_SECRET } from "@/sandbox/xero/identity/identity";
import { ZOHO_CLIENT } from "@/sandbox/zoho/accounts/oauth";
import { accountsUrl, apiDomain, HOME_DATA_CENTRE } from "@/sandbox/zoho/data-centres";
import { readSandboxEnv } from "./env";
import type { CallLog } from "./kit/call-log";
import { createClock } from "./kit/clock";
import { createControl, type SeedOrder } from "./kit/control";
import type { Faults } from "./kit/faults";
import { type ListeningServer, listen } from "./kit/http";
import { createStore, type ResettableStore } from "./kit/store";
import type { SandboxClock, SandboxContext } from "./kit/types";
import { createRuntime, type Runtime } from "./runtime";

export interface SandboxOptions {
  /** 0 = any free port. */
  readonly port: number;
  readonly host?: string;
  /** A folder that keeps the records over restarts; without one they end with the process. */
  readonly dir?: string | null;
  readonly limitSpeed?: number;
  readonly clock?: SandboxClock;
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
  seed(order: SeedOrder): Promise<object>;
  reset(): Promise<void>;
  /** Makes the tokens of a service older; see /control/tokens. */
  ageTokens(service: string, minutes: number): void;
  /** Closes connections, then writes what is left. */
  stop(): Promise<void>;
  /** Closes connections and nothing else, as a killed process would. */
  kill(): Promise<void>;
}

/** Starts a sandbox and resolves once it answers. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const store = await createStore({ dir: options.dir ?? null });
  const { server, runtime } = await serve(options, store);
  return {
    origin: server.origin,
    get context() {
      return runtime.context();
    },
    callLog: runtime.callLog,
    faults: runtime.faults,
    clock: runtime.clock,
    setLimitSpeed: runtime.setLimitSpeed,
    seed: runtime.seed,
    reset: runtime.reset,
    ageTokens: runtime.ageTokens,
    async stop() {
      await server.close();
      await store.close();
    },
    kill: () => server.close(),
  };
}

async function serve(
  options: SandboxOptions,
  store: ResettableStore,
): Promise<{ server: ListeningServer; runtime: Runtime }> {
  let runtime: Runtime | null = null;
  const server = await listen(
    async (origin) => {
      const made = createRuntime({
        origin,
        store,
        clock: options.clock ?? createClock(),
        limitSpeed: options.limitSpeed ?? 1,
      });
      runtime = made;
      return {
        ...made,
        control: createControl({ ...made, services: made.prefixes() }),
        flush: () => store.flush(),
        onError: options.onError ?? printError,
      };
    },
    { port: options.port, host: options.host ?? "127.0.0.1" },
  );
  invariant(runtime !== null, "a listening sandbox has its runtime");
  return { server, runtime };
}

function printError(error: unknown, request: { method: string; path: string }): void {
  console.error(`sandbox: ${request.method} ${request.path} failed`, error);
}

/** What a program needs to know to talk to a sandbox. */
export function sandboxAddresses(origin: string): object {
  return {
    origin,
    xero: {
      authority: `${origin}/xero/identity`,
      api: `${origin}/xero/api`,
      clientId: XERO_CLIENT_ID,
      clientSecret: XERO_CLIENT_SECRET,
    },
    zoho: {
      accounts: accountsUrl(origin, HOME_DATA_CENTRE),
      api: apiDomain(origin, HOME_DATA_CENTRE),
      dataCentre: HOME_DATA_CENTRE,
      clientId: ZOHO_CLIENT.clientId,
      clientSecret: ZOHO_CLIENT.clientSecret,
    },
    control: `${origin}/control`,
  };
}

/**
 * The sandbox runs beside the product on small machines and holds a quarter of a million lines of two
 * vendors: a slowly growing heap halves its peak for a few per cent more time in the garbage collector.
 */
const HEAP_GROWING_FLAG = "--heap-growing-percent=30";

async function main(): Promise<void> {
  setFlagsFromString(HEAP_GROWING_FLAG);
  const sandbox = await startSandbox(readSandboxEnv());
  process.stdout.write(`${JSON.stringify(sandboxAddresses(sandbox.origin))}\n`);
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
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1]) await main();
