import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeRuntime } from "@/lib/operations/runtime";
import { createNaivePoster, forNaive } from "./naive";
import { planBackTrial } from "./plan-back-trial";
import { BACK_BOUNDARY_NAMES, BOUNDARY_NAMES, planTrial } from "./plan-trial";
import { type Rig, startRig } from "./rig";
import { openSandboxDesk } from "./sandbox-desk";
import { emptyTally, type Tally } from "./tally";
import { runTrial } from "./trial";
import { type Watch, watchRuns } from "./watch-run";

export interface ChaosOptions {
  readonly seed: number;
  /** Number of the first trial. */
  readonly first: number;
  readonly trials: number;
  readonly poster: "product" | "naive";
  /** Out: from Zoho Books to Xero, with undo. Back: the way back to Zoho Books is struck. */
  readonly way: "out" | "back";
  /** Once it is aborted the trial at work is the last one. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Runs the trials one after another on one set of processes, which is made anew after a trial that hangs. */
export async function runChaos(options: ChaosOptions): Promise<Tally> {
  const isBack = options.way === "back";
  const plan = isBack ? planBackTrial : planTrial;
  const tally = emptyTally(options.seed, isBack ? BACK_BOUNDARY_NAMES : BOUNDARY_NAMES);
  const open = await openRig(options.say);
  const naive = options.poster === "naive" ? createNaivePoster(open.rig, join(open.dir, "naive.log")) : null;
  try {
    for (let trial = options.first; trial < options.first + options.trials; trial += 1) {
      if (options.signal.aborted) break;
      const started = performance.now();
      const planned = plan(options.seed, trial);
      const report = await runTrial({ ...open, tally, naive }, naive ? forNaive(planned) : planned);
      tally.trials += 1;
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const verdict = report.wrong.length === 0 ? "ok" : "WRONG";
      options.say(
        `trial ${trial}: ${verdict}, ${seconds} s, ${report.documents} documents; ${report.told.join(", ")}`,
      );
      for (const sentence of report.wrong) options.say(`  ${sentence}`);
      if (report.wrong.length > 0)
        options.say(
          `  again: --seed ${options.seed} --only ${trial} --way ${options.way}; logs in ${open.dir}`,
        );
      if (!report.hangs) continue;
      await closeRuntime();
      await open.rig.renew();
    }
  } finally {
    await closeRig(open, tally.lost + tally.duplicated + tally.mismatched + tally.stuck > 0);
  }
  return tally;
}

interface Open {
  readonly dir: string;
  readonly rig: Rig;
  readonly desk: ReturnType<typeof openSandboxDesk>;
  readonly watch: Watch;
}

async function openRig(say: (line: string) => void): Promise<Open> {
  const dir = await mkdtemp(join(tmpdir(), "tieout-chaos-"));
  // PostgreSQL's own account must be able to pass through.
  await chmod(dir, 0o755);
  const rig = await startRig(dir, say);
  Object.assign(process.env, rig.env);
  return { dir, rig, desk: openSandboxDesk(rig.origin, rig.sandboxLog), watch: watchRuns(rig.ownerUrl) };
}

async function closeRig({ dir, rig, watch }: Open, keepLogs: boolean): Promise<void> {
  await closeRuntime();
  await watch.close();
  await rig.stop();
  for (const folder of keepLogs ? ["postgres", "sandbox"] : [""])
    await rm(join(dir, folder), { recursive: true, force: true });
}
