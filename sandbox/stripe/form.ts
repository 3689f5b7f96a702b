/**
 * The form encoding of Stripe's API: "items[0][price]=..." as nested objects and lists. Nothing here knows which
 * parameters an address takes.
 */
export type FormValue = string | FormValue[] | { [name: string]: FormValue };

const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/** Nested parameters; lists where every name is a number or empty. Null where a name is no proper one. */
export function parseForm(pairs: Iterable<readonly [string, string]>): Record<string, FormValue> | null {
  const root: Branch = new Map();
  for (const [name, value] of pairs) {
    const path = pathOf(name);
    if (path === null || !plant(root, path, value)) return null;
  }
  const grown = grow(root);
  return typeof grown === "object" && !Array.isArray(grown) ? grown : {};
}

type Branch = Map<string, Branch | string>;

function pathOf(name: string): string[] | null {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (match === null) return null;
  const [, first = "", rest = ""] = match;
  const path = [first, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, part = ""]) => part)];
  return path.some((part) => FORBIDDEN.has(part)) ? null : path;
}

function plant(root: Branch, path: readonly string[], value: string): boolean {
  let branch = root;
  for (const [index, part] of path.entries()) {
    // "expand[]=a&expand[]=b" counts up by itself.
    const key = part === "" ? String(branch.size) : part;
    if (index === path.length - 1) {
      branch.set(key, value);
      return true;
    }
    const below = branch.get(key) ?? new Map();
    if (typeof below === "string") return false;
    branch.set(key, below);
    branch = below;
  }
  return false;
}

function grow(branch: Branch): FormValue {
  const names = [...branch.keys()];
  const values = [...branch.values()].map((value) => (typeof value === "string" ? value : grow(value)));
  if (names.length > 0 && names.every((name) => /^\d+$/.test(name))) return values;
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
}
