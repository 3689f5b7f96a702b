import { describe, expect, it } from "vitest";
import { scanSource } from "@/scripts/check-source-fences";

function fencesBrokenBy(file: string, text: string): string[] {
  return scanSource(file, text).map(({ fence }) => fence);
}

describe("environment-in-env-module", () => {
  const spellings = [
    "const url = process.env.DATABASE_URL;",
    'const url = process["env"].DATABASE_URL;',
    "const url = globalThis.process.env.DATABASE_URL;",
    'import { env } from "node:process";',
    "const { env } = process;",
  ];
  for (const text of spellings) {
    it(`fires on: ${text}`, () => {
      expect(fencesBrokenBy("lib/sync/plan.ts", text)).toEqual(["environment-in-env-module"]);
    });
  }

  it("lets the two modules that parse the environment read it", () => {
    expect(fencesBrokenBy("lib/env.ts", "export const url = process.env.DATABASE_URL;")).toEqual([]);
    expect(fencesBrokenBy("sandbox/env.ts", "export const port = process.env.PORT;")).toEqual([]);
  });

  it("takes no comment, string or other use of process for a finding", () => {
    const text = '// process.env\nconst words = "process.env"; process.on("exit", () => words);';
    expect(fencesBrokenBy("lib/sync/plan.ts", text)).toEqual([]);
  });
});

describe("fetch-in-http-module", () => {
  const spellings = [
    'await fetch("https://api.example.com");',
    "const call = globalThis.fetch;",
    "const client = makeClient({ fetch });",
    "const client = makeClient({ send: fetch });",
    "const send = options.send ?? fetch;",
  ];
  for (const text of spellings) {
    it(`fires on: ${text}`, () => {
      expect(fencesBrokenBy("inngest/runner/deliver.ts", text)).toEqual(["fetch-in-http-module"]);
    });
  }

  it("lets the HTTP module call fetch", () => {
    expect(fencesBrokenBy("lib/http/request.ts", 'await fetch("https://api.example.com");')).toEqual([]);
  });

  it("lets browser code ask its own page, and holds server code of the same folder", () => {
    const call = 'await fetch("/api/runs");';
    expect(fencesBrokenBy("app/runs/progress.tsx", `"use client";\n${call}`)).toEqual([]);
    expect(fencesBrokenBy("app/runs/page.tsx", call)).toEqual(["fetch-in-http-module"]);
  });

  it("takes another thing's own fetch for no finding", () => {
    expect(
      fencesBrokenBy("lib/sync/plan.ts", "await page.fetch(); type Port = { fetch: () => void };"),
    ).toEqual([]);
  });
});

describe("no-clock-in-pure-modules", () => {
  const spellings = [
    "Date.now();",
    "new Date();",
    "Math.random();",
    "setTimeout(run, 5);",
    "crypto.randomUUID();",
  ];
  for (const text of spellings) {
    it(`fires on: ${text}`, () => {
      expect(fencesBrokenBy("lib/matching/score.ts", text)).toEqual(["no-clock-in-pure-modules"]);
    });
  }

  it("lets a pure module read a date that it was given", () => {
    expect(fencesBrokenBy("lib/matching/score.ts", "const day = new Date(given);")).toEqual([]);
  });

  it("names the line of the finding", () => {
    expect(scanSource("lib/domain/money.ts", "const a = 1;\n\nconst b = Math.random();")).toEqual([
      { fence: "no-clock-in-pure-modules", file: "lib/domain/money.ts", line: 3 },
    ]);
  });
});
