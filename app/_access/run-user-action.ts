import type { Logger } from "pino";
import type { z } from "zod";
import type { ActionResult } from "@/components/page/action-result";
import type { Ids } from "@/lib/kernel/ids";
import type { Result } from "@/lib/kernel/result";

/**
 * The one way a server action without a workspace runs: authenticate, parse, run, shape the answer. Whose data it is
 * about comes from the session alone.
 */
export interface UserGate<User> {
  readonly findUser: () => Promise<User | null>;
  readonly logger: Pick<Logger, "error">;
  readonly ids: Ids;
}

export interface Refusal {
  readonly message: string;
}

export async function runUserAction<User, Input, Output>(
  gate: UserGate<User>,
  schema: z.ZodType<Input>,
  input: unknown,
  operation: (user: User, input: Input) => Promise<Result<Output, Refusal>>,
): Promise<ActionResult<Output>> {
  const refuse = (formError: string, errorId: string | null = null): ActionResult<Output> => ({
    ok: false,
    fieldErrors: {},
    formError,
    errorId,
  });
  try {
    const user = await gate.findUser();
    if (!user) return refuse("You are signed out. Sign in again; nothing was changed.");
    const parsed = schema.safeParse(input);
    if (!parsed.success) return refuse("Something is missing or not valid.");
    const result = await operation(user, parsed.data);
    return result.ok ? { ok: true, data: result.value } : refuse(result.error.message);
  } catch (thrown) {
    const errorId = gate.ids.next().slice(0, 8);
    gate.logger.error({ err: thrown, errorId }, "an action failed unexpectedly");
    return refuse("That did not work, and it is not your doing. Try again in a moment.", errorId);
  }
}
