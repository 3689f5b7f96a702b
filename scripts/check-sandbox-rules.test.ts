import { describe, expect, it } from "vitest";
import { STRIPE_SWITCHES } from "@/sandbox/stripe/switches";
import { TIMESOLV_SWITCHES } from "@/sandbox/timesolv/switches";
import { TIMS_SWITCHES } from "@/sandbox/tims/switches";
import { XERO_SWITCHES } from "@/sandbox/xero/switches";
import { ZOHO_SWITCHES } from "@/sandbox/zoho/switches";
import { checkSandboxRules, type KnownSwitches } from "./check-sandbox-rules";
import { readTree, type TreeReader } from "./named-tests";
import { projectRoot } from "./run-command";

const files: Record<string, string> = {
  "sandbox/xero/limits.test.ts": `
    it("ends the day", () => turn("xero.day-limit", "1000"));
    it.each([1])("%d call is let in", () => {});`,
  "sandbox/xero/limits.ts": "",
};
const tree: TreeReader = { read: (file) => files[file], exists: (file) => file in files };
const DAY: KnownSwitches = { "xero.day-limit": { positions: ["5000", "1000"], initial: "5000" } };
const ROW =
  "| 5,000 calls a day | `sandbox/xero/limits.ts` | sandbox/xero/limits.test.ts > ends the day | xero.day-limit |";

const problemsOf = (row: string, known = DAY): string[] =>
  checkSandboxRules(
    `| fact or rule | module | test file > test name | switch |\n| --- | --- | --- | --- |\n${row}`,
    known,
    tree,
  ).problems;

describe("checkSandboxRules", () => {
  it("accepts a rule whose module, tests and switch stand", () => {
    expect(problemsOf(ROW)).toEqual([]);
    expect(problemsOf(ROW.replace("ends the day", "%d call is let in"))).toEqual([]);
  });

  it.each([
    ["a test that is gone", ROW.replace("ends the day", "ends the night"), /no test named/],
    ["no test", ROW.replace("sandbox/xero/limits.test.ts > ends the day", ""), /no test is named/],
    ["a module that is gone", ROW.replace("limits.ts`", "limit.ts`"), /does not exist/],
    ["no module", ROW.replace("`sandbox/xero/limits.ts`", ""), /no module is named/],
    ["an unknown switch", ROW.replace("xero.day-limit |", "xero.day-limit<br>xero.night |"), /no switch/],
    ["a switch beside no rule", ROW.replace("xero.day-limit |", "|"), /stands beside no rule/],
  ])("refuses %s", (_claim, row, problem) => {
    expect(problemsOf(row).join("\n")).toMatch(problem);
  });

  it("refuses a position that no test file of the row names", () => {
    const known = { "xero.day-limit": { positions: ["5000", "1000", "100"], initial: "5000" } };
    expect(problemsOf(ROW, known)).toEqual([
      "5,000 calls a day: no test file of the row names the position 100 of xero.day-limit",
    ]);
  });
});

describe("docs/sandbox-rules.md", () => {
  it("names a standing test for each rule, and each switch of the sandbox in all its positions", () => {
    const known: KnownSwitches = {
      ...XERO_SWITCHES,
      ...ZOHO_SWITCHES,
      ...TIMESOLV_SWITCHES,
      ...TIMS_SWITCHES,
      ...STRIPE_SWITCHES,
    };
    const text = readTree(projectRoot).read("docs/sandbox-rules.md") ?? "";
    const { problems, ruleCount } = checkSandboxRules(text, known, readTree(projectRoot));
    expect(problems).toEqual([]);
    expect(ruleCount).toBeGreaterThan(100);
  });
});
