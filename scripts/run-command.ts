/**
 * Starts one command of the project's own tools and tells how it ended. It never throws for a command that fails:
 * the callers run several in turn and report each one. Arguments go as a list, so no shell reads them.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The clone's top folder: every command runs there. */
export const projectRoot = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/** `output` is all that was printed, in order; `stdout` leaves the diagnostics out. Both are empty when shown. */
export type CommandEnd = { exitCode: number; output: string; stdout: string };

type CommandOptions = { env?: NodeJS.ProcessEnv; show?: boolean; folder?: string };

/** Runs to the end; `show` lets the output through to the terminal, otherwise it comes back as one text. */
export function runCommand(
  command: string,
  args: string[],
  options: CommandOptions = {},
): Promise<CommandEnd> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.folder ?? projectRoot,
      env: options.env ?? process.env,
      stdio: ["ignore", options.show ? "inherit" : "pipe", options.show ? "inherit" : "pipe"],
    });
    const chunks: Buffer[] = [];
    const stdoutChunks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      stdoutChunks.push(chunk);
    });
    child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", (error) =>
      resolve({ exitCode: 127, output: `${command}: ${error.message}`, stdout: "" }),
    );
    child.on("close", (code) => {
      const output = Buffer.concat(chunks).toString("utf8");
      resolve({ exitCode: code ?? 1, output, stdout: Buffer.concat(stdoutChunks).toString("utf8") });
    });
  });
}

/** Runs a package's own command-line file with this Node, so that no `npx` decides which version it is. */
export function runPackageScript(
  file: string,
  args: string[],
  options: CommandOptions = {},
): Promise<CommandEnd> {
  return runCommand(process.execPath, [`${projectRoot}/node_modules/${file}`, ...args], options);
}
