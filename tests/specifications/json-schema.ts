/**
 * Turns the schemas of an OpenAPI document into JSON Schema that Ajv compiles in strict mode and that refuses what
 * the document does not name. OpenAPI leaves objects open and lets a validator pass over what it does not know; here
 * an unknown keyword stops the test instead. References stay references: Xero's records hold each other in circles.
 */
import { invariant } from "@/lib/kernel/invariant";
import { isNode, listAt, type Node, nodeAt } from "./json";

export type Direction = "request" | "answer";

export interface SchemaRules {
  /** The address of a reference's target in Ajv; null for a target that the vendor publishes and we do not hold. */
  readonly target: (reference: string) => string | null;
  /** What stands in the place of a schema, by what the vendor writes beside it; undefined = the usual. */
  readonly replace: (schema: Node) => Node | undefined;
  /** The schema that a reference names, for the few that must be merged. */
  readonly resolve: (reference: string) => Node;
  readonly direction: Direction;
}

/** Keywords of OpenAPI that say nothing about which value is valid. */
const ANNOTATIONS = new Set([
  "description",
  "example",
  "examples",
  "default",
  "externalDocs",
  "title",
  "deprecated",
  "discriminator",
  "readOnly",
  "writeOnly",
  "nullable",
]);
const COPIED = new Set([
  "type",
  "enum",
  "const",
  "format",
  "pattern",
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
]);

/** The strict form of one schema. */
export function toJsonSchema(schema: unknown, rules: SchemaRules): Node | false {
  invariant(isNode(schema), `a schema must be an object, not ${JSON.stringify(schema)}`);
  const replaced = rules.replace(schema);
  const strict = replaced ?? strictForm(schema, rules);
  if (schema.nullable !== true || strict === false) return strict;
  return { anyOf: [strict, { type: "null" }] };
}

function strictForm(schema: Node, rules: SchemaRules): Node | false {
  if (typeof schema.$ref === "string") {
    const target = rules.target(schema.$ref);
    // What we cannot look up must not be answered.
    return target === null ? false : { $ref: target };
  }
  if (Array.isArray(schema.allOf)) return toJsonSchema(merged(schema, rules), rules);
  const strict: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (COPIED.has(keyword)) strict[keyword] = value;
    else if (keyword === "items") strict.items = toJsonSchema(value, rules);
    else if (keyword === "oneOf" || keyword === "anyOf")
      // A value that fits two of Zoho's look-alike wrappers is as good as one that fits one.
      strict.anyOf = listAt(schema, keyword).map((member) => toJsonSchema(member, rules));
    else if (keyword === "required") strict.required = requiredOf(schema, rules);
    else if (keyword === "properties") strict.properties = propertiesOf(schema, rules);
    else if (keyword === "additionalProperties") continue;
    else invariant(ANNOTATIONS.has(keyword) || keyword.startsWith("x-"), `unknown keyword ${keyword}`);
  }
  if (isNode(schema.properties)) {
    strict.type ??= "object";
    strict.additionalProperties = schema.additionalProperties === true;
  }
  return strict;
}

/** A request may not send what is read-only, and owes none of it. */
function propertiesOf(schema: Node, rules: SchemaRules): Node {
  return Object.fromEntries(
    Object.entries(nodeAt(schema, "properties")).map(([name, property]) => [
      name,
      isReadOnly(property) && rules.direction === "request" ? false : toJsonSchema(property, rules),
    ]),
  );
}

function requiredOf(schema: Node, rules: SchemaRules): readonly unknown[] {
  const properties = nodeAt(schema, "properties");
  const names = [...new Set(listAt(schema, "required").map(String))];
  return rules.direction === "answer" ? names : names.filter((name) => !isReadOnly(properties[name]));
}

function isReadOnly(property: unknown): boolean {
  return isNode(property) && property.readOnly === true;
}

/** The members of allOf as one schema: closed each for itself, they would refuse each other's fields. */
function merged(schema: Node, rules: SchemaRules): Node {
  const { allOf: _, ...own } = schema;
  let whole: Node = own;
  for (const member of listAt(schema, "allOf")) whole = mergeNodes(whole, resolved(member, rules));
  return whole;
}

function resolved(schema: unknown, rules: SchemaRules): Node {
  invariant(isNode(schema), "a member of allOf is a schema");
  if (typeof schema.$ref === "string") return resolved(rules.resolve(schema.$ref), rules);
  return Array.isArray(schema.allOf) ? merged(schema, rules) : schema;
}

function mergeNodes(one: Node, other: Node): Node {
  const whole: Record<string, unknown> = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const present = whole[name];
    if (name === "required") whole.required = [...listAt(one, "required"), ...listAt(other, "required")];
    else whole[name] = isNode(present) && isNode(value) ? mergeNodes(present, value) : value;
  }
  return whole;
}
