import type { Logger } from "pino";
import type { z } from "zod";
import type { ActionResult } from "@/components/page/action-result";
import { hasRole, type Role, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { Ids } from "@/lib/kernel/ids";
import type { Result } from "@/lib/kernel/result";

/**
 * The one way a server action runs: authenticate, load the workspace by slug and membership, check the role, parse,
 * run the operation, shape the answer. What an operation refuses reaches the person in its own words; whatever else is
 * thrown is logged under an id, and only that id leaves the server.
 */
export interface ActionGate {
  /** Null where nobody is signed in. */
  readonly findUser: () => Promise<{ readonly userId: string } | null>;
  /** Null where the workspace is not there or not theirs; "outside" where it is, but not from their address. */
  readonly findAccess: (userId: string, slug: string) => Promise<WorkspaceAccess | "outside" | null>;
  /** What somebody outside is told. */
  readonly outside: string;
  readonly logger: Pick<Logger, "error">;
  readonly ids: Ids;
}

export interface Refusal {
  readonly message: string;
  readonly fieldErrors?: Readonly<Record<string, string>>;
}

export type WorkspaceOperation<Input, Output> = (
  access: WorkspaceAccess,
  input: Input,
) => Promise<Result<Output, Refusal>>;

/** Runs one call of an action. Scope comes from the session and the slug, never from the input. */
export async function runWorkspaceAction<Input, Output>(
  gate: ActionGate,
  request: { readonly slug: unknown; readonly input: unknown },
  rule: { readonly role: Role; readonly schema: z.ZodType<Input> },
  operation: WorkspaceOperation<Input, Output>,
): Promise<ActionResult<Output>> {
  try {
    const user = await gate.findUser();
    if (!user) return refuse({ message: "You are signed out. Sign in again; nothing was changed." });
    const access = typeof request.slug === "string" ? await gate.findAccess(user.userId, request.slug) : null;
    if (!access) return refuse({ message: "There is no such workspace, or it is not yours." });
    if (access === "outside") return refuse({ message: gate.outside });
    if (!hasRole(access, rule.role))
      return refuse({ message: "Your role in this workspace does not allow that. Ask its owner." });
    const parsed = rule.schema.safeParse(request.input);
    if (!parsed.success)
      return refuse({ message: "Something is missing or not valid.", fieldErrors: faults(parsed.error) });
    const result = await operation(access, parsed.data);
    return result.ok ? { ok: true, data: result.value } : refuse(result.error);
  } catch (thrown) {
    const errorId = gate.ids.next().slice(0, 8);
    gate.logger.error({ err: thrown, errorId }, "an action failed unexpectedly");
    return {
      ok: false,
      fieldErrors: {},
      formError: "That did not work, and it is not your doing. Try again in a moment.",
      errorId,
    };
  }
}

function refuse({ message, fieldErrors = {} }: Refusal): ActionResult<never> {
  return { ok: false, fieldErrors, formError: message, errorId: null };
}

/** The first fault of each field, by its dotted path. */
function faults(error: z.ZodError): Record<string, string> {
  const found: Record<string, string> = {};
  for (const issue of error.issues) found[issue.path.join(".")] ??= issue.message;
  return found;
}
