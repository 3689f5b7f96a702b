import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { endProcess, HEAP_LIMIT } from "./stack";

const addressSchema = z.object({ appUrl: z.string() });

export interface WorkerProcess {
  readonly appUrl: string;
  readonly pid: number;
  stop(): Promise<void>;
  /** SIGKILL, as a power cut would; resolves once the process is gone. */
  kill(): Promise<void>;
}

/** Starts scripts/worker.ts as a process of its own and resolves once it answers. Port 0 takes a free one. */
export async function startWorker(env: Readonly<Record<string, string>>, port = 0): Promise<WorkerProcess> {
  const child = spawn(process.execPath, [HEAP_LIMIT, "--import", "tsx", "scripts/worker.ts", String(port)], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const { appUrl } = addressSchema.parse(JSON.parse(line));
    return {
      appUrl,
      pid: child.pid ?? 0,
      stop: () => endProcess(child),
      kill: () => endProcess(child, "SIGKILL"),
    };
  }
  throw new Error("the worker ended before it answered");
}
