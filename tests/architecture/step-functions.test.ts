import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "@/scripts/run-command";
import { scanStepFunctions } from "./step-functions";

const wellMade = `
  export const runSync = inngest.createFunction(
    {
      id: "run-sync",
      triggers: [runRequested],
      retries: 4,
      concurrency: { limit: 1, key: "event.data.connectionId" },
      onFailure: async () => {},
    },
    async ({ step }) => step.run("open-run", openRun),
  );`;

function problemsOf(text: string): string[] {
  return scanStepFunctions("inngest/functions/run-sync.ts", text).problems;
}

describe("scanStepFunctions", () => {
  it("accepts a function that sets everything", () => {
    expect(scanStepFunctions("inngest/functions/run-sync.ts", wellMade)).toEqual({
      functionCount: 1,
      problems: [],
    });
  });

  for (const option of ["triggers", "retries", "concurrency", "onFailure"]) {
    it(`reports a function that does not set ${option}`, () => {
      const text = wellMade.replace(new RegExp(`\\n\\s+${option}: .*`), "");
      expect(problemsOf(text)).toEqual([`inngest/functions/run-sync.ts: does not set ${option}`]);
    });
  }

  it("reads options from a constant of the same file", () => {
    const text = 'const options = { id: "run-sync", retries: 2 }; client.createFunction(options, run);';
    expect(problemsOf(text)).toEqual([
      "inngest/functions/run-sync.ts: does not set triggers",
      "inngest/functions/run-sync.ts: does not set concurrency",
      "inngest/functions/run-sync.ts: does not set onFailure",
    ]);
  });

  it("reports options that come from elsewhere", () => {
    expect(problemsOf("client.createFunction(sharedOptions, run);")).toEqual([
      "inngest/functions/run-sync.ts: its options are not written out in this file",
    ]);
    expect(problemsOf(wellMade.replace("retries: 4,", "retries: 4, ...shared,"))).toEqual([
      "inngest/functions/run-sync.ts: spreads options from elsewhere",
    ]);
  });

  it("reports an id that is not the file's name, and a second function in one file", () => {
    expect(problemsOf(wellMade.replace('"run-sync"', '"sync"'))).toEqual([
      'inngest/functions/run-sync.ts: its id is "sync"',
    ]);
    expect(problemsOf(wellMade + wellMade)).toEqual([
      "inngest/functions/run-sync.ts: creates 2 functions; one file, one function",
    ]);
  });
});

const folder = path.join(projectRoot, "inngest", "functions");
if (fs.existsSync(folder)) {
  it("every step function of this project says how its failure ends", () => {
    const files = fs.readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.includes(".test."));
    const scans = files.map((name) =>
      scanStepFunctions(`inngest/functions/${name}`, fs.readFileSync(path.join(folder, name), "utf8")),
    );
    expect(scans.flatMap(({ problems }) => problems)).toEqual([]);
    expect(scans.reduce((sum, { functionCount }) => sum + functionCount, 0)).toBeGreaterThan(0);
  });
}
