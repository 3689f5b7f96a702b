/**
 * Holds docs/capabilities.md to the tests that it names: every promised capability has exactly one row, and a row
 * that claims something works names a test that stands in the tree.
 */
import { checkNamedFiles, checkNamedTest, readTree, type TreeReader } from "./named-tests";

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

/** The ids that must each have one row, such as C-01 and T-101. */
export function listCapabilityIds(): string[] {
  return capabilityRanges.flatMap(([page, count]) =>
    Array.from({ length: count }, (_, index) => `${page}-${String(index + 1).padStart(2, "0")}`),
  );
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
  const problems = [
    ...tests.flatMap((cell) => checkNamedTest(id, cell, tree)),
    ...checkNamedFiles(id, place, tree),
  ];
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
  const tree = readTree(root);
  const text = tree.read("docs/capabilities.md");
  if (text === undefined) {
    return {
      problems: ["docs/capabilities.md does not exist"],
      count: { done: 0, partly: 0, "not yet": 0, limit: 0 },
    };
  }
  return checkCapabilities(text, tree);
}
