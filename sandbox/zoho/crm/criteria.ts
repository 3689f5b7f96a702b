/**
 * The grammar of the parameter `criteria`: ((Last_Name:equals:Burns\,B)and(First_Name:starts_with:M)). Commas,
 * parentheses and backslashes in values are escaped by a backslash.
 * https://www.zoho.com/crm/developer/docs/api/v8/search-records.html (checked 2026-11-21)
 */
import type { Condition, Operator } from "./conditions";

const OPERATORS: readonly Operator[] = [
  ...(["equals", "not_equal", "in", "starts_with", "greater_than", "greater_equal"] as const),
  ...(["less_than", "less_equal", "between"] as const),
];

/** The condition, or null when the text is none. */
export function parseCriteria(text: string): Condition | null {
  const reader = { text, at: 0 };
  const condition = readExpression(reader);
  skipSpace(reader);
  return condition === null || reader.at < text.length ? null : condition;
}

interface Reader {
  readonly text: string;
  at: number;
}

/** Terms joined by "and" or "or"; "and" binds closer. */
function readExpression(reader: Reader): Condition | null {
  const first = readTerm(reader);
  if (first === null) return null;
  const alternatives: Condition[][] = [[first]];
  for (;;) {
    skipSpace(reader);
    const word = /^(and|or)(?=\s*\()/i.exec(reader.text.slice(reader.at))?.[1]?.toLowerCase();
    if (word === undefined) break;
    reader.at += word.length;
    const next = readTerm(reader);
    if (next === null) return null;
    if (word === "or") alternatives.push([next]);
    else alternatives.at(-1)?.push(next);
  }
  return join(
    "or",
    alternatives.map((parts) => join("and", parts)),
  );
}

function join(kind: "and" | "or", parts: readonly Condition[]): Condition {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
}

function readTerm(reader: Reader): Condition | null {
  skipSpace(reader);
  if (reader.text[reader.at] !== "(") return null;
  reader.at += 1;
  skipSpace(reader);
  const term = reader.text[reader.at] === "(" ? readExpression(reader) : readTest(reader);
  skipSpace(reader);
  if (term === null || reader.text[reader.at] !== ")") return null;
  reader.at += 1;
  return term;
}

function readTest(reader: Reader): Condition | null {
  const head = /^([A-Za-z_$.][\w$.]*):([a-z_]+):/.exec(reader.text.slice(reader.at));
  const operator = OPERATORS.find((known) => known === head?.[2]);
  if (head === null || operator === undefined) return null;
  reader.at += head[0].length;
  const values = readValues(reader);
  const [first] = values;
  const several = operator === "in" || operator === "between";
  return {
    kind: "test",
    field: head[1] ?? "",
    operator,
    values: several || first === undefined ? values : [values.join(",")],
  };
}

function readValues(reader: Reader): string[] {
  const values = [""];
  while (reader.at < reader.text.length) {
    const character = reader.text[reader.at] ?? "";
    if (character === ")") break;
    if (character === "\\") {
      reader.at += 1;
      append(values, reader.text[reader.at] ?? "");
    } else if (character === ",") values.push("");
    else append(values, character);
    reader.at += 1;
  }
  return values;
}

function append(values: string[], character: string): void {
  values.push(`${values.pop() ?? ""}${character}`);
}

function skipSpace(reader: Reader): void {
  while (/\s/.test(reader.text[reader.at] ?? "")) reader.at += 1;
}
