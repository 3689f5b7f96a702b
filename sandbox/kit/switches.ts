/**
 * Behaviours that a vendor's documentation leaves open. Each service declares its own in a
 * `switches.ts` (XERO_SWITCHES, ZOHO_SWITCHES); the server puts them together. A name or a position that
 * was never declared throws, so that a test cannot believe it has switched something.
 */
import type { SandboxSwitches } from "./types";

export interface SwitchDeclaration {
  /** One sentence: what is open, and what the positions mean. */
  readonly about: string;
  readonly positions: readonly string[];
  /** The position taken at the start; one of `positions`. */
  readonly initial: string;
}

export type SwitchDeclarations = Readonly<Record<string, SwitchDeclaration>>;

export class UnknownSwitchError extends Error {
  override readonly name = "UnknownSwitchError";
}

/** Switches in their initial positions. Throws UnknownSwitchError on an undeclared name or position. */
export function createSwitches(declarations: SwitchDeclarations): SandboxSwitches & {
  list(): { name: string; position: string; positions: readonly string[]; about: string }[];
  reset(): void;
} {
  const chosen = new Map<string, string>();
  function declared(name: string): SwitchDeclaration {
    const declaration = Object.hasOwn(declarations, name) ? declarations[name] : undefined;
    if (declaration === undefined) throw new UnknownSwitchError(`no switch is called "${name}"`);
    return declaration;
  }
  return {
    get: (name) => chosen.get(name) ?? declared(name).initial,
    set(name, position) {
      const { positions } = declared(name);
      if (!positions.includes(position))
        throw new UnknownSwitchError(`switch "${name}" takes ${positions.join(", ")}, not "${position}"`);
      chosen.set(name, position);
    },
    list: () =>
      Object.entries(declarations).map(([name, { positions, about, initial }]) => ({
        name,
        position: chosen.get(name) ?? initial,
        positions,
        about,
      })),
    reset: () => chosen.clear(),
  };
}
