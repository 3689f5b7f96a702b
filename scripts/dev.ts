import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { endProcess, startStack } from "./stack";

/** `npm run dev`: the same parts as the demo with Next's development server; data is kept in .tieout/dev. */
const root = fileURLToPath(new URL("..", import.meta.url));
const PORT = 3000;
const stack = await startStack({
  dir: `${root}.tieout/dev`,
  appPort: PORT,
  limitSpeed: 60,
  durable: true,
  settleMs: 2_000,
  say: (line) => process.stderr.write(`${line}\n`),
});
const web = spawn(
  process.execPath,
  ["node_modules/next/dist/bin/next", "dev", "-p", String(PORT), "-H", "localhost"],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...stack.env },
  },
);
await stack.startRunner();
await new Promise<void>((resolve) => {
  web.once("exit", () => resolve());
  // As in the demo: a second signal must not end the clean-up of the first.
  process.on("SIGINT", () => resolve());
  process.on("SIGTERM", () => resolve());
});
await endProcess(web);
await stack.stop();
