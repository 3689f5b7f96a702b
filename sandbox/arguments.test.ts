import { describe, expect, it } from "vitest";
import { ArgumentError, readSandboxCommand } from "./arguments";
import type { SandboxEnv } from "./env";

const env: SandboxEnv = {
  port: 4010,
  host: "127.0.0.1",
  dir: null,
  limitSpeed: 1,
  seedName: "empty",
  admin: false,
  smtp: { port: 0 },
};
const read = (...argv: string[]) => readSandboxCommand(argv, env);

describe("the sandbox's command line", () => {
  it("leaves what is not said to the environment", () => {
    expect(read()).toEqual({ ...env, seed: { kind: "empty" } });
  });

  it("takes port, seed, folder and the admin API", () => {
    expect(read("--port", "0", "--seed", "demo", "--admin")).toMatchObject({
      port: 0,
      admin: true,
      seed: { kind: "demo-company" },
    });
    expect(read("--seed", "none").seed).toBeNull();
    expect(read("--seed", "big").seed).toEqual({ kind: "big" });
    expect(read("--seed=orders:sandbox", "--tax-rounding", "line").seed).toMatchObject({
      kind: "orders",
      taxRounding: "line",
    });
  });

  it.each([
    [["--port", "70000"], /^--port "70000" .* 0 to 65535/],
    [["--port", "x"], /^--port "x"/],
    [["--seed", "huge"], /^--seed "huge" is unknown; give demo, empty, big/],
    [["--seed", "orders:/no/such/folder"], /^--seed .* names no folder/],
    [["--tax-rounding", "line"], /^--tax-rounding goes with --seed orders:DIR alone/],
    [["--seed", "orders:sandbox", "--tax-rounding", "both"], /^--tax-rounding "both" is unknown/],
    [["--state", "package.json"], /^--state "package.json" is a file/],
    [["--limit-speed", "0"], /^--limit-speed "0"/],
    [["--pot", "1"], /--pot/],
    [["stray"], /stray/],
  ])("refuses %j by the flag's name and says what to write", (argv, message) => {
    expect(() => read(...argv)).toThrow(ArgumentError);
    expect(() => read(...argv)).toThrow(message);
  });
});
