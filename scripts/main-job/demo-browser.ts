import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildWeb } from "../build-web";
import { endProcess, HEAP_LIMIT, startStack } from "../stack";
import type { DemoOptions } from "./demo-once";
import { describeLeftOut, seedSandbox } from "./sandbox-control";
import { setUpStripe } from "./set-up-stripe";

const root = fileURLToPath(new URL("../..", import.meta.url));
const ready = "/api/health";
const START_TIMEOUT_MS = 60_000;

/**
 * Asked to end, the web app waits for every open connection, and a browser keeps some in reserve on which it never
 * asked anything: they would hold the demo for as long as the browser is open.
 */
const WEB_GRACE_MS = 5_000;

/**
 * The whole product for a person at a browser: everything started, the sandbox filled, one address printed. Runs until
 * it is asked to end; each start begins with fresh books, so that what the page shows is always this run's.
 */
export async function runDemoInBrowser(
  options: DemoOptions & { readonly port: number; readonly dir: string },
): Promise<void> {
  const { say } = options;
  await buildWeb(say);
  const stack = await startStack({
    dir: options.dir,
    appPort: options.port,
    limitSpeed: options.limitSpeed,
    durable: false,
    settleMs: 2_000,
    say,
  });
  say("Starting the web app");
  const web = spawn(
    process.execPath,
    [HEAP_LIMIT, "node_modules/next/dist/bin/next", "start", "-p", String(options.port), "-H", "localhost"],
    {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, ...stack.env },
    },
  );
  const stop = async (): Promise<void> => {
    await endProcess(web, "SIGTERM", WEB_GRACE_MS);
    await stack.stop();
    await rm(options.dir, { recursive: true, force: true });
  };
  try {
    await waitForWeb(`${stack.env.APP_ORIGIN}${ready}`, () => web.exitCode !== null);
    await stack.startRunner();
    const { dir, ...order } = options.seed;
    say("Filling Zoho Books and Xero");
    const orders = await seedSandbox(
      stack.sandbox.origin,
      dir === undefined ? order : { ...order, dir: resolve(dir) },
    );
    await setUpStripe(stack);
    for (const line of describeLeftOut(orders)) say(line);
    say(
      `Zoho Books holds ${orders.invoices} invoices, ${orders.creditNotes} credit notes and ${orders.payments} payments.`,
    );
    process.stdout.write(
      `\nTieout is ready: ${stack.env.APP_ORIGIN}\nSign in with Xero there; Ctrl+C ends it.\n`,
    );
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  await new Promise<void>((resolveEnd) => {
    // The terminal and the starter both pass Ctrl+C on: the second one must not end the clean-up of the first.
    process.on("SIGINT", resolveEnd);
    process.on("SIGTERM", resolveEnd);
  });
  await stop();
}

async function waitForWeb(address: string, hasEnded: () => boolean): Promise<void> {
  const until = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < until) {
    if (hasEnded()) throw new Error("the web app ended while it started; is the port free? (--port)");
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolveLook) => setTimeout(resolveLook, 200));
  }
  throw new Error(`the web app did not answer within ${START_TIMEOUT_MS / 1000} s`);
}
