import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { endProcess } from "./stack";

const startDeafProcess = async () => {
  const child = spawn(
    process.execPath,
    ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('ready')"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await once(child.stdout, "data");
  return child;
};

describe("endProcess", () => {
  it("kills what does not end within its grace", async () => {
    const child = await startDeafProcess();
    await endProcess(child, "SIGTERM", 20);
    expect(child.signalCode).toBe("SIGKILL");
  });

  it("returns at once where the process is gone already", async () => {
    const child = await startDeafProcess();
    await endProcess(child, "SIGKILL");
    await endProcess(child);
    expect(child.signalCode).toBe("SIGKILL");
  });
});
