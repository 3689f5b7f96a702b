import { describe, expect, it } from "vitest";
import { checkCapabilities, checkCapabilitiesFile, listCapabilityIds } from "./check-capabilities";
import type { TreeReader } from "./named-tests";
import { projectRoot } from "./run-command";

const files: Record<string, string> = {
  "lib/sync/apply.db.test.ts": `
    describe("apply", () => {
      it("a second apply makes no second invoice", async () => {});
      for (const kind of kinds) it(\`\${kind} is refused once\`, () => {});
      it.skip("a third apply waits", () => {});
      // it("a fourth apply is refused", () => {});
      describe.skip("later", () => { it("a fifth apply is counted", () => {}); });
    });`,
  "lib/sync/apply.ts": "",
};

const tree: TreeReader = { read: (file) => files[file], exists: (file) => file in files };

/** A full document in which the rows given here replace the plain ones; an undefined row is left out. */
function documentWith(changed: Record<string, string | undefined>): string {
  const rows = listCapabilityIds().map((id) => (id in changed ? changed[id] : `| ${id} | not yet | | |`));
  return [
    "| id | status | where | tests |",
    "|---|---|---|---|",
    ...rows.filter((row) => row !== undefined),
  ].join("\n");
}

function problemsOf(row: string): string[] {
  return checkCapabilities(documentWith({ "C-01": row }), tree).problems;
}

describe("listCapabilityIds", () => {
  it("knows three hundred promised capabilities, each once", () => {
    const ids = listCapabilityIds();
    expect(ids.length).toBe(300);
    expect(new Set(ids).size).toBe(300);
    expect(ids).toEqual(expect.arrayContaining(["C-01", "C-28", "T-101", "Z-97", "D-44", "S-30"]));
  });
});

describe("checkCapabilities", () => {
  it("accepts a full document and counts its statuses", () => {
    const { problems, count } = checkCapabilities(documentWith({}), tree);
    expect(problems).toEqual([]);
    expect(count).toEqual({ done: 0, partly: 0, "not yet": 300, limit: 0 });
  });

  it("accepts a done row whose test exists", () => {
    const row =
      "| C-01 | done | `lib/sync/apply.ts` | lib/sync/apply.db.test.ts > a second apply makes no second invoice |";
    expect(problemsOf(row)).toEqual([]);
  });

  it("accepts a title that the code builds from a list", () => {
    const row = "| C-01 | done | /runs | lib/sync/apply.db.test.ts > a void is refused once |";
    expect(problemsOf(row)).toEqual([]);
  });

  it("reports an id without a row and an id with two", () => {
    const text = documentWith({
      "T-101": undefined,
      "S-30": "| S-30 | not yet | | |\n| S-30 | not yet | | |",
    });
    expect(checkCapabilities(text, tree).problems).toEqual(["T-101: has no row", "S-30: has 2 rows"]);
  });

  it("reports an id that nobody promised", () => {
    const text = `${documentWith({})}\n| Q-01 | not yet | | |`;
    expect(checkCapabilities(text, tree).problems).toEqual(["Q-01: is no promised capability"]);
  });

  const refused: Array<[claim: string, row: string, problem: RegExp]> = [
    ["an unknown status", "| C-01 | soon | | |", /"soon" is no status/],
    ["a done row without a test", "| C-01 | done | /runs | |", /no test is named/],
    ["a partly row without a test", "| C-01 | partly | /runs | |", /no test is named/],
    [
      "a done row without a place",
      "| C-01 | done | | lib/sync/apply.db.test.ts > a second apply makes no second invoice |",
      /no route or module/,
    ],
    ["a limit without a sentence", "| C-01 | limit | | |", /needs a sentence/],
    ["a test file that is gone", "| C-01 | done | /runs | lib/gone.test.ts > a claim |", /does not exist/],
    ["a file that is no test", "| C-01 | done | /runs | lib/sync/apply.ts > a claim |", /no test file/],
    [
      "a test name that is gone",
      "| C-01 | done | /runs | lib/sync/apply.db.test.ts > an apply |",
      /no test named/,
    ],
    [
      "a switched-off test",
      "| C-01 | done | /runs | lib/sync/apply.db.test.ts > a third apply waits |",
      /switched off/,
    ],
    [
      "a test in a switched-off group",
      "| C-01 | done | /runs | lib/sync/apply.db.test.ts > a fifth apply is counted |",
      /switched off/,
    ],
    [
      "a commented-out test",
      "| C-01 | done | /runs | lib/sync/apply.db.test.ts > a fourth apply is refused |",
      /no test named/,
    ],
    ["a cell that names no test", "| C-01 | done | /runs | see the sync tests |", /does not read as/],
    [
      "a module that is gone",
      "| C-01 | done | `lib/gone.ts` | lib/sync/apply.db.test.ts > a second apply makes no second invoice |",
      /lib\/gone\.ts does not exist/,
    ],
  ];
  for (const [claim, row, problem] of refused) {
    it(`refuses ${claim}`, () => {
      const problems = problemsOf(row);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(problem);
    });
  }
});

describe("docs/capabilities.md", () => {
  it("holds against the tests that it names", () => {
    expect(checkCapabilitiesFile(projectRoot).problems).toEqual([]);
  });
});
