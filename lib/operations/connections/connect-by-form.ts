import { isConnectedByForm } from "@/lib/connectors/contract/connector";
import { type ConnectionValues, connectionValuesSchema } from "@/lib/domain/connection-field";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { connectGranted, type Finished } from "./connect-granted";

/**
 * Connects a system that has no consent page with what a person typed. The values are tried at once; a secret goes on to the
 * vault and to nowhere else, also not into the answer.
 */
export async function connectByForm(
  access: WorkspaceAccess,
  request: { connectorId: string; values: ConnectionValues },
): Promise<Result<Finished, { message: string; fieldErrors?: Readonly<Record<string, string>> }>> {
  const runtime = await getRuntime();
  const definition = runtime.registry.get(request.connectorId);
  if (definition === undefined || !isConnectedByForm(definition))
    return err({ message: "There is no such system to connect by a form." });
  const typed = connectionValuesSchema(definition.manifest.connectionFields ?? []).safeParse(request.values);
  if (!typed.success) {
    const fieldErrors = Object.fromEntries(
      [...typed.error.issues].reverse().map(({ path, message }) => [path.join("."), message]),
    );
    return err({ message: "Something is missing or not valid.", fieldErrors });
  }
  return connectGranted(runtime, access, request.connectorId, () => definition.auth.connect(typed.data));
}
