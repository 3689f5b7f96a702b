/**
 * Conditions on CRM records, as the search criteria and COQL both express them, and their evaluation. Text
 * compares without case; numbers and instants compare as such; nothing equals null but null.
 */

export type Operator =
  | "equals"
  | "not_equal"
  | "in"
  | "not_in"
  | "starts_with"
  | "ends_with"
  | "contains"
  | "greater_than"
  | "greater_equal"
  | "less_than"
  | "less_equal"
  | "between"
  | "is_null"
  | "is_not_null";

export type Condition =
  | { readonly kind: "and" | "or"; readonly parts: readonly Condition[] }
  | {
      readonly kind: "test";
      readonly field: string;
      readonly operator: Operator;
      readonly values: readonly string[];
    };

/** A field as it is compared: a lookup by its id, an instant as ISO text. */
export type Comparable = string | number | boolean | null;

/** Whether a record, read field by field, meets a condition. */
export function meets(condition: Condition, read: (field: string) => Comparable): boolean {
  if (condition.kind !== "test")
    return condition.kind === "and"
      ? condition.parts.every((part) => meets(part, read))
      : condition.parts.some((part) => meets(part, read));
  const value = read(condition.field);
  const [first = "", second = ""] = condition.values;
  switch (condition.operator) {
    case "is_null":
      return value === null || value === "";
    case "is_not_null":
      return value !== null && value !== "";
    case "not_equal":
      return !isEqual(value, first);
    case "not_in":
      return !condition.values.some((asked) => isEqual(value, asked));
  }
  if (value === null) return condition.operator === "equals" && first === "null";
  switch (condition.operator) {
    case "equals":
      return isEqual(value, first);
    case "in":
      return condition.values.some((asked) => isEqual(value, asked));
    case "starts_with":
      return text(value).startsWith(text(first));
    case "ends_with":
      return text(value).endsWith(text(first));
    case "contains":
      return text(value).includes(text(first));
    case "greater_than":
      return compare(value, first) > 0;
    case "greater_equal":
      return compare(value, first) >= 0;
    case "less_than":
      return compare(value, first) < 0;
    case "less_equal":
      return compare(value, first) <= 0;
    case "between":
      return compare(value, first) >= 0 && compare(value, second) <= 0;
  }
}

const text = (value: Comparable): string => String(value).toLowerCase();

const isEqual = (value: Comparable, asked: string): boolean =>
  value === null ? asked === "null" : compare(value, asked) === 0;

const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

function compare(value: string | number | boolean, asked: string): number {
  if (typeof value === "number") return value - Number(asked);
  if (INSTANT.test(String(value)) && INSTANT.test(asked))
    return Date.parse(String(value)) - Date.parse(asked);
  const [first, second] = [text(value), text(asked)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** How many tests a condition makes. */
export const countTests = (condition: Condition): number =>
  condition.kind === "test" ? 1 : condition.parts.reduce((sum, part) => sum + countTests(part), 0);

/** The fields that a condition names. */
export const fieldsOf = (condition: Condition): readonly string[] =>
  condition.kind === "test" ? [condition.field] : condition.parts.flatMap(fieldsOf);
