/**
 * Finds a browser that starts on this machine, or says of every candidate why it does not. It prefers what a person
 * installed on purpose, then the browser that an npm package carries inside itself (Playwright's own download is out
 * of reach behind a registry mirror), and installs a system package only as root and as a last resort.
 * A candidate counts only when it answers `--version`: a file that lacks a library of this system is no browser.
 */
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";

const run = promisify(execFile);

const versionTimeoutMs = 30_000;
const unpackTimeoutMs = 120_000;
const installTimeoutMs = 600_000;

/** What a launch needs; an absent `executablePath` means Playwright's own browser. */
export type BrowserChoice = { executablePath?: string; args: string[]; env?: Record<string, string> };

export type Attempt = { choice: BrowserChoice } | { refusal: string };

/** Chromium's own sandbox needs a user that is not root; tests load nothing but this project's pages. */
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

async function tryExecutable(file: string, env?: Record<string, string>): Promise<Attempt> {
  if (!fs.existsSync(file)) return { refusal: `${file} does not exist` };
  try {
    await run(file, [...args, "--version"], { timeout: versionTimeoutMs, env: { ...process.env, ...env } });
    return { choice: { executablePath: file, args, env } };
  } catch (error) {
    return { refusal: `${file} does not start: ${String(error)}` };
  }
}

/** Playwright starts the small headless shell where that is installed, which lies beside the full browser. */
async function tryPlaywright(): Promise<Attempt> {
  const full = chromium.executablePath();
  const [, cache, revision] = /^(.*)[\\/]chromium-(\d+)[\\/]/.exec(full) ?? [];
  const shellFolder = cache && revision ? path.join(cache, `chromium_headless_shell-${revision}`) : "";
  if (!fs.existsSync(full) && !fs.existsSync(shellFolder))
    return { refusal: "Playwright's browser is not installed" };
  try {
    const browser = await chromium.launch({ args });
    await browser.close();
    return { choice: { args } };
  } catch (error) {
    return { refusal: `Playwright's browser does not start: ${String(error)}` };
  }
}

async function trySystem(): Promise<Attempt> {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const files = folders
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .filter(fs.existsSync);
  const refusals: string[] = [];
  for (const file of files) {
    const attempt = await tryExecutable(file);
    if ("choice" in attempt) return attempt;
    refusals.push(attempt.refusal);
  }
  return { refusal: refusals.join("; ") || `no ${names.join(", ")} on the path` };
}

/** The package's own list names folders of another host, and a browser without any font crashes at its first text. */
function fontList(folder: string): string {
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    "<fontconfig>",
    `  <dir>${path.join(folder, "fonts")}</dir>`,
    "  <dir>/usr/share/fonts</dir>",
    "  <dir>/usr/local/share/fonts</dir>",
    `  <cachedir>${path.join(folder, "font-cache")}</cachedir>`,
    "</fontconfig>",
    "",
  ].join("\n");
}

/**
 * Unpacks the package's browser to a folder of its own, once a version. The package writes to the temporary folder
 * and brings system libraries only where it believes to be on its cloud host, so both are told to a child process.
 */
async function unpackPackaged(folder: string): Promise<void> {
  const unfinished = `${folder}.${process.pid}`;
  fs.mkdirSync(unfinished, { recursive: true });
  const program = `
    const { default: packaged } = await import(${JSON.stringify(import.meta.resolve("@sparticuz/chromium"))});
    await packaged.executablePath();`;
  await run(process.execPath, ["--input-type=module", "--eval", program], {
    timeout: unpackTimeoutMs,
    env: { ...process.env, TMPDIR: unfinished, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" },
  });
  fs.writeFileSync(path.join(unfinished, "fonts.conf"), fontList(folder));
  try {
    fs.renameSync(unfinished, folder);
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true, force: true });
    if (!fs.existsSync(path.join(folder, "chromium"))) throw error;
  }
}

/** The browser that @sparticuz/chromium carries, unpacked at first use. Linux on x64 alone. */
export async function tryPackaged(): Promise<Attempt> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    return { refusal: "the packaged browser is for Linux on x64" };
  }
  const packageFile = new URL("../../package.json", import.meta.resolve("@sparticuz/chromium"));
  const { version } = JSON.parse(fs.readFileSync(packageFile, "utf8"));
  const folder = path.join(os.tmpdir(), `tieout-browser-${String(version)}-${process.getuid?.() ?? 0}`);
  const file = path.join(folder, "chromium");
  try {
    if (!fs.existsSync(file)) await unpackPackaged(folder);
  } catch (error) {
    return { refusal: `the packaged browser could not be unpacked: ${String(error)}` };
  }
  const fonts = { FONTCONFIG_FILE: path.join(folder, "fonts.conf") };
  const withSystemLibraries = await tryExecutable(file, fonts);
  if ("choice" in withSystemLibraries) return withSystemLibraries;
  return tryExecutable(file, { ...fonts, LD_LIBRARY_PATH: path.join(folder, "al2023", "lib") });
}

async function tryInstalling(): Promise<Attempt> {
  if (process.platform !== "linux" || process.getuid?.() !== 0)
    return { refusal: "not root on Linux: nothing installed" };
  try {
    await run("apt-get", ["update"], { timeout: installTimeoutMs });
    await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], {
      timeout: installTimeoutMs,
    });
  } catch (error) {
    return { refusal: `apt-get could not install chromium: ${String(error)}` };
  }
  return trySystem();
}

/** The first browser that starts here. Throws with every candidate's refusal when none does. */
export async function findBrowser(): Promise<BrowserChoice> {
  const refusals: string[] = [];
  for (const attempt of [tryPlaywright, trySystem, tryPackaged, tryInstalling]) {
    const outcome = await attempt();
    if ("choice" in outcome) return outcome.choice;
    refusals.push(outcome.refusal);
  }
  throw new Error(`No browser starts on this machine.\n- ${refusals.join("\n- ")}`);
}
