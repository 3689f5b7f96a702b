import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import type { RunView } from "@/lib/domain/views/run-view";
import { invariant } from "@/lib/kernel/invariant";
import { getTieOut } from "@/lib/operations/reconciliation/get-tie-out";
import { closeRuntime } from "@/lib/operations/runtime";
import { startStack } from "../stack";
import { startWorker } from "../worker-process";
import { readPeakMemory } from "./memory";
import { confirmSuggestions, connect, signUp, syncOnce } from "./owner";
import { countWritesFloor, sideOf } from "./report";
import { describeLeftOut, readCalls, seedSandbox } from "./sandbox-control";

export interface DemoOptions {
  readonly seed: { readonly kind: string; readonly dir?: string; readonly taxRounding?: string };
  readonly limitSpeed: number;
  readonly say: (line: string) => void;
}

/**
 * The main job without a browser: seed, connect, confirm the suggestions, preview, post, tie out, and once more with
 * nothing changed. Prints one JSON line and returns 0 only when nothing disagrees and the second run wrote nothing.
 */
export async function runDemoOnce(options: DemoOptions): Promise<number> {
  const started = performance.now();
  const dir = await mkdtemp(join(tmpdir(), "tieout-demo-"));
  const stack = await startStack({
    dir,
    limitSpeed: options.limitSpeed,
    durable: false,
    settleMs: 2_000,
    say: options.say,
  });
  Object.assign(process.env, stack.env);
  const worker = await startWorker(stack.env);
  try {
    await stack.startRunner(worker.appUrl);
    const { dir: ordersDir, ...order } = options.seed;
    options.say("Filling Zoho Books");
    const orders = await seedSandbox(
      stack.sandbox.origin,
      ordersDir === undefined ? order : { ...order, dir: resolve(ordersDir) },
    );
    options.say(
      `Zoho Books holds ${orders.invoices} invoices, ${orders.creditNotes} credit notes, ${orders.payments} payments`,
    );

    for (const line of describeLeftOut(orders)) options.say(line);

    const access = await signUp("olivia@tidewatergifts.test");
    await connect(access, "xero", "global");
    await connect(access, "zoho-books", stack.sandbox.zoho.dataCentre);
    await confirmSuggestions(access);
    const beforeFirst = await readCalls(stack.sandbox.origin);
    const first = await syncOnce(access, createProgress(options.say));
    const tieOut = await getTieOut(access);
    invariant(tieOut, "a finished run has a tie-out");
    options.say(tieOut.headline);
    const afterFirst = await readCalls(stack.sandbox.origin);
    const firstCalls = await readCalls(stack.sandbox.origin, beforeFirst.seq);

    options.say("Once more, with nothing changed");
    const secondStarted = performance.now();
    await syncOnce(access);
    const secondCalls = await readCalls(stack.sandbox.origin, afterFirst.seq);
    const secondSeconds = secondsSince(secondStarted);
    const { writesFloor } = await countWritesFloor(access);
    const peak = await readPeakMemory(process.pid);
    const summary = {
      job: "demo",
      orders: {
        lines: orders.lines,
        invoices: orders.invoices,
        creditNotes: orders.creditNotes,
        payments: orders.payments,
        excluded: orders.excluded.count,
        rejected: orders.rejected.length,
      },
      source: sideOf(tieOut, "source"),
      xero: sideOf(tieOut, "ledger"),
      excluded: sideOf(tieOut, "excluded"),
      exceptions: sideOf(tieOut, "exceptions"),
      discrepancies: tieOut.discrepancies,
      roundings: tieOut.roundings.count,
      voided: tieOut.voided,
      calls: {
        xero: {
          total: afterFirst.services.xero.total,
          writes: firstCalls.services.xero.writes,
          writesFloor,
          rateLimited: afterFirst.services.xero.rateLimited,
        },
        zoho: { total: afterFirst.services.zoho.total, rateLimited: afterFirst.services.zoho.rateLimited },
      },
      seconds: secondsSince(started),
      peakRssMb: peak?.peakRssMb ?? null,
      peakRssProcess: peak?.name ?? null,
      secondRun: {
        xeroWrites: secondCalls.services.xero.writes,
        xeroCalls: secondCalls.services.xero.total,
        zohoCalls: secondCalls.services.zoho.total,
        seconds: secondSeconds,
      },
    };
    if (first.failure !== null) options.say(first.failure);
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    return tieOut.discrepancies === 0 && summary.secondRun.xeroWrites === 0 ? 0 : 1;
  } finally {
    await closeRuntime();
    await worker.stop();
    await stack.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

const secondsSince = (started: number): number => Math.round((performance.now() - started) / 100) / 10;

/** One line whenever a record type moved on, not one a look. */
function createProgress(say: (line: string) => void): (run: RunView) => void {
  let last = "";
  return (run) => {
    const busy = run.passes
      .filter((pass) => pass.read > 0 || pass.toPost > 0)
      .map((pass) =>
        run.state === "applying"
          ? `${RECORD_TYPE_NAMES[pass.recordType].many} ${pass.posted}/${pass.toPost}`
          : `${RECORD_TYPE_NAMES[pass.recordType].many} ${pass.read}${pass.readTotal === null ? "" : `/${pass.readTotal}`}`,
      )
      .join(", ");
    const line = `${run.state}: ${busy}${run.secondsLeft === null ? "" : `, about ${run.secondsLeft} s left`}`;
    const moved = line.replace(/, about \d+ s left/, "");
    if (moved !== last) say(line);
    last = moved;
  };
}
