import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { invariant } from "@/lib/kernel/invariant";
import { startPosting } from "@/lib/operations/runs/start-posting";
import { startPreview } from "@/lib/operations/runs/start-preview";
import { closeRuntime } from "@/lib/operations/runtime";
import { readPeakMemory } from "@/scripts/main-job/memory";
import { confirmSuggestions, connect, followRun, signUp } from "@/scripts/main-job/owner";
import { countWritesFloor } from "@/scripts/main-job/report";
import { readCalls, seedSandbox, setLimitSpeed } from "@/scripts/main-job/sandbox-control";
import { startStack } from "@/scripts/stack";
import { startWorker } from "@/scripts/worker-process";
import { round } from "./figures";
import { postOneByOne } from "./post-one-by-one";
import { measureQuarters } from "./quarters";

/**
 * The orders of a folder through everything, steps and reading included: how many write calls a first posting takes against the fewest possible, how fast it goes from first to last, and the
 * same documents one a call, five at once, through the same budget, as most integrations do it. Reading runs with
 * limits out of the way; posting runs with Xero's limits sixty times faster than real.
 */
const READING_SPEED = 3_600;
const POSTING_SPEED = 60;

export async function benchOrders(options: { orders: string; say: (line: string) => void }) {
  const dir = await mkdtemp(join(tmpdir(), "tieout-bench-"));
  const stack = await startStack({
    dir,
    limitSpeed: READING_SPEED,
    durable: false,
    settleMs: 2_000,
    say: options.say,
  });
  Object.assign(process.env, stack.env);
  const worker = await startWorker(stack.env);
  try {
    await stack.startRunner(worker.appUrl);
    await seedSandbox(stack.sandbox.origin, {
      kind: "orders",
      dir: resolve(options.orders),
      taxRounding: "document",
    });
    const access = await signUp("bench@tidewatergifts.test");
    await connect(access, "xero", "global");
    await connect(access, "zoho-books", stack.sandbox.zoho.dataCentre);
    await confirmSuggestions(access);
    const preview = await startPreview(access);
    invariant(preview.ok, "a set-up workspace can be previewed");
    const { runId } = preview.value;
    options.say("Reading and planning");
    await followRun(access, runId, (run) => run.state === "previewed");

    await setLimitSpeed(stack.sandbox.origin, POSTING_SPEED);
    const { seq } = await readCalls(stack.sandbox.origin);
    options.say("Posting");
    const started = performance.now();
    await startPosting(access, runId);
    await followRun(access, runId, (run) => run.state === "tyingOut" || run.state === "finished");
    const seconds = (performance.now() - started) / 1000;
    await followRun(access, runId, (run) => run.state === "finished");
    const posting = await readCalls(stack.sandbox.origin, seq);
    const { documents, writesFloor } = await countWritesFloor(access);
    const quarters = await measureQuarters(access, runId);
    options.say("The same, one document a call");
    const oneByOne = await postOneByOne(access, stack.sandbox.origin, "one");
    const peak = await readPeakMemory(process.pid);
    return {
      documents,
      writeCalls: posting.services.xero.writes,
      writesFloor,
      ratio: round(posting.services.xero.writes / writesFloor, 3),
      documentsPerSecond: round(documents / seconds, 1),
      ...quarters,
      rateLimited: posting.services.xero.rateLimited,
      peakRssMb: peak?.peakRssMb ?? null,
      peakRssProcess: peak?.name ?? null,
      oneByOne,
    };
  } finally {
    await closeRuntime();
    await worker.stop();
    await stack.stop();
    await rm(dir, { recursive: true, force: true });
  }
}
