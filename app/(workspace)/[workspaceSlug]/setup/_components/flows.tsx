import Link from "next/link";
import { FlowsPanel } from "@/components/flows/flows-panel";
import { Button } from "@/components/ui/button";
import { CATALOG } from "@/lib/connectors/catalog";
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
        view.leave && isByForm(view.leave.connectorId) ? (
          <Button asChild variant="outline">
            <Link href={`/${access.slug}/connections`}>Go to the connections</Link>
          </Button>
        ) : view.leave ? (
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

/** Such a system has no page that could be asked for leave: an administrator gives it there, and the form is sent again. */
const isByForm = (connectorId: string): boolean =>
  CATALOG.find(({ id }) => id === connectorId)?.connectionFields !== undefined;
