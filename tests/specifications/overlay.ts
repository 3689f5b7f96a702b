/**
 * What we hold against or beside an official description, each entry with its reason: fields that live answers carry
 * and the description leaves out, and the few places where the description contradicts itself. Short on purpose. An
 * entry that the description no longer needs throws, so that the list cannot outlive its reasons.
 */
import { invariant } from "@/lib/kernel/invariant";
import { isNode, listAt, type Node, nodeAt } from "./json";

export interface Overlay {
  /** Fields beside those of a schema, in requests and answers alike unless read-only. */
  readonly fields: readonly {
    readonly schemas: readonly string[];
    readonly fields: Readonly<Record<string, Node>>;
    readonly why: string;
  }[];
  /** Fields whose type the description has wrong. */
  readonly types: readonly {
    readonly schema: string;
    readonly field: string;
    readonly becomes: (described: unknown) => Node;
    readonly why: string;
  }[];
  /** Fields that the description demands and that requests or answers rightly leave out. */
  readonly optional: readonly {
    readonly schema: string;
    readonly fields: readonly string[];
    readonly why: string;
  }[];
  /** Query parameters beside those of the operations named by id. */
  readonly parameters: readonly {
    readonly operations: readonly string[];
    readonly name: string;
    readonly schema: Node;
    readonly why: string;
  }[];
}

const METHODS = ["get", "put", "post", "delete", "patch"];

/** A copy of a document with the overlay applied. */
export function overlaid(document: Node, overlay: Overlay): Node {
  const copy = structuredClone(document) as Record<string, unknown>;
  for (const { schemas, fields } of overlay.fields)
    for (const schema of schemas) addFields(copy, schema, fields);
  for (const { schema, field, becomes } of overlay.types) {
    const properties = writable(nodeAt(copy, "components", "schemas", schema, "properties"));
    invariant(properties[field] !== undefined, `${schema}.${field} is in the description`);
    properties[field] = becomes(properties[field]);
  }
  for (const { schema, fields } of overlay.optional) {
    const written = writable(nodeAt(copy, "components", "schemas", schema));
    const required = listAt(written, "required");
    for (const field of fields) invariant(required.includes(field), `${schema} demands ${field}`);
    written.required = required.filter((field) => !fields.includes(String(field)));
  }
  for (const { operations, name, schema } of overlay.parameters)
    for (const id of operations) addParameter(copy, id, { name, in: "query", schema });
  return copy;
}

function addFields(document: Node, schema: string, fields: Readonly<Record<string, Node>>): void {
  const properties = nodeAt(document, "components", "schemas", schema).properties;
  invariant(isNode(properties), `the description has a schema ${schema} with fields`);
  for (const [name, written] of Object.entries(fields)) {
    invariant(properties[name] === undefined, `${schema}.${name} is in the description already`);
    writable(properties)[name] = written;
  }
}

function addParameter(document: Node, operationId: string, parameter: Node): void {
  for (const item of Object.values(nodeAt(document, "paths")))
    for (const method of METHODS) {
      const operation = writable(nodeAt(item, method));
      if (operation.operationId !== operationId) continue;
      const present = listAt(operation, "parameters");
      invariant(
        !present.some((other) => isNode(other) && other.name === parameter.name),
        `${operationId} has ${String(parameter.name)} already`,
      );
      operation.parameters = [...present, parameter];
      return;
    }
  invariant(false, `the description has an operation ${operationId}`);
}

/** The overlay writes into its own copy alone. */
function writable(node: Node): Record<string, unknown> {
  return node as Record<string, unknown>;
}
