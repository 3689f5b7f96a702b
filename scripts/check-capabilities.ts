/**
 * Holds docs/capabilities.md to the tests that it names: every promised capability has exactly one row, and a row
 * that claims something works names a test that exists, under a title that stands in that file. It reads titles from
 * syntax, so a commented-out or skipped test proves nothing. Whether the test proves enough is for a reader to judge.
 */
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";

/** The promised capabilities by source page: letter, and how many of it there are. */
export const capabilityRanges = [
  ["C", 28],
  ["T", 101],
  ["Z", 97],
  ["D", 44],
  ["S", 30],
] as const;

const statuses = ["done", "partly", "not yet", "limit"] as const;
type Status = (typeof statuses)[number];

export type CapabilityCount = Record<Status, number>;
export type CapabilityCheck = { problems: string[]; count: CapabilityCount };

/** What the check has to know about the tree; paths are from the clone's top. */
export type TreeReader = { read: (file: string) => string | undefined; exists: (file: string) => boolean };

/** The ids that must each have one row, such as C-01 and T-101. */
export function listCapabilityIds(): string[] {
  return capabilityRanges.flatMap(([page, count]) =>
    Array.from({ length: count }, (_, index) => `${page}-${String(index + 1).padStart(2, "0")}`),
  );
}

/** Matches a title given in the document against one in the code, where `${...}` stands for any text. */
type TitlePattern = { pattern: RegExp; switchedOff: boolean };

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function titlePattern(node: ts.Expression): RegExp | undefined {
  if (ts.isStringLiteralLike(node)) return new RegExp(`^${escapeForPattern(node.text)}$`);
  if (!ts.isTemplateExpression(node)) return undefined;
  const parts = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
  if (parts.every((part) => part.trim() === "")) return undefined;
  return new RegExp(`^${parts.map(escapeForPattern).join(".+")}$`);
}

/** The titles of all it() and test() calls in one file's text, and whether each is switched off. */
function listTitles(file: string, text: string): TitlePattern[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const titles: TitlePattern[] = [];
  function visit(node: ts.Node, insideSwitchedOff: boolean): void {
    let switchedOff = insideSwitchedOff;
    if (ts.isCallExpression(node)) {
      const called = node.expression.getText();
      switchedOff ||= /^(it|test|describe)(\.\w+)*\.(skip|todo|fixme)\b/.test(called);
      const [first] = node.arguments;
      const pattern =
        first && /^(it|test)\b(?!\.(describe|step))/.test(called) ? titlePattern(first) : undefined;
      if (pattern) titles.push({ pattern, switchedOff });
    }
    ts.forEachChild(node, (child) => visit(child, switchedOff));
  }
  visit(source, false);
  return titles;
}

function checkTest(id: string, cell: string, tree: TreeReader): string[] {
  const match = /^`?([^`>]+?)`?\s+>\s+(.+)$/.exec(cell);
  const [, file, title] = match ?? [];
  if (!file || !title) return [`${id}: "${cell}" does not read as test file > test name`];
  if (!/\.(test|spec)\.tsx?$/.test(file) && !file.startsWith("tests/contract/")) {
    return [`${id}: ${file} is no test file`];
  }
  const text = tree.read(file);
  if (text === undefined) return [`${id}: the test file ${file} does not exist`];
  const found = listTitles(file, text).filter(({ pattern }) => pattern.test(title.trim()));
  if (found.length === 0) return [`${id}: ${file} has no test named "${title.trim()}"`];
  if (found.every(({ switchedOff }) => switchedOff)) return [`${id}: "${title.trim()}" is switched off`];
  return [];
}

function checkPlace(id: string, place: string, tree: TreeReader): string[] {
  const named = [...place.matchAll(/`((?:app|components|inngest|lib|sandbox|scripts|prisma|docs)\/[^`]+)`/g)];
  return named
    .map(([, file]) => file)
    .filter((file) => file !== undefined && !tree.exists(file))
    .map((file) => `${id}: ${file} does not exist`);
}

function isStatus(text: string): text is Status {
  return statuses.some((status) => status === text);
}

type Row = { id: string; status: string; place: string; tests: string[] };

function parseRows(text: string): Row[] {
  return text
    .split("\n")
    .filter((line) => /^\|\s*[A-Z]-\d+\s*\|/.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .map(([, id = "", status = "", place = "", tests = ""]) => ({
      id,
      status,
      place,
      tests: tests
        .split("<br>")
        .map((each) => each.trim())
        .filter((each) => each !== ""),
    }));
}

function checkRow(row: Row, tree: TreeReader): string[] {
  const { id, status, place, tests } = row;
  if (!isStatus(status)) return [`${id}: "${status}" is no status; use one of ${statuses.join(", ")}`];
  const problems = [...tests.flatMap((cell) => checkTest(id, cell, tree)), ...checkPlace(id, place, tree)];
  const claims = status === "done" || status === "partly";
  if (claims && tests.length === 0) problems.push(`${id}: ${status}, but no test is named`);
  if (claims && place === "") problems.push(`${id}: ${status}, but no route or module is named`);
  if (status === "limit" && !/[.]$/.test(place)) {
    problems.push(`${id}: a limit needs a sentence that says what the product does instead`);
  }
  return problems;
}

/** Checks the document's text against the list of ids and the tree. No problem means that every row holds. */
export function checkCapabilities(text: string, tree: TreeReader): CapabilityCheck {
  const rows = parseRows(text);
  const wanted = listCapabilityIds();
  const problems: string[] = [];
  for (const id of wanted) {
    const times = rows.filter((row) => row.id === id).length;
    if (times === 0) problems.push(`${id}: has no row`);
    if (times > 1) problems.push(`${id}: has ${times} rows`);
  }
  for (const row of rows) {
    if (!wanted.includes(row.id)) problems.push(`${row.id}: is no promised capability`);
    problems.push(...checkRow(row, tree));
  }
  const count: CapabilityCount = { done: 0, partly: 0, "not yet": 0, limit: 0 };
  for (const { status } of rows) if (isStatus(status)) count[status] += 1;
  return { problems, count };
}

/** Checks docs/capabilities.md of the clone at `root`. */
export function checkCapabilitiesFile(root: string): CapabilityCheck {
  const tree: TreeReader = {
    read: (file) => {
      const target = path.join(root, file);
      return fs.existsSync(target) ? fs.readFileSync(target, "utf8") : undefined;
    },
    exists: (file) => fs.existsSync(path.join(root, file)),
  };
  const text = tree.read("docs/capabilities.md");
  if (text === undefined) {
    return {
      problems: ["docs/capabilities.md does not exist"],
      count: { done: 0, partly: 0, "not yet": 0, limit: 0 },
    };
  }
  return checkCapabilities(text, tree);
}
