import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { checkDependencyReasons } from "./check-dependencies";
import { projectRoot } from "./run-command";

const packageText = JSON.stringify({ dependencies: { zod: "4.0.0" }, devDependencies: { vitest: "4.0.0" } });
const full = "| `zod` | parses at each edge |\n| `vitest` | runs the tests |\n";

it("accepts a document with one reason for each dependency", () => {
  expect(checkDependencyReasons(packageText, full)).toEqual([]);
});

it("reports a dependency without a line, with two, and without a reason", () => {
  expect(checkDependencyReasons(packageText, "| `zod` | parses |\n| `zod` | |\n")).toEqual([
    "zod has 2 lines",
    "zod has a line without a reason",
    "vitest has no line that says why it is here",
  ]);
});

it("reports a line that outlived its dependency", () => {
  expect(checkDependencyReasons(packageText, `${full}| \`moment\` | dates |\n`)).toEqual([
    "moment has a line and is no dependency",
  ]);
});

it("every dependency of this project has its reason in docs/decisions/dependencies.md", () => {
  const read = (file: string) => fs.readFileSync(path.join(projectRoot, file), "utf8");
  expect(checkDependencyReasons(read("package.json"), read("docs/decisions/dependencies.md"))).toEqual([]);
});
