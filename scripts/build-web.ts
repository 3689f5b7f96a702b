import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const stampFile = join(root, ".next", "source-stamp");
const SOURCES = [
  "app",
  "components",
  "inngest",
  "lib",
  "public",
  "next.config.ts",
  "proxy.ts",
  "tailwind.config.ts",
  "package-lock.json",
];

/** Builds the web app unless the last build was made of the same files. Throws with the build's own words. */
export async function buildWeb(say: (line: string) => void): Promise<void> {
  const stamp = await hashSources();
  if ((await readFile(stampFile, "utf8").catch(() => "")) === stamp) return;
  say("Building the web app (about a minute, once)");
  await runBuild();
  await writeFile(stampFile, stamp);
}

async function hashSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const file of (await Promise.all(SOURCES.map((name) => listFiles(join(root, name))))).flat().sort()) {
    hash.update(file).update(await readFile(file));
  }
  return hash.digest("hex");
}

async function listFiles(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => null);
  if (entries === null) return (await readFile(path).catch(() => null)) === null ? [] : [path];
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function runBuild(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    });
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`the build failed:\n${Buffer.concat(output).toString("utf8")}`)),
    );
  });
}
