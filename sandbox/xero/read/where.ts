/**
 * Xero's filter language: comparisons of fields with text, numbers, booleans, null, Guid("...") and
 * DateTime(y,m,d), calls such as .Contains(), && || AND OR ! and brackets. It is .NET's dynamic LINQ, whose
 * messages it gives: what does not parse, what names no field and what compares two kinds of value is
 * refused with QueryParseException, never ignored.
 */
import { queryParse } from "../answer";
import { type FieldValue, holds } from "./field-order";
import { constructed } from "./where-literals";
import { type Cursor, openCursor } from "./where-tokens";

export type FieldReader = (path: string) => FieldValue;
export type FieldType = "String" | "Guid" | "Decimal" | "Boolean" | "DateTime";

export interface WhereOptions {
  /** The fields there are, by path in lower case; without it, a field is known by its value alone. */
  readonly types?: Readonly<Record<string, FieldType>>;
  /** True: a call on an empty field is refused unless a null check stands before it. */
  readonly nullGuard: boolean;
  readonly caseSensitive: boolean;
}

export interface Where {
  passes(read: FieldReader): boolean;
  /** Paths that it names, in lower case. */
  readonly fields: ReadonlySet<string>;
  /** False when it has calls, ||, ! or !=, which no index of Xero's serves. */
  readonly isPlain: boolean;
}

type Kind = FieldType | "Int32" | "Double" | "Null" | "Unknown";
interface Expression {
  readonly kind: Kind;
  /** As dynamic LINQ names its type: "Decimal?" for a field, "Int32" for a number that was typed. */
  readonly name: string;
  value(read: FieldReader): FieldValue;
}

interface Parsing {
  readonly cursor: Cursor;
  readonly options: WhereOptions;
  readonly fields: Set<string>;
  isPlain: boolean;
}

const COMPARISONS = ["==", "=", "!=", "<>", ">=", "<=", ">", "<"];

/** Compiles a `where`. Throws a QueryParseException refusal. */
export function parseWhere(source: string, options: WhereOptions): Where {
  const parsing: Parsing = { cursor: openCursor(source), options, fields: new Set(), isPlain: true };
  const found = logical(either(parsing));
  if (parsing.cursor.peek() !== undefined) throw queryParse("Syntax error");
  return {
    passes: (read) => found.value(read) === true,
    fields: parsing.fields,
    isPlain: parsing.isPlain,
  };
}

function logical(expression: Expression): Expression {
  if (expression.kind !== "Boolean" && expression.kind !== "Unknown")
    throw queryParse("Expression of type 'Boolean' expected");
  return expression;
}

function truth(value: (read: FieldReader) => boolean): Expression {
  return { kind: "Boolean", name: "Boolean", value };
}

function either(parsing: Parsing): Expression {
  let left = both(parsing);
  while (parsing.cursor.takeAny(["or", "||"]) !== null) {
    parsing.isPlain = false;
    const [first, second] = [logical(left), logical(both(parsing))];
    left = truth((read) => first.value(read) === true || second.value(read) === true);
  }
  return left;
}

function both(parsing: Parsing): Expression {
  let left = comparison(parsing);
  while (parsing.cursor.takeAny(["and", "&&"]) !== null) {
    const [first, second] = [logical(left), logical(comparison(parsing))];
    left = truth((read) => first.value(read) === true && second.value(read) === true);
  }
  return left;
}

function comparison(parsing: Parsing): Expression {
  const left = unary(parsing);
  const operator = parsing.cursor.takeAny(COMPARISONS);
  if (operator === null) return left;
  const right = unary(parsing);
  const sign = operator === "=" ? "==" : operator === "<>" ? "!=" : operator;
  if (!areComparable(left, right, sign))
    throw queryParse(
      `Operator '${operator}' incompatible with operand types '${left.name}' and '${right.name}'`,
    );
  if (sign === "!=") parsing.isPlain = false;
  const { caseSensitive } = parsing.options;
  return truth((read) => holds(left.value(read), sign, right.value(read), caseSensitive));
}

function areComparable(left: Expression, right: Expression, sign: string): boolean {
  if ([left.kind, right.kind].includes("Unknown")) return true;
  const isEquality = sign === "==" || sign === "!=";
  if (left.kind === "Null" || right.kind === "Null") return isEquality;
  const isNumber = (kind: Kind): boolean => kind === "Decimal" || kind === "Int32" || kind === "Double";
  if (isNumber(left.kind) && isNumber(right.kind)) return true;
  if (left.kind !== right.kind) return false;
  return isEquality || (left.kind !== "Boolean" && left.kind !== "Guid");
}

function unary(parsing: Parsing): Expression {
  if (parsing.cursor.takeAny(["!", "not"]) !== null) {
    parsing.isPlain = false;
    const inner = logical(unary(parsing));
    return truth((read) => inner.value(read) !== true);
  }
  if (parsing.cursor.takeAny(["-"]) !== null) {
    const token = parsing.cursor.take();
    if (token.kind !== "number") throw queryParse("Expression expected");
    return numeral(`-${token.text}`);
  }
  return called(parsing, primary(parsing));
}

function primary(parsing: Parsing): Expression {
  const token = parsing.cursor.take();
  if (token.kind === "text") return constant("String", token.text);
  if (token.kind === "number") return numeral(token.text);
  if (token.kind === "symbol") {
    if (token.text !== "(") throw queryParse("Expression expected");
    const inner = either(parsing);
    parsing.cursor.takeSymbol(")");
    return inner;
  }
  const word = token.text.toLowerCase();
  if (word === "true" || word === "false") return constant("Boolean", word === "true");
  if (word === "null") return { kind: "Null", name: "Object", value: () => null };
  const made = constructed(parsing.cursor, word);
  return made === null ? fieldOf(parsing, token.text) : constant(made.kind, made.value);
}

function constant(kind: Kind, value: FieldValue): Expression {
  return { kind, name: kind, value: () => value };
}

function numeral(text: string): Expression {
  return constant(text.includes(".") ? "Double" : "Int32", { amount: text });
}

/** A field by its dotted path; what follows the field itself (.Year, .Contains) is left to `called`. */
function fieldOf(parsing: Parsing, first: string): Expression {
  const { cursor, options } = parsing;
  let path = first;
  while (cursor.peek()?.text === "." && cursor.peek(1)?.kind === "name") {
    const next = cursor.peek(1)?.text ?? "";
    const isCall = cursor.peek(2)?.text === "(";
    const isWhole = options.types !== undefined && Object.hasOwn(options.types, path.toLowerCase());
    if (isCall || isWhole || (options.types === undefined && PARTS.has(next.toLowerCase()))) break;
    cursor.take();
    cursor.take();
    path = `${path}.${next}`;
  }
  const lower = path.toLowerCase();
  const unknown = (): Error => queryParse(`No property or field '${path}' exists in this type`);
  const kind: Kind | undefined = options.types === undefined ? "Unknown" : options.types[lower];
  if (kind === undefined) throw unknown();
  parsing.fields.add(lower);
  return {
    kind,
    name: kind === "String" || kind === "Guid" ? kind : `${kind}?`,
    value(read) {
      const value = read(lower);
      if (value === undefined) throw unknown();
      return value;
    },
  };
}

const PARTS: ReadonlyMap<string, (date: Date) => FieldValue> = new Map<string, (date: Date) => FieldValue>([
  ["value", (date) => date],
  ["year", (date) => ({ amount: String(date.getUTCFullYear()) })],
  ["month", (date) => ({ amount: String(date.getUTCMonth() + 1) })],
  ["day", (date) => ({ amount: String(date.getUTCDate()) })],
]);
const TEXT_TESTS = ["contains", "startswith", "endswith"];
const TEXT_CHANGES: ReadonlyMap<string, (text: string) => string> = new Map([
  ["tolower", (text: string) => text.toLowerCase()],
  ["toupper", (text: string) => text.toUpperCase()],
  ["trim", (text: string) => text.trim()],
  ["tostring", (text: string) => text],
]);

/** What is called on an expression: .ToLower(), .Contains("..."), .Year, one after another. */
function called(parsing: Parsing, subject: Expression): Expression {
  const { cursor } = parsing;
  let on = subject;
  while (cursor.takeAny(["."]) !== null) {
    parsing.isPlain = false;
    const name = cursor.take().text;
    on = cursor.takeAny(["("]) === null ? partOf(on, name) : callOf(parsing, on, name);
  }
  return on;
}

function partOf(on: Expression, name: string): Expression {
  const word = name.toLowerCase();
  if (word === "hasvalue") return truth((read) => on.value(read) !== null);
  const part = PARTS.get(word);
  if (part === undefined || (on.kind !== "DateTime" && on.kind !== "Unknown"))
    throw queryParse(`No property or field '${name}' exists in type '${on.name}'`);
  const kind: Kind = word === "value" ? "DateTime" : "Int32";
  return {
    kind,
    name: kind,
    value(read) {
      const value = on.value(read);
      return value instanceof Date ? part(value) : null;
    },
  };
}

function callOf(parsing: Parsing, on: Expression, name: string): Expression {
  const { cursor, options } = parsing;
  const word = name.toLowerCase();
  const isTest = TEXT_TESTS.includes(word);
  const change = TEXT_CHANGES.get(word);
  if ((!isTest && change === undefined) || (on.kind !== "String" && on.kind !== "Unknown"))
    throw queryParse(`No applicable method '${name}' exists in type '${on.name}'`);
  const wanted = isTest ? called(parsing, primary(parsing)) : null;
  cursor.takeSymbol(")");
  if (wanted !== null && wanted.kind !== "String")
    throw queryParse(`No applicable method '${name}' exists in type '${on.name}'`);
  const textOf = (read: FieldReader): string | null => {
    const value = on.value(read);
    if (typeof value === "string") return value;
    if (options.nullGuard) throw queryParse(NO_GUARD);
    return null;
  };
  if (change !== undefined)
    return {
      kind: "String",
      name: "String",
      value(read) {
        const text = textOf(read);
        return text === null ? null : change(text);
      },
    };
  return truth((read) => {
    const [text, part] = [textOf(read), String(wanted?.value(read) ?? "")];
    return text !== null && has(folded(text, options), word, folded(part, options));
  });
}

const NO_GUARD =
  "Where clause invocation error: Operations on optional fields must be preceded by a null guard, e.g. [FieldName] != null";

function folded(text: string, options: WhereOptions): string {
  return options.caseSensitive ? text : text.toLowerCase();
}

function has(text: string, test: string, part: string): boolean {
  if (test === "contains") return text.includes(part);
  return test === "startswith" ? text.startsWith(part) : text.endsWith(part);
}
