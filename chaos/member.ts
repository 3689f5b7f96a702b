import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { endProcess } from "@/scripts/stack";

/**
 * One process of the product in a trial: started, killed without warning, stopped in its tracks and let go on. It counts
 * as up once it has printed its first line. Only processes that were started here are ever signalled.
 */
export interface Member {
  readonly name: string;
  pid(): number;
  isAlive(): boolean;
  /** True once it has ended by itself and well. */
  isThrough(): boolean;
  /** False from the kill or pause until the next start or resume has been asked for. */
  isUp(): boolean;
  /** Starts it unless it runs; resolves with its first line once it answers. */
  start(): Promise<string>;
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

export interface MemberOptions {
  readonly name: string;
  /** Arguments of node. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What it says on standard error goes to the end of this file. */
  readonly logFile: string;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const STOP_TIMEOUT_MS = 5_000;
const running = new Set<ChildProcess>();
// Whatever way this program ends, nothing that it started stays.
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

export function createMember(options: MemberOptions): Member {
  let child: ChildProcess | null = null;
  let starting: Promise<string> | null = null;
  let up = false;

  async function launch(): Promise<string> {
    const log = createWriteStream(options.logFile, { flags: "a" });
    const made = spawn(process.execPath, [...options.args], {
      cwd: root,
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, ...options.env },
    });
    running.add(made);
    made.once("exit", () => running.delete(made));
    child = made;
    up = true;
    made.stdin.on("error", () => {});
    made.stderr.pipe(log, { end: false });
    const lines = createInterface({ input: made.stdout });
    // Read to the end: a process whose output nobody takes would stand still.
    return new Promise((resolve, reject) => {
      lines.once("line", (first) => {
        resolve(first);
        lines.on("line", (line) => log.write(`${line}\n`));
      });
      made.once("close", () => {
        log.end();
        reject(new Error(`${options.name} ended before it answered; see ${options.logFile}`));
      });
    });
  }

  const isAlive = (): boolean => child !== null && child.exitCode === null && child.signalCode === null;

  return {
    name: options.name,
    pid: () => child?.pid ?? 0,
    isAlive,
    isThrough: () => child?.exitCode === 0,
    isUp: () => up && isAlive(),
    start() {
      if (isAlive() && starting !== null) return starting;
      starting = launch();
      // Whoever waits is told; where nobody does, the next start says it again.
      starting.catch(() => {});
      return starting;
    },
    async kill() {
      up = false;
      if (child) await endProcess(child, "SIGKILL");
    },
    pause() {
      up = false;
      child?.kill("SIGSTOP");
    },
    resume() {
      child?.kill("SIGCONT");
      up = true;
    },
    async stop() {
      up = false;
      if (!child) return;
      // A process that was stopped in its tracks takes no SIGTERM.
      child.kill("SIGCONT");
      const patience = setTimeout(() => child?.kill("SIGKILL"), STOP_TIMEOUT_MS);
      await endProcess(child);
      clearTimeout(patience);
    },
  };
}
