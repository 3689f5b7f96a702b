/**
 * Whether a test that a document names as `file > title` stands in the tree. Titles are read from syntax, so a
 * commented-out or skipped test proves nothing; whether the test proves enough is for a reader to judge.
 */
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";

/** What a check of a document has to know about the tree; paths are from the clone's top. */
export type TreeReader = { read: (file: string) => string | undefined; exists: (file: string) => boolean };

/** The tree of the clone at `root`. */
export function readTree(root: string): TreeReader {
  return {
    read: (file) => {
      const target = path.join(root, file);
      return fs.existsSync(target) ? fs.readFileSync(target, "utf8") : undefined;
    },
    exists: (file) => fs.existsSync(path.join(root, file)),
  };
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

/** A document names a file many times, and reading its syntax is what takes time. */
const titlesOfText = new Map<string, TitlePattern[]>();

function titlesOf(file: string, text: string): TitlePattern[] {
  const known = titlesOfText.get(text);
  if (known !== undefined) return known;
  const titles = listTitles(file, text);
  titlesOfText.set(text, titles);
  return titles;
}

/** The titles of all it() and test() calls in one file's text, and whether each is switched off. */
function listTitles(file: string, text: string): TitlePattern[] {
  // The kind goes by the file's name: read as TSX, a generic arrow function would begin an element.
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
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

/** The test file of a cell; undefined where it names none. */
export function testFileOf(cell: string): string | undefined {
  return readCell(cell)?.file;
}

function readCell(cell: string): { file: string; title: string } | undefined {
  const [, file, title] = /^`?([^`>]+?)`?\s+>\s+(.+)$/.exec(cell) ?? [];
  return file && title ? { file, title: title.trim() } : undefined;
}

/** What is wrong with the test that a cell of row `id` names; nothing when it stands. */
export function checkNamedTest(id: string, cell: string, tree: TreeReader): string[] {
  const named = readCell(cell);
  if (named === undefined) return [`${id}: "${cell}" does not read as test file > test name`];
  const { file, title } = named;
  if (!/\.(test|spec)\.tsx?$/.test(file) && !file.startsWith("tests/contract/")) {
    return [`${id}: ${file} is no test file`];
  }
  const text = tree.read(file);
  if (text === undefined) return [`${id}: the test file ${file} does not exist`];
  const found = titlesOf(file, text).filter(({ pattern }) => pattern.test(title));
  if (found.length === 0) return [`${id}: ${file} has no test named "${title}"`];
  if (found.every(({ switchedOff }) => switchedOff)) return [`${id}: "${title}" is switched off`];
  return [];
}

/** The modules that a cell of row `id` names in backticks and that are not there. */
export function checkNamedFiles(id: string, place: string, tree: TreeReader): string[] {
  const named = [...place.matchAll(/`((?:app|components|inngest|lib|sandbox|scripts|prisma|docs)\/[^`]+)`/g)];
  return named
    .map(([, file]) => file)
    .filter((file) => file !== undefined && !tree.exists(file))
    .map((file) => `${id}: ${file} does not exist`);
}
