/**
 * Holds docs/sandbox-rules.md to the code: each rule names a module that is there and a test that stands in the tree,
 * each switch of the sandbox stands beside a rule, and each of its positions is named in one of that rule's test
 * files. Whether the tests prove the rule is for a reader to judge.
 */
import { checkNamedFiles, checkNamedTest, type TreeReader, testFileOf } from "./named-tests";

/** Switches by name. */
export type KnownSwitches = Readonly<
  Record<string, { readonly positions: readonly string[]; readonly initial: string }>
>;

const CELL_COUNT = 4;
const HEADER = "fact or rule";

type Row = { rule: string; modules: string; tests: readonly string[]; switches: readonly string[] };

function splitCell(cell: string | undefined): string[] {
  return (cell ?? "")
    .split("<br>")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function parseRows(text: string): Row[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter((cells) => cells.length === CELL_COUNT + 2 && cells[1] !== HEADER && !/^-+$/.test(cells[1] ?? ""))
    .map(([, rule = "", modules = "", tests, switches]) => ({
      rule,
      modules,
      tests: splitCell(tests),
      switches: splitCell(switches),
    }));
}

/** Whether a text has the words on their own, not as a part of longer ones. */
function names(text: string, words: string): boolean {
  const escaped = words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\w.-])${escaped}(?![\\w-])`).test(text);
}

function checkSwitch(row: Row, name: string, known: KnownSwitches, tree: TreeReader): string[] {
  const declared = known[name];
  if (declared === undefined) return [`${row.rule}: there is no switch ${name}`];
  const texts = row.tests
    .map((cell) => tree.read(testFileOf(cell) ?? "") ?? "")
    .filter((text) => names(text, name));
  if (texts.length === 0) return [`${row.rule}: no test file of the row turns ${name}`];
  return declared.positions
    .filter((position) => position !== declared.initial && !texts.some((text) => names(text, position)))
    .map((position) => `${row.rule}: no test file of the row names the position ${position} of ${name}`);
}

function checkRow(row: Row, known: KnownSwitches, tree: TreeReader): string[] {
  const problems = row.tests.flatMap((cell) => checkNamedTest(row.rule, cell, tree));
  if (row.tests.length === 0) problems.push(`${row.rule}: no test is named`);
  if (!row.modules.includes("`")) problems.push(`${row.rule}: no module is named`);
  return [
    ...problems,
    ...checkNamedFiles(row.rule, row.modules, tree),
    ...row.switches.flatMap((name) => checkSwitch(row, name, known, tree)),
  ];
}

/** What is wrong with the document's text, and how many rules it has. */
export function checkSandboxRules(
  text: string,
  known: KnownSwitches,
  tree: TreeReader,
): { problems: string[]; ruleCount: number } {
  const rows = parseRows(text);
  const named = new Set(rows.flatMap(({ switches }) => switches));
  const unnamed = Object.keys(known).filter((name) => !named.has(name));
  return {
    problems: [
      ...rows.flatMap((row) => checkRow(row, known, tree)),
      ...unnamed.map((name) => `${name}: stands beside no rule`),
    ],
    ruleCount: rows.length,
  };
}
