import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/**
 * The running product for a journey: the one that TIEOUT_E2E_ORIGIN names, or a demo of its own with fresh books,
 * started by the same script that people start and ended with the journey.
 */
export interface OpenProduct {
  readonly origin: string;
  close(): Promise<void>;
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export async function openProduct(): Promise<OpenProduct> {
  const given = process.env.TIEOUT_E2E_ORIGIN;
  if (given) return { origin: given.replace(/\/$/, ""), close: async () => undefined };
  const port = await freePort();
  const demo = spawn(process.execPath, ["--import", "tsx", "scripts/demo.ts", "--port", String(port)], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => demo.once("exit", () => resolve()));
  const close = async () => {
    demo.kill("SIGTERM");
    await ended;
  };
  for await (const line of createInterface({ input: demo.stdout })) {
    const origin = /ready: (http:\/\/localhost:\d+)/.exec(line)?.[1];
    if (origin) return { origin, close };
  }
  throw new Error("the demo ended before it was ready; its own words are above");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
