import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { endProcess } from "./stack";

const addressSchema = z.object({ appUrl: z.string() });

/** Starts scripts/worker.ts as a process of its own and resolves once it answers. */
export async function startWorker(
  env: Readonly<Record<string, string>>,
): Promise<{ appUrl: string; pid: number; stop(): Promise<void>; kill(): void }> {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/worker.ts"], {
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
      kill: () => void child.kill("SIGKILL"),
    };
  }
  throw new Error("the worker ended before it answered");
}
