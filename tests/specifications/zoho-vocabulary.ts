/**
 * What Zoho's own documents say of a field elsewhere. They describe one record many times over and never whole: the
 * answer of one call leaves out what the next call's has, and Books and Inventory share their records. A field that an
 * operation's answer leaves out, or types otherwise, passes where a document of Books or Inventory describes it with
 * that type under the same parent; whatever none of them describes is an unknown field.
 */
import type { ErrorObject } from "ajv";
import { isNode, type Node, nodeAt, textAt } from "./json";
import { listDescriptions, readDescription } from "./reference";
import { ZOHO_LIVE } from "./zoho-overlay";

/** "line_items.rate" to the JSON types that a document gives it. */
type Vocabulary = ReadonlyMap<string, ReadonlySet<string>>;

/** Parents that are the record itself: an envelope's member, a request's body. */
const RECORD = "record";
const METHODS = ["get", "post", "put", "delete"];

/** Around every answer; single documents leave one or the other out, or have the pages as a list. */
const ENVELOPE: Readonly<Record<string, string>> = {
  code: "number",
  message: "string",
  page_context: "object",
};

let known: Vocabulary | null = null;

/** Whether an error is one that another of Zoho's documents, or our list of live fields, speaks against. */
export function isDescribedElsewhere(error: ErrorObject, value: unknown): boolean {
  const extra: unknown = error.params.additionalProperty;
  const isUnknown = error.keyword === "additionalProperties" && typeof extra === "string";
  if (!isUnknown && error.keyword !== "type") return false;
  const path = error.instancePath.split("/").slice(1);
  const field = isUnknown ? [...path, extra] : path;
  const names = field.filter((part) => !/^\d+$/.test(part));
  const name = names.at(-1) ?? "";
  const parent = names.length === 2 ? RECORD : (names.at(-2) ?? "");
  const type = typeOf(valueAt(value, field));
  known ??= readVocabulary();
  if (names.length < 2) return ENVELOPE[name] === type || isMemberElsewhere(known, name, type);
  // Inventory's documents have ids and bar codes as integers; answers have them as text, as Books describes its own.
  if (type === "string" && error.params.type === "integer" && /(_id|^upc|^ean)$/.test(name)) return true;
  const at = `${parent}.${name}`;
  return known.get(at)?.has(type) === true || ZOHO_LIVE[at]?.includes(type) === true;
}

/** The record or list of an answer: single documents name it otherwise, or one record as a list of them. */
function isMemberElsewhere(vocabulary: Vocabulary, name: string, type: string): boolean {
  const at = `envelope.${name}`;
  return (type === "object" || type === "array") && (vocabulary.has(at) || at in ZOHO_LIVE);
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let found: unknown = value;
  for (const part of path)
    found = Array.isArray(found) ? found[Number(part)] : isNode(found) ? found[part] : undefined;
  return found;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}

function readVocabulary(): Vocabulary {
  const vocabulary = new Map<string, Set<string>>();
  for (const folder of ["zoho/books", "zoho/inventory"])
    for (const path of listDescriptions(folder, ".yml")) readDocument(vocabulary, readDescription(path));
  return vocabulary;
}

function readDocument(vocabulary: Map<string, Set<string>>, document: unknown): void {
  const schemas = nodeAt(document, "components", "schemas");
  const follow = (schema: unknown, depth = 0): Node => {
    const reference = textAt(schema, "$ref");
    if (reference === null || depth > 9) return isNode(schema) ? schema : {};
    return follow(schemas[reference.split("/").at(-1) ?? ""], depth + 1);
  };
  const inner = (schema: unknown): Node => {
    const found = follow(schema);
    return textAt(found, "type") === "array" ? inner(found.items) : found;
  };
  const read = (parent: string, schema: Node, depth: number): void => {
    for (const [name, property] of Object.entries(nodeAt(schema, "properties"))) {
      const followed = follow(property);
      const type = textAt(followed, "type") ?? "object";
      const types = vocabulary.get(`${parent}.${name}`) ?? new Set();
      vocabulary.set(`${parent}.${name}`, types.add(type === "integer" ? "number" : type));
      if (depth < 4) read(name, inner(property), depth + 1);
    }
  };
  read(RECORD, inner(schemas["gendoc-attributes-schema"]), 0);
  for (const item of Object.values(nodeAt(document, "paths")))
    for (const method of METHODS) {
      const operation = nodeAt(item, method);
      read(RECORD, inner(nodeAt(operation, "requestBody", "content", "application/json").schema), 0);
      for (const answer of Object.values(nodeAt(operation, "responses"))) {
        const envelope = inner(nodeAt(answer, "content", "application/json").schema);
        for (const [name, member] of Object.entries(nodeAt(envelope, "properties"))) {
          vocabulary.set(`envelope.${name}`, new Set());
          read(RECORD, inner(member), 0);
        }
      }
    }
}
