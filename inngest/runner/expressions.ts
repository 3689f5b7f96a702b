import { z } from "zod";
import { canonicalJson } from "./canonical-json";

/*
 * The small part of Inngest's expressions (CEL) that the runner knows: equalities joined by &&, and keys made of
 * dotted paths and texts joined by +. A half-understood expression would cancel or join the wrong runs, so everything
 * else is refused by its text.
 */

const PATH = /^(event|async)((?:\.[A-Za-z_][\w-]*)+)$/;
const TEXT = /^(?:'([^'\\]*)'|"([^"\\]*)")$/;
const NUMBER = /^-?\d+(\.\d+)?$/;
const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

type Operand =
  | { readonly kind: "path"; readonly root: string; readonly names: readonly string[] }
  | { readonly kind: "value"; readonly value: unknown };

interface Equality {
  readonly one: Operand;
  readonly other: Operand;
  readonly equal: boolean;
}

export type Condition = readonly Equality[];
export type KeyExpression = readonly Operand[];

export class ExpressionRefused extends Error {
  override readonly name = "ExpressionRefused";
  constructor(text: string) {
    super(`the expression ${JSON.stringify(text)} is not one the embedded runner knows`);
  }
}

/** Parses `event.data.a == async.data.a && event.data.b != 'x'`; throws ExpressionRefused on anything else. */
export function parseCondition(text: string): Condition {
  return splitOutsideTexts(text, "&&").map((clause) => {
    const equal = !clause.includes("!=");
    const sides = splitOutsideTexts(clause, equal ? "==" : "!=");
    const [one, other] = sides.map((side) => parseOperand(side, text));
    if (sides.length !== 2 || !one || !other) throw new ExpressionRefused(text);
    return { one, other, equal };
  });
}

/** Parses a key such as `event.data.connectionId` or `event.data.a + "-" + event.data.b`. */
export function parseKey(text: string): KeyExpression {
  const terms = splitOutsideTexts(text, "+").map((term) => parseOperand(term, text));
  if (terms.some((term) => term.kind === "path" && term.root !== "event")) throw new ExpressionRefused(text);
  return terms;
}

/** The key's text for an event; a missing member counts as null, so all such events share one key. */
export function keyOf(key: KeyExpression, event: unknown): string {
  return key.map((term) => canonicalJson(resolved(term, event))).join("+");
}

/** Whether a condition on one event alone holds. A missing member equals nothing, not even another missing one. */
export function holdsFor(condition: Condition, event: unknown): boolean {
  return condition.every(({ one, other, equal }) => sameValue(one, other, event) === equal);
}

/** Whether the condition uses `async`, the event that arrives later, which a trigger does not have. */
export function namesAsync(condition: Condition): boolean {
  return condition.some(({ one, other }) =>
    [one, other].some((operand) => operand.kind === "path" && operand.root === "async"),
  );
}

const clauseSchema = z.object({ path: z.array(z.string()), value: z.string(), equal: z.boolean() });
export const clausesSchema = z.array(clauseSchema);
export type Clause = z.infer<typeof clauseSchema>;

export interface BoundCondition {
  /** One equality as `path=value`, by which an index finds it; absent where the condition has none. */
  readonly match: string | undefined;
  readonly clauses: readonly Clause[];
  /** Two values of the first event that are already known to differ: nothing can match. */
  readonly impossible: boolean;
}

/** Fills in the run's own event, so that what is left asks only about the event that arrives. */
export function bindCondition(condition: Condition, event: unknown): BoundCondition {
  const clauses: Clause[] = [];
  let impossible = false;
  for (const { one, other, equal } of condition) {
    const [late, known] = isAsync(one) ? [one, other] : [other, one];
    if (!isAsync(one) && !isAsync(other)) {
      impossible ||= sameValue(one, other, event) !== equal;
    } else if (late.kind === "path" && !isAsync(known)) {
      const value = resolved(known, event);
      if (value === undefined) impossible ||= equal;
      else clauses.push({ path: [...late.names], value: canonicalJson(value), equal });
    } else {
      throw new ExpressionRefused("async compared with async");
    }
  }
  const indexed = clauses.find((clause) => clause.equal);
  return { match: indexed && matchText(indexed.path, indexed.value), clauses, impossible };
}

/** Whether an arrived event satisfies every bound clause. */
export function satisfies(clauses: readonly Clause[], event: unknown): boolean {
  return clauses.every(({ path, value, equal }) => {
    const member = memberAt(event, path);
    return (member !== undefined && canonicalJson(member) === value) === equal;
  });
}

const LEAVES_MAX = 2_000;

/** Every `path=value` of an event, as bindCondition writes them; undefined where the event has too many members. */
export function matchTextsOf(event: unknown): string[] | undefined {
  const texts: string[] = [];
  const visit = (value: unknown, path: readonly string[]) => {
    if (texts.length > LEAVES_MAX) return;
    if (path.length > 0) texts.push(matchText(path, canonicalJson(value)));
    if (value !== null && typeof value === "object" && !Array.isArray(value))
      for (const [name, member] of Object.entries(value)) visit(member, [...path, name]);
  };
  visit(event, []);
  return texts.length > LEAVES_MAX ? undefined : texts;
}

function matchText(path: readonly string[], value: string): string {
  const text = `${path.join(".")}=${value}`;
  return text.length <= 500 ? text : text.slice(0, 500);
}

function isAsync(operand: Operand): boolean {
  return operand.kind === "path" && operand.root === "async";
}

function sameValue(one: Operand, other: Operand, event: unknown): boolean {
  const [first, second] = [resolved(one, event), resolved(other, event)];
  return first !== undefined && second !== undefined && canonicalJson(first) === canonicalJson(second);
}

function resolved(operand: Operand, event: unknown): unknown {
  return operand.kind === "value" ? operand.value : memberAt(event, operand.names);
}

function memberAt(value: unknown, path: readonly string[]): unknown {
  let member: unknown = value;
  for (const name of path) {
    if (member === null || typeof member !== "object" || !Object.hasOwn(member, name)) return undefined;
    member = Reflect.get(member, name);
  }
  return member;
}

function parseOperand(source: string, whole: string): Operand {
  const text = source.trim();
  const path = PATH.exec(text);
  if (path?.[1] && path[2]) return { kind: "path", root: path[1], names: path[2].slice(1).split(".") };
  const quoted = TEXT.exec(text);
  if (quoted) return { kind: "value", value: quoted[1] ?? quoted[2] ?? "" };
  if (NUMBER.test(text)) return { kind: "value", value: Number(text) };
  if (Object.hasOwn(WORDS, text)) return { kind: "value", value: WORDS[text] };
  throw new ExpressionRefused(whole);
}

/** Splits at a separator that stands in no quoted text. */
function splitOutsideTexts(text: string, separator: string): string[] {
  const parts: string[] = [];
  let part = "";
  let quote = "";
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote === "" && text.startsWith(separator, at)) {
      parts.push(part);
      part = "";
      at += separator.length - 1;
      continue;
    }
    if (quote === "" && (character === "'" || character === '"')) quote = character;
    else if (character === quote) quote = "";
    part += character;
  }
  return [...parts, part];
}
