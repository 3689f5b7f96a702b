"use server";

import { getCurrentUser } from "@/app/_access/current-user";
import type { ActionResult } from "@/components/page/action-result";
import { getRuntime } from "@/lib/operations/runtime";
import { createWorkspace } from "@/lib/operations/workspaces/create-workspace";
import { type WorkspaceFormValues, workspaceSchema } from "./schema";

/** The one action without a workspace: it makes one, for whoever is signed in. */
export async function createWorkspaceAction(
  input: WorkspaceFormValues,
): Promise<ActionResult<{ slug: string }>> {
  const user = await getCurrentUser();
  if (!user)
    return { ok: false, fieldErrors: {}, formError: "You are signed out. Sign in again.", errorId: null };
  const parsed = workspaceSchema.safeParse(input);
  if (!parsed.success)
    return { ok: false, fieldErrors: {}, formError: "Give a name and accept the terms.", errorId: null };
  try {
    return { ok: true, data: await createWorkspace({ userId: user.userId, name: parsed.data.name }) };
  } catch (thrown) {
    const { logger, ids } = await getRuntime();
    const errorId = ids.next().slice(0, 8);
    logger.error({ err: thrown, errorId }, "a workspace could not be created");
    return { ok: false, fieldErrors: {}, formError: "That did not work. Try again in a moment.", errorId };
  }
}
