import type { ConnectorManifest } from "@/lib/connectors/contract/manifest";

type Scope = ConnectorManifest["scopes"][number];

/**
 * The permissions that a connection was asked for and does not have: a person unticked them, or it was made before
 * Tieout asked for them. Those that only say who signed in (no dot in their name) are not always repeated by a vendor,
 * and nothing that is posted needs them.
 */
export function missingScopes(
  manifest: Pick<ConnectorManifest, "scopes">,
  granted: readonly string[],
): Scope[] {
  return manifest.scopes.filter(({ name }) => name.includes(".") && !granted.includes(name));
}

/** Which permissions are missing and what each is for, and what to press. */
export function missingScopesSentence(label: string, missing: readonly Scope[]): string {
  const named = missing.map(({ name, why }) => `${name} (${why.replace(/\.$/, "")})`).join("; ");
  return `${label} did not give every permission. Missing: ${named}. Connect again and leave all of them ticked; nothing is lost meanwhile.`;
}
