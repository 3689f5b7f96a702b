import { MatchSummary } from "@/components/setup/match-summary";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { countMatches } from "@/lib/operations/setup/count-matches";
import { loadSetupProgress } from "./load-setup-progress";

/** The review of matches in figures, as long as the set-up goes on and once both sides were read. */
export async function SetupMatches({ access }: { access: WorkspaceAccess }) {
  if ((await loadSetupProgress(access)) === null) return null;
  const view = await countMatches(access);
  return view === null ? null : <MatchSummary slug={access.slug} view={view} />;
}
