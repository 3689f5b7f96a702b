import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answered } from "./xero/test-client";

const root = fileURLToPath(new URL("..", import.meta.url));

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "sandbox-command-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** Starts the program; `line` is its first line, `ended` how and with which words it ended. */
function start(...flags: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "sandbox/server.ts", ...flags], { cwd: root });
  const said: { out: string; err: string } = { out: "", err: "" };
  let tell: (addresses: Answered) => void = () => undefined;
  const line = new Promise<Answered>((resolve) => {
    tell = resolve;
  });
  child.stdout.on("data", (data) => {
    said.out += data;
    if (said.out.includes("\n")) tell(JSON.parse(said.out.split("\n")[0] ?? ""));
  });
  child.stderr.on("data", (data) => {
    said.err += data;
  });
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once("exit", (code) => resolve({ code, ...said })),
  );
  return { child, line, ended };
}

describe("the sandbox as a program", () => {
  it("prints one line with every address and key, seeds itself, and ends clean when asked to", async () => {
    const { child, line, ended } = start("--port", "0", "--seed", "empty", "--state", dir, "--admin");
    const addresses = await line;
    expect(addresses.xero.issuer).toBe(`${addresses.origin}/xero/identity`);
    const discovery = (await (await fetch(addresses.xero.discovery)).json()) as Answered;
    expect(discovery.issuer).toBe(addresses.xero.issuer);
    for (const name of ["accounting", "connections", "payroll", "clientId", "clientSecret", "webhookKey"])
      expect(addresses.xero[name], name).toMatch(/.+/);
    for (const name of ["accounts", "books", "inventory", "crm", "expense", "clientId", "webhookSecret"])
      expect(addresses.zoho[name], name).toMatch(/.+/);
    expect((await fetch(`${addresses.admin}/health`)).status).toBe(200);
    expect(addresses.smtp).toMatchObject({ host: "localhost", port: expect.any(Number) });
    expect((await fetch(addresses.smtp.page)).status).toBe(200);
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0, err: "" });
    const again = start("--port", "0", "--seed", "demo", "--state", dir);
    expect((await again.line).admin).toBeNull();
    again.child.kill("SIGINT");
    expect(await again.ended).toMatchObject({ code: 0, err: "" });
  });

  it("refuses a flag that it cannot obey with its name and the remedy, and ends with 2", async () => {
    const { ended } = start("--port", "many");
    const { code, out, err } = await ended;
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain('--port "many" is no port; give a whole number from 0 to 65535');
  });

  it("says so when the port is taken", async () => {
    const first = start("--port", "0");
    const { port } = new URL((await first.line).origin);
    const { code, err } = await start("--port", port).ended;
    expect(code).toBe(1);
    expect(err).toContain(`--port ${port} is taken`);
    first.child.kill("SIGTERM");
    await first.ended;
  });
});
