import type { z } from "zod";
import type { ActionResult } from "@/components/page/action-result";
import type { Result } from "@/lib/kernel/result";
import { getRuntime } from "@/lib/operations/runtime";
import { type CurrentUser, getCurrentUser } from "./current-user";
import { type Refusal, runUserAction } from "./run-user-action";

/** Makes a server action of an operation that belongs to a person and to no workspace. */
export function userAction<Input, Output>(
  schema: z.ZodType<Input>,
  operation: (user: CurrentUser, input: Input) => Promise<Result<Output, Refusal>>,
): (input: Input) => Promise<ActionResult<Output>> {
  return async (input) => {
    const { logger, ids } = await getRuntime();
    return runUserAction({ findUser: getCurrentUser, logger, ids }, schema, input, operation);
  };
}
