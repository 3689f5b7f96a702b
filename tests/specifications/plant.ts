/**
 * Plants wrong answers: from a strict schema it makes values that are each wrong in one way, at the top and below
 * every field down to a depth. A validator that passes over a schema in silence lets them through.
 */
import type { Description } from "./description";
import { isNode, listAt, type Node, nodeAt, textAt } from "./json";

export interface Plant {
  readonly value: unknown;
  readonly wrong: string;
}

const PLANTED = "PlantedByATest";
/** Xero's records hold each other in circles. */
const DEPTH_MAX = 3;

/** Values that the schema at an address must refuse. */
export function plantsOf(description: Description, address: string): Plant[] {
  return plants(description, { $ref: address }, DEPTH_MAX);
}

function plants(description: Description, written: unknown, depth: number): Plant[] {
  if (!isNode(written) || depth < 0) return [];
  const { schema, isNullable } = followed(description, written);
  const members = listAt(schema, "anyOf");
  // A value that one of several shapes refuses may suit another: only what none of them can be is planted.
  if (members.length > 0)
    return [{ value: 7.5, wrong: "a number" }].filter(() => members.every(isNoNumber(description)));
  const wrongType = wrongTypeOf(schema, isNullable);
  const here = wrongType === null ? [] : [wrongType];
  if (textAt(schema, "type") === "array")
    return [
      ...here,
      ...plants(description, schema.items, depth - 1).map(({ value, wrong }) => ({
        value: [value],
        wrong: `[].${wrong}`,
      })),
    ];
  const properties = nodeAt(schema, "properties");
  if (schema.additionalProperties === false)
    here.push({ value: { [PLANTED]: 1 }, wrong: "an unknown field" });
  const [required] = listAt(schema, "required");
  if (required !== undefined) here.push({ value: {}, wrong: `${required} missing` });
  const below = Object.entries(properties).flatMap(([name, property]) =>
    plants(description, property, depth - 1).map(({ value, wrong }) => ({
      value: { [name]: value },
      wrong: `${name}: ${wrong}`,
    })),
  );
  return [...here, ...below];
}

function followed(description: Description, schema: Node): { schema: Node; isNullable: boolean } {
  const reference = textAt(schema, "$ref");
  if (reference !== null) return followed(description, description.schemaAt(reference));
  const [inner, empty] = listAt(schema, "anyOf");
  const isNullable = isNode(inner) && isNode(empty) && empty.type === "null";
  return isNullable
    ? { schema: followed(description, inner).schema, isNullable }
    : { schema, isNullable: false };
}

function isNoNumber(description: Description) {
  return (member: unknown): boolean => {
    const type = isNode(member) ? textAt(followed(description, member).schema, "type") : null;
    return type !== null && type !== "number" && type !== "integer";
  };
}

function wrongTypeOf(schema: Node, isNullable: boolean): Plant | null {
  const type = textAt(schema, "type");
  if (type === null) return null;
  if (type === "string" || type === "array") return { value: 7.5, wrong: `a number for ${type}` };
  return { value: "planted", wrong: `text for ${type}${isNullable ? " or null" : ""}` };
}

/** Whether the schema at an address takes any object at all: the vendor says nothing of its fields. */
export function isOpen(description: Description, address: string): boolean {
  const { schema } = followed(description, { $ref: address });
  return textAt(schema, "type") === "object" && schema.additionalProperties !== false;
}
