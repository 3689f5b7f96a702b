/** JSON of a description as it was read: unknown at every step, and asked for by name. */

export type Node = { readonly [name: string]: unknown };

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object under a name; empty where there is none. */
export function nodeAt(node: unknown, ...names: readonly string[]): Node {
  let found: unknown = node;
  for (const name of names) found = isNode(found) ? found[name] : undefined;
  return isNode(found) ? found : {};
}

/** The list under a name; empty where there is none. */
export function listAt(node: unknown, name: string): readonly unknown[] {
  const found = isNode(node) ? node[name] : undefined;
  return Array.isArray(found) ? found : [];
}

/** The text under a name, or null. */
export function textAt(node: unknown, name: string): string | null {
  const found = isNode(node) ? node[name] : undefined;
  return typeof found === "string" ? found : null;
}
