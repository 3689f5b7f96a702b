import { ConflictCards } from "@/components/flows/conflict-cards";
import { hasRole, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { listConflicts } from "@/lib/operations/flows/list-conflicts";
import { resolveConflictAction } from "../actions";

/** What both sides changed, for a person to decide; nothing where no conflict is open. */
export async function Conflicts({ access }: { access: WorkspaceAccess }) {
  return (
    <ConflictCards
      conflicts={await listConflicts(access)}
      mayDecide={hasRole(access, "bookkeeper")}
      resolve={resolveConflictAction.bind(null, access.slug)}
    />
  );
}
