/**
 * The command line of the sandbox that runs alone: flags over the settings of the environment. What cannot be
 * meant is refused with the flag's name and what to write instead; nothing is guessed.
 */
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { errorText } from "@/lib/kernel/errors";
import type { SandboxEnv } from "./env";
import type { SeedOrder } from "./kit/control";

export interface SandboxCommand extends SandboxEnv {
  /** What to fill an empty sandbox with; null leaves it as it is. */
  readonly seed: SeedOrder | null;
}

/** A command line that cannot be obeyed; the message is for the person who typed it. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
}

export const USAGE = `npm run sandbox -- [--port N] [--host ADDRESS] [--seed NAME] [--state DIR] [--admin]
  --port N         port to listen at, 0 to 65535; 0 = any free one (SANDBOX_PORT, 4010)
  --host ADDRESS   address to listen at (SANDBOX_HOST, 127.0.0.1)
  --seed NAME      demo, empty, big, law-firm, orders:DIR or none (SANDBOX_SEED, empty)
  --tax-rounding   document or line: how orders:DIR rounds tax (document)
  --state DIR      folder that keeps everything over restarts (SANDBOX_DIR, none)
  --limit-speed N  how many times faster the limit windows run, 1 or more (SANDBOX_LIMIT_SPEED, 1)
  --smtp-port N    port of the mail sink, 0 = any free one (SANDBOX_SMTP_PORT, 0)
  --admin          answer the admin API and its page at /control (SANDBOX_ADMIN=1)`;

const SEED_NAMES = "demo, empty, big, law-firm, orders:DIR or none";

/** The command as meant. Throws ArgumentError. */
export function readSandboxCommand(argv: readonly string[], env: SandboxEnv): SandboxCommand {
  const values = readFlags(argv);
  const seedName = values.seed ?? env.seedName;
  const isOrders = seedName.startsWith("orders:");
  if (values["tax-rounding"] !== undefined && !isOrders)
    throw new ArgumentError("--tax-rounding goes with --seed orders:DIR alone; leave it out");
  return {
    ...env,
    port: values.port === undefined ? env.port : readPort(values.port),
    host:
      values.host === undefined ? env.host : readText("--host", values.host, "an address such as 127.0.0.1"),
    dir: values.state === undefined ? env.dir : readFolder(values.state),
    limitSpeed: values["limit-speed"] === undefined ? env.limitSpeed : readSpeed(values["limit-speed"]),
    admin: values.admin === true || env.admin,
    smtp:
      values["smtp-port"] === undefined ? env.smtp : { port: readPort(values["smtp-port"], "--smtp-port") },
    seedName,
    seed: readSeed(seedName, values["tax-rounding"] ?? "document"),
  };
}

function readFlags(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: "string" },
        host: { type: "string" },
        seed: { type: "string" },
        state: { type: "string" },
        "tax-rounding": { type: "string" },
        "limit-speed": { type: "string" },
        "smtp-port": { type: "string" },
        admin: { type: "boolean" },
      },
    });
    return values;
  } catch (error) {
    throw new ArgumentError(errorText(error));
  }
}

function readPort(text: string, flag = "--port"): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535))
    throw new ArgumentError(
      `${flag} "${text}" is no port; give a whole number from 0 to 65535 (0 = any free one)`,
    );
  return port;
}

function readSpeed(text: string): number {
  const speed = /^\d{1,7}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(speed >= 1))
    throw new ArgumentError(`--limit-speed "${text}" is no speed; give a number of 1 or more`);
  return speed;
}

function readText(flag: string, text: string, example: string): string {
  if (text.trim() === "") throw new ArgumentError(`${flag} is empty; give ${example}`);
  return text;
}

function readFolder(text: string): string {
  const dir = resolve(readText("--state", text, "a folder, which is made where it is missing"));
  if (existsSync(dir) && !statSync(dir).isDirectory())
    throw new ArgumentError(`--state "${text}" is a file; give a folder, which is made where it is missing`);
  return dir;
}

function readSeed(name: string, taxRounding: string): SeedOrder | null {
  if (taxRounding !== "document" && taxRounding !== "line")
    throw new ArgumentError(`--tax-rounding "${taxRounding}" is unknown; give document or line`);
  if (name.startsWith("orders:")) {
    const dir = resolve(name.slice("orders:".length));
    if (name === "orders:" || !existsSync(dir) || !statSync(dir).isDirectory())
      throw new ArgumentError(`--seed "${name}" names no folder; give orders:DIR with a folder of CSV files`);
    return { kind: "orders", dir, taxRounding };
  }
  switch (name) {
    case "demo":
      return { kind: "demo-company" };
    case "empty":
    case "big":
    case "law-firm":
      return { kind: name };
    case "none":
      return null;
    default:
      throw new ArgumentError(`--seed "${name}" is unknown; give ${SEED_NAMES}`);
  }
}
