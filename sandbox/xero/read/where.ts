/**
 * Xero's filter language, as far as it is documented: comparisons of fields with text, numbers, booleans,
 * null, Guid("...") and DateTime(y,m,d), .Contains/.StartsWith/.EndsWith, AND/OR and brackets. What it does
 * not understand is refused with QueryParseException, never ignored.
 */
import { decimal } from "@/lib/kernel/decimal";
import { queryParse } from "../answer";

/** A field's value in one record: instants as Date, amounts as {amount}; undefined = no such field. */
export type FieldValue = string | boolean | null | Date | { readonly amount: string } | undefined;
export type FieldReader = (path: string) => FieldValue;
export type Filter = (read: FieldReader) => boolean;

type Token =
  | { kind: "name"; text: string }
  | { kind: "text"; text: string }
  | { kind: "number"; text: string }
  | { kind: "symbol"; text: string };

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_.]*)|(==|!=|<>|>=|<=|&&|\|\||[=<>(),!]))/y;

/** The tokens of a filter and how far they have been read. */
interface Cursor {
  peek(): Token | undefined;
  take(): Token;
  takeSymbol(text: string): void;
  takeText(): string;
  /** Whether the next token is one of these words or signs. */
  isAt(words: readonly string[]): boolean;
}

/** Compiles a `where`. Throws a QueryParseException refusal. */
export function parseWhere(source: string): Filter {
  const cursor = openCursor(tokenise(source));
  const filter = either(cursor);
  if (cursor.peek() !== undefined) throw queryParse("Syntax error");
  return filter;
}

function openCursor(tokens: readonly Token[]): Cursor {
  let at = 0;
  const take = (): Token => {
    const token = tokens[at];
    if (token === undefined) throw queryParse("Expression expected");
    at += 1;
    return token;
  };
  return {
    peek: () => tokens[at],
    take,
    takeSymbol(text) {
      const token = take();
      if (token.kind !== "symbol" || token.text !== text) throw queryParse(`'${text}' expected`);
    },
    takeText() {
      const token = take();
      if (token.kind !== "text") throw queryParse("Text expected");
      return token.text;
    },
    isAt(words) {
      const token = tokens[at];
      return token !== undefined && token.kind !== "text" && words.includes(token.text.toLowerCase());
    },
  };
}

function either(cursor: Cursor): Filter {
  let left = both(cursor);
  while (cursor.isAt(["or", "||"])) {
    cursor.take();
    const [first, second] = [left, both(cursor)];
    left = (read) => first(read) || second(read);
  }
  return left;
}

function both(cursor: Cursor): Filter {
  let left = single(cursor);
  while (cursor.isAt(["and", "&&"])) {
    cursor.take();
    const [first, second] = [left, single(cursor)];
    left = (read) => first(read) && second(read);
  }
  return left;
}

function single(cursor: Cursor): Filter {
  const token = cursor.take();
  if (token.kind === "symbol" && token.text === "(") {
    const inner = either(cursor);
    cursor.takeSymbol(")");
    return inner;
  }
  if (token.kind === "symbol" && token.text === "!") {
    const inner = single(cursor);
    return (read) => !inner(read);
  }
  if (token.kind !== "name") throw queryParse("Expression expected");
  const call = /^(.+)\.(Contains|StartsWith|EndsWith)$/i.exec(token.text);
  if (call?.[1] !== undefined && call[2] !== undefined) return textTest(cursor, call[1], call[2]);
  return comparison(cursor, token.text);
}

function textTest(cursor: Cursor, path: string, method: string): Filter {
  cursor.takeSymbol("(");
  const wanted = cursor.takeText().toLowerCase();
  cursor.takeSymbol(")");
  const name = method.toLowerCase();
  return (read) => {
    const value = field(read, path);
    if (typeof value !== "string") return false;
    const text = value.toLowerCase();
    if (name === "contains") return text.includes(wanted);
    return name === "startswith" ? text.startsWith(wanted) : text.endsWith(wanted);
  };
}

function comparison(cursor: Cursor, rawPath: string): Filter {
  let path = rawPath;
  const folding = /^(.+)\.(ToLower|ToUpper)$/i.exec(rawPath);
  if (folding?.[1] !== undefined) {
    path = folding[1];
    cursor.takeSymbol("(");
    cursor.takeSymbol(")");
  }
  const operator = cursor.peek();
  if (operator?.kind !== "symbol" || !/^(==|=|!=|<>|>=|<=|>|<)$/.test(operator.text))
    return (read) => field(read, path) === true;
  cursor.take();
  const wanted = literal(cursor);
  return (read) => holds(field(read, path), operator.text, wanted);
}

function literal(cursor: Cursor): FieldValue {
  const token = cursor.take();
  if (token.kind === "text") return token.text;
  if (token.kind === "number") return { amount: token.text };
  const word = token.text.toLowerCase();
  if (word === "true" || word === "false") return word === "true";
  if (word === "null") return null;
  if (word === "guid" || word === "guid.parse" || word === "datetime.parse") {
    cursor.takeSymbol("(");
    const text = cursor.takeText();
    cursor.takeSymbol(")");
    return word.startsWith("guid") ? text.toLowerCase() : instant(text);
  }
  if (word === "datetime") return dateParts(cursor);
  throw queryParse(`Unknown identifier '${token.text}'`);
}

function dateParts(cursor: Cursor): Date {
  cursor.takeSymbol("(");
  const parts: number[] = [];
  for (;;) {
    const part = cursor.take();
    if (part.kind !== "number") throw queryParse("Number expected");
    parts.push(Number(part.text));
    if (!cursor.isAt([","])) break;
    cursor.take();
  }
  cursor.takeSymbol(")");
  const [year = 1, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}

function tokenise(source: string): Token[] {
  const tokens: Token[] = [];
  const end = source.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null) throw queryParse(`Syntax error at position ${from}`);
    const [, quoted, number, name, symbol] = match;
    if (quoted !== undefined)
      tokens.push({ kind: "text", text: quoted.slice(1, -1).replace(/\\(.)/g, "$1") });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (symbol !== undefined) tokens.push({ kind: "symbol", text: symbol });
  }
  return tokens;
}

function field(read: FieldReader, path: string): FieldValue {
  const value = read(path.toLowerCase());
  if (value === undefined) throw queryParse(`No property or field '${path}' exists in this type`);
  return value;
}

function instant(text: string): Date {
  const parsed = new Date(
    /[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}${text.includes("T") ? "Z" : "T00:00:00Z"}`,
  );
  if (Number.isNaN(parsed.getTime())) throw queryParse(`'${text}' is not a date`);
  return parsed;
}

function holds(value: FieldValue, operator: string, wanted: FieldValue): boolean {
  if (operator === "==" || operator === "=") return order(value, wanted) === 0;
  if (operator === "!=" || operator === "<>") return order(value, wanted) !== 0;
  const compared = order(value, wanted);
  if (compared === null) return false;
  if (operator === ">=") return compared >= 0;
  if (operator === "<=") return compared <= 0;
  return operator === ">" ? compared > 0 : compared < 0;
}

/** Negative, zero or positive; null when the two cannot be compared. Text is compared without case. */
function order(value: FieldValue, wanted: FieldValue): number | null {
  if (value === null || value === undefined || wanted === null || wanted === undefined)
    return value === wanted ? 0 : null;
  if (value instanceof Date && wanted instanceof Date) return value.getTime() - wanted.getTime();
  if (value instanceof Date || wanted instanceof Date) return null;
  if (typeof value === "object" && typeof wanted === "object")
    return decimal(value.amount).comparedTo(decimal(wanted.amount));
  if (typeof value === "string" && typeof wanted === "string") {
    const [left, right] = [value.toLowerCase(), wanted.toLowerCase()];
    return left === right ? 0 : left < right ? -1 : 1;
  }
  return value === wanted ? 0 : null;
}

/** Orders two field values for `order`; empty ones come first. */
export function compareValues(left: FieldValue, right: FieldValue): number {
  const isEmpty = (value: FieldValue): boolean => value === null || value === undefined;
  if (isEmpty(left) || isEmpty(right)) return Number(isEmpty(right)) - Number(isEmpty(left));
  return order(left, right) ?? 0;
}
