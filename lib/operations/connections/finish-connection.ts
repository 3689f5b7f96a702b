import { timingSafeEqual } from "node:crypto";
import type { Tenant, TokenSet } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { definitionOf, getRuntime, type Runtime } from "../runtime";
import { connectTenant } from "./connect-tenant";
import { callbackAddress } from "./start-connection";
import { openState } from "./state-cookie";
import { storeTokens } from "./token-store";

/** Connected, or a choice to make: one login can reach several organisations, and a person says which. */
export type Finished =
  | { readonly connectionId: string; readonly choose: null }
  | {
      readonly choose: {
        readonly token: string;
        readonly tenants: readonly { tenantId: string; name: string }[];
      };
    };

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
  const { auth } = definitionOf(runtime, request.connectorId);
  try {
    const { tokens, region, apiBase } = await auth.exchange({
      callback: request.callback,
      redirectUri: callbackAddress(runtime, request.connectorId),
      codeVerifier: state.codeVerifier,
      region: state.region,
    });
    const tenants = await auth.listTenants(tokens, { region, apiBase });
    const where = { connectorId: request.connectorId, region, apiBase, tokens };
    const [first] = tenants;
    if (!first)
      return err({
        message: `Your ${label} login has no organisation there. Choose the right data centre or login.`,
      });
    const ended =
      tenants.length > 1 ? await findEndedTenant(runtime, access, where.connectorId, tenants) : null;
    if (tenants.length > 1 && !ended)
      return ok({ choose: await storePendingChoice(runtime, access, where, tenants) });
    const connected = await connectTenant(runtime, access, {
      ...where,
      tenant: ended ?? first,
      isOnlyTenant: tenants.length === 1,
    });
    return connected.ok ? ok({ ...connected.value, choose: null }) : connected;
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    runtime.logger.warn({ err: thrown, connectorId: request.connectorId }, "a connection could not be made");
    return err({ message: `${label} did not complete the connection. Please try again.` });
  }
}

/** The organisation whose connection had ended, where the consent reaches it: a person reconnects what they had. */
async function findEndedTenant(
  runtime: Runtime,
  access: WorkspaceAccess,
  connectorId: string,
  tenants: readonly Tenant[],
): Promise<Tenant | null> {
  const ended = await runtime.database.withWorkspace(access.workspaceId, (tx) =>
    tx.connection.findMany({ where: { connectorId, status: "reconnectNeeded" }, select: { tenantId: true } }),
  );
  return tenants.find(({ tenantId }) => ended.some((row) => row.tenantId === tenantId)) ?? null;
}

/** The tokens wait in the vault, never in the browser, until a person has chosen. */
async function storePendingChoice(
  runtime: Runtime,
  access: WorkspaceAccess,
  where: { connectorId: string; region: string; apiBase: string; tokens: TokenSet },
  tenants: readonly Tenant[],
): Promise<{ token: string; tenants: { tenantId: string; name: string }[] }> {
  const { workspaceId } = access;
  const connectionId = runtime.ids.next();
  await runtime.database.withWorkspace(workspaceId, async (tx) => {
    await tx.connection.create({
      data: {
        id: connectionId,
        workspaceId,
        connectorId: where.connectorId,
        tenantId: "",
        tenantName: "",
        baseCurrency: "",
        region: where.region,
        apiBase: where.apiBase,
        scopes: [...where.tokens.scopes],
        status: "choosing",
        connectedByUserId: access.userId,
        connectedByName: access.userName,
        connectedAt: runtime.clock.now(),
      },
    });
    await storeTokens(runtime, tx, { workspaceId, connectionId }, where.tokens);
  });
  return { token: connectionId, tenants: tenants.map(({ tenantId, name }) => ({ tenantId, name })) };
}

function isSame(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}
