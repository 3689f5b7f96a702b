import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { until } from "./test-server";

/* Real processes for tests to kill. Each says on standard output, a JSON line each, when it is ready and what it does. */

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

/** On a machine that may be busy with other tests. */
const READY_MS = 120_000;

export interface TestChild {
  readonly lines: string[];
  /** SIGKILL; resolves once the process is gone. */
  kill(): Promise<void>;
  /** Stops the process in its tracks, and lets it go on. */
  pause(): void;
  resume(): void;
}

/** Starts a script of this folder with a JSON argument; resolves once it says "ready". */
export async function startTestChild(script: string, given: object): Promise<TestChild> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const spawned = spawn(process.execPath, ["--import", "tsx", path, JSON.stringify(given)], {
    cwd: PROJECT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const child: TestChild = {
    lines: linesOf(spawned),
    kill: () => killed(spawned),
    pause: () => void spawned.kill("SIGSTOP"),
    resume: () => void spawned.kill("SIGCONT"),
  };
  const ready = until(
    "the child process to be ready",
    () => {
      if (spawned.exitCode !== null) throw new Error(`the child process ended: ${child.lines.join("\n")}`);
      return child.lines.includes("ready") ? true : undefined;
    },
    READY_MS,
  );
  await ready.catch(async (thrown) => {
    await child.kill();
    throw thrown;
  });
  return child;
}

function linesOf(child: ChildProcess): string[] {
  const lines: string[] = [];
  if (child.stdout) createInterface(child.stdout).on("line", (line) => lines.push(String(JSON.parse(line))));
  if (child.stderr) createInterface(child.stderr).on("line", (line) => lines.push(line));
  return lines;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGKILL");
  await gone;
}
