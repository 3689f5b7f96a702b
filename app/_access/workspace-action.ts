import type { z } from "zod";
import type { ActionResult } from "@/components/page/action-result";
import { type ActionName, WORKSPACE_PERMISSIONS } from "@/lib/domain/workspace-permissions";
import { wakeSealer } from "@/lib/operations/audit/seal-audit";
import { getRuntime } from "@/lib/operations/runtime";
import { getCurrentUser } from "./current-user";
import { findAccess, OUTSIDE } from "./find-access";
import { runWorkspaceAction, type WorkspaceOperation } from "./run-workspace-action";

/**
 * Makes a server action of one operation; the page binds the slug as its first argument. Who may run it stands in the
 * table of permissions under the action's name.
 */
export function workspaceAction<Input, Output>(
  name: ActionName,
  schema: z.ZodType<Input>,
  operation: WorkspaceOperation<Input, Output>,
): (slug: string, input: Input) => Promise<ActionResult<Output>> {
  const rule = { role: WORKSPACE_PERMISSIONS.actions[name], schema };
  return async (slug, input) => {
    const runtime = await getRuntime();
    const { logger, ids } = runtime;
    const result = await runWorkspaceAction(
      { findUser: getCurrentUser, findAccess, outside: OUTSIDE, logger, ids },
      { slug, input },
      rule,
      operation,
    );
    // What a person did is in the chain within seconds; the schedule seals the rest.
    wakeSealer(runtime);
    return result;
  };
}
