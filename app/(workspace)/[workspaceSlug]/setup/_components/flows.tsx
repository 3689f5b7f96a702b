import { FlowsPanel } from "@/components/flows/flows-panel";
import { Button } from "@/components/ui/button";
import { hasRole, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { listFlows } from "@/lib/operations/flows/list-flows";
import { setFlowAction } from "../actions";

/** What goes back to the operations system, and by which rules; nothing before both sides are connected. */
export async function Flows({ access }: { access: WorkspaceAccess }) {
  const view = await listFlows(access);
  if (view.flows.length === 0) return null;
  const query = new URLSearchParams({ workspace: access.slug, region: view.leave?.region ?? "" });
  return (
    <FlowsPanel
      view={view}
      mayChange={hasRole(access, "admin")}
      set={setFlowAction.bind(null, access.slug)}
      connect={
        view.leave ? (
          <Button asChild variant="outline">
            <a href={`/api/connect/${view.leave.connectorId}/start?${query}`}>
              Connect {view.sourceLabel} again
            </a>
          </Button>
        ) : null
      }
    />
  );
}
