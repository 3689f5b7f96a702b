import type { z } from "zod";
import type { ActionResult } from "@/components/page/action-result";
import type { Role } from "@/lib/domain/workspace-access";
import { wakeSealer } from "@/lib/operations/audit/seal-audit";
import { getRuntime } from "@/lib/operations/runtime";
import { getWorkspace } from "@/lib/operations/workspaces/get-workspace";
import { getCurrentUser } from "./current-user";
import { runWorkspaceAction, type WorkspaceOperation } from "./run-workspace-action";

/** Makes a server action of one operation; the page binds the slug as its first argument. */
export function workspaceAction<Input, Output>(
  rule: { readonly role: Role; readonly schema: z.ZodType<Input> },
  operation: WorkspaceOperation<Input, Output>,
): (slug: string, input: Input) => Promise<ActionResult<Output>> {
  return async (slug, input) => {
    const runtime = await getRuntime();
    const { logger, ids } = runtime;
    const result = await runWorkspaceAction(
      { findUser: getCurrentUser, findAccess: getWorkspace, logger, ids },
      { slug, input },
      rule,
      operation,
    );
    // What a person did is in the chain within seconds; the schedule seals the rest.
    wakeSealer(runtime);
    return result;
  };
}
