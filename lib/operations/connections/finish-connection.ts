import { timingSafeEqual } from "node:crypto";
import { isConnectedByForm } from "@/lib/connectors/contract/connector";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { invariant } from "@/lib/kernel/invariant";
import { err, type Result } from "@/lib/kernel/result";
import { definitionOf, getRuntime } from "../runtime";
import { connectGranted, type Finished } from "./connect-granted";
import { callbackAddress } from "./start-connection";
import { openState } from "./state-cookie";

export async function finishConnection(
  access: WorkspaceAccess,
  request: { connectorId: string; callback: URLSearchParams; stateCookieValue: string | null },
): Promise<Result<Finished, { message: string }>> {
  const runtime = await getRuntime();
  const state = await openState(request.stateCookieValue, runtime.env);
  if (
    !state ||
    state.userId !== access.userId ||
    state.connectorId !== request.connectorId ||
    state.slug !== access.slug
  ) {
    return err({
      message:
        "This connection was not started in this browser, or it took longer than ten minutes. Start again.",
    });
  }
  if (!isSame(request.callback.get("state") ?? "", state.state)) {
    return err({ message: "The answer does not belong to this connection. Start again." });
  }
  const { label } = definitionOf(runtime, request.connectorId).manifest;
  if (request.callback.has("error")) {
    return err({ message: `${label} was not connected: permission was not given. Nothing has changed.` });
  }
  const definition = definitionOf(runtime, request.connectorId);
  invariant(!isConnectedByForm(definition), "a form has no callback");
  return connectGranted(runtime, access, request.connectorId, () =>
    definition.auth.exchange({
      callback: request.callback,
      redirectUri: callbackAddress(runtime, request.connectorId),
      codeVerifier: state.codeVerifier,
      region: state.region,
    }),
  );
}

function isSame(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}
